/** What the proof of rows works on and gives back. */
import type { Client } from 'pg'
import type { Actor } from '../../platform/actor.ts'
import type { Pool } from '../../platform/db.ts'
import type { Keys } from '../../platform/keys.ts'
import type { Violation } from '../proof.ts'
import type { ProofStreet } from '../support/proof-street.ts'
import type { CastMember } from './cast.ts'
import type { PlannedCase } from './planned-cases.ts'
import type { GuardedTable } from './row-tables.ts'

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
  /** The tables to look at, and those of them that nothing guards. */
  readonly guarded: { readonly tables: readonly GuardedTable[]; readonly unguarded: readonly string[] }
  /** Known already: at the first violation that is not among these nothing more is looked at. */
  readonly known?: ReadonlySet<string>
  /** False: leaves out the functions that look through tables the app role may not read. */
  readonly functions?: boolean
}

export interface RowResult {
  checked: number
  violations: Violation[]
}

export const violationKey = ({ what, where }: Violation): string => `${what} · ${where}`

/** Whether a changed policy was noticed, so that no further look is needed. */
export function noticed(scene: RowScene, { violations }: RowResult): boolean {
  const { known } = scene
  return known !== undefined && violations.some((one) => !known.has(violationKey(one)))
}
