/** What a failed sign-in leaves behind although its transaction is rolled back: counts, locks and an audit entry. */
import type { OperationContract } from '../../../lib/contract.ts'
import { newId } from '../../../lib/ids.ts'
import { systemActor } from '../../../platform/actor.ts'
import { inTransaction, type Pool, type Tx } from '../../../platform/db.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import {
  failuresBeforeLock,
  isLocked,
  lockMinutes,
  type SignInRecord,
  secondsLocked,
} from '../rules/lock-out.ts'
import { enterAttempt, leaveAttempt } from './attempts-in-flight.ts'
import { hitsOf, takeRateLimit } from './rate-limit-store.ts'

type AnyCall = Call<OperationContract>

const windowSeconds = lockMinutes * 60
/** A whole office shares one address; beyond this somebody is trying names. */
const failuresPerAddress = 60

const addressBucket = (call: AnyCall) =>
  `sign-in-address:${call.services.keys.blindIndex('address', call.remoteAddress)}`
/** Also for names that do not exist: they lock like others, so that a lock does not tell who exists. */
const nameBucket = (call: AnyCall, name: string) =>
  `sign-in-name:${call.services.keys.blindIndex('sign-in-name', name)}`

/** One try to sign in, from before its record is read until after its failure is counted. */
export interface Attempt {
  /** Tries for this name that are under way in this process, this one included. */
  readonly running: number
  /** What a failure leaves behind; done before the attempt ends. */
  readonly traces: ((pool: Pool) => Promise<void>)[]
}

/** Begins an attempt for a user name or phone. Must come before the record of failures is read. */
export function beginAttempt(call: AnyCall, name: string): Attempt {
  const key = call.services.keys.blindIndex('attempt', name)
  const attempt: Attempt = { running: enterAttempt(key), traces: [] }
  call.afterwards(async (pool) => {
    try {
      for (const leave of attempt.traces) await leave(pool)
    } finally {
      leaveAttempt(key)
    }
  })
  return attempt
}

/** Refuses when the name is locked, or when with the tries beside this one more are under way than may fail. */
export function refuseLocked(attempt: Attempt, record: SignInRecord, at: Date): void {
  if (isLocked(record, at))
    throw new Refusal('accounts/locked', { retryAfterSeconds: secondsLocked(record, at) })
  const failures = record.lockedUntil === null ? record.failures : 0
  if (failures + attempt.running > failuresBeforeLock)
    throw new Refusal('accounts/locked', { retryAfterSeconds: 2 })
}

/** Refuses an address from which too many names were tried in the current quarter of an hour. */
export async function refuseBusyAddress(call: AnyCall): Promise<void> {
  const bucket = addressBucket(call)
  const hits = await hitsOf(call.tx, bucket, call.at, windowSeconds)
  if (hits >= failuresPerAddress) throw new Refusal('accounts/locked', { retryAfterSeconds: windowSeconds })
}

/** Failures in the current quarter of an hour of a name that has no account. */
export function failuresOfStranger(call: AnyCall, name: string): Promise<number> {
  return hitsOf(call.tx, nameBucket(call, name), call.at, windowSeconds)
}

export interface Failure {
  accountId: string | undefined
  /** The street in whose audit trail it stands, where it is known. */
  streetId: number | undefined
  /** The refusal that was told. */
  code: string
  /** Counts where the name's own record stands; returns whether it is locked by this failure. */
  count(tx: Tx): Promise<boolean>
}

/** Has the failure counted and audited once the transaction has ended. */
export function noteFailure(call: AnyCall, attempt: Attempt, operation: string, failure: Failure): void {
  const { at, requestId } = call
  attempt.traces.push((pool) =>
    inTransaction(pool, { actor: undefined }, async (tx) => {
      const locked = await failure.count(tx)
      await takeRateLimit(tx, addressBucket(call), at, windowSeconds)
      if (failure.streetId === undefined) return
      const inStreet = systemActor(failure.streetId, '')
      await tx.enter({ ...inStreet, scope: { areas: [], organisations: [] } })
      const entry = {
        id: newId(at.getTime()),
        operation,
        subject_type: 'account',
        subject_id: failure.accountId ?? null,
        outcome: 'refused',
        detail: { code: failure.code, locked },
      }
      await tx.finishAct({
        street: failure.streetId,
        actor: failure.accountId ?? null,
        at: at.toISOString(),
        requestId,
        audit: [entry],
      })
    }),
  )
}

/** Counts a failure of a name without an account. */
export async function countStranger(call: AnyCall, tx: Tx, name: string): Promise<boolean> {
  const hits = await takeRateLimit(tx, nameBucket(call, name), call.at, windowSeconds)
  return hits >= failuresBeforeLock
}
