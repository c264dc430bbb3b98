/** What a failed sign-in leaves behind although its transaction is rolled back: counts, locks and an audit entry. */
import type { OperationContract } from '../../../lib/contract.ts'
import { newId } from '../../../lib/ids.ts'
import { systemActor } from '../../../platform/actor.ts'
import { inTransaction, type Tx } from '../../../platform/db.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { failuresBeforeLock, lockMinutes } from '../rules/lock-out.ts'
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

/**
 * Begins an attempt for a user name or phone. `failures` are those in force. Refuses when with the attempts made
 * beside this one more are under way than may fail.
 */
export function beginAttempt(call: AnyCall, name: string, failures: number): void {
  const key = `${call.services.keys.blindIndex('attempt', name)}`
  const running = enterAttempt(key)
  // Put first, it runs last but for what is added later; those are counted by then either way.
  call.afterwards(async () => leaveAttempt(key))
  if (failures + running > failuresBeforeLock) throw new Refusal('accounts/locked', { retryAfterSeconds: 2 })
}

/** Failures of a name that has no account in the current quarter of an hour; refuses a busy address. */
export async function failuresOfStranger(call: AnyCall, name: string): Promise<number> {
  const buckets = [addressBucket(call), nameBucket(call, name)]
  const [address = '', own = ''] = buckets
  const hits = await hitsOf(call.tx, buckets, call.at, windowSeconds)
  if ((hits.get(address) ?? 0) >= failuresPerAddress)
    throw new Refusal('accounts/locked', { retryAfterSeconds: windowSeconds })
  return hits.get(own) ?? 0
}

export interface Failure {
  /** What is counted under: a user name or a phone. */
  name: string
  accountId: string | undefined
  /** The street in whose audit trail it stands, where it is known. */
  streetId: number | undefined
  /** The refusal that was told. */
  code: string
  /** Counts where the name's own record stands; returns whether it is locked by this failure. */
  count(tx: Tx): Promise<boolean>
}

/** Has the failure counted and audited once the transaction has ended. */
export function noteFailure(call: AnyCall, operation: string, failure: Failure): void {
  const { at, requestId } = call
  call.afterwards((pool) =>
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
