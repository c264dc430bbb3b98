/** What the proof of rows works on and gives back. */
import type { Client } from 'pg'
import type { Actor } from '../../platform/actor.ts'
import type { Pool } from '../../platform/db.ts'
import type { Keys } from '../../platform/keys.ts'
import type { Violation } from '../proof.ts'
import type { ProofStreet } from '../support/proof-street.ts'
import type { CastMember } from './cast.ts'
import type { PlannedCase } from './planned-cases.ts'

export interface RowScene {
  readonly pool: Pool
  /** Stands above row security: knows what is really there. */
  readonly outside: Client
  readonly cast: readonly (CastMember & { actor: Actor })[]
  /** Looked at one by one. */
  readonly cases: readonly PlannedCase[]
  /** Every case there is. */
  readonly all: readonly PlannedCase[]
  readonly street: ProofStreet
  readonly other: ProofStreet
  readonly keys: Keys
  /** Looks at this table only. */
  readonly only?: string
  /** False: leaves out the functions that look through tables the app role may not read. */
  readonly functions?: boolean
}

export interface RowResult {
  checked: number
  violations: Violation[]
}
