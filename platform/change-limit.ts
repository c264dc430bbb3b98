/**
 * How often one account, or one address without an account, may change things. Generous: it stops programs that run
 * wild, not people. Counts hold across processes within `savedUp` hits a process: a process counts in memory and
 * tells the database every tenth hit, so that an ordinary act pays nothing.
 */
import { sql } from 'kysely'
import type { Actor } from './actor.ts'
import { type Pool, type Tx, txOn } from './db.ts'
import type { Keys } from './keys.ts'
import { Refusal } from './refusal.ts'

export type ChangeLimit = (actor: Actor | undefined, address: string, at: Date) => Promise<void>

export interface ChangeLimitSettings {
  /** Changes in one window of an account. */
  perAccount: number
  /** Of an address, for whoever is not signed in: a whole office may stand behind one. */
  perAddress: number
  windowSeconds: number
}

export const changeLimitDefaults: ChangeLimitSettings = {
  perAccount: 120,
  perAddress: 300,
  windowSeconds: 60,
}

const savedUp = 10

interface Count {
  windowEndsMs: number
  /** What the database answered last, of all processes. */
  known: number
  /** Hits that it does not know of yet. */
  pending: number
}

/** Refuses with 429 and Retry-After once the window is full; what was refused counts too. */
export function changeLimit(
  pool: Pool,
  keys: Keys,
  settings: ChangeLimitSettings = changeLimitDefaults,
): ChangeLimit {
  const tx = txOn(pool)
  const counts = new Map<string, Count>()
  const windowMs = settings.windowSeconds * 1000
  return async (actor, address, at) => {
    const bucket = actor ? `change:${actor.accountId}` : `change:${keys.blindIndex('address', address)}`
    const nowMs = at.getTime()
    let count = counts.get(bucket)
    if (!count || count.windowEndsMs <= nowMs) {
      forgetOld(counts, nowMs)
      count = { windowEndsMs: (Math.floor(nowMs / windowMs) + 1) * windowMs, known: 0, pending: 0 }
      counts.set(bucket, count)
    }
    count.pending += 1
    if (count.pending >= savedUp) {
      const hits = count.pending
      count.pending = 0
      count.known = await takeHits(tx, bucket, at, settings.windowSeconds, hits)
    }
    if (count.known + count.pending > (actor ? settings.perAccount : settings.perAddress))
      throw new Refusal('platform/too-many-requests', {
        retryAfterSeconds: Math.max(1, Math.ceil((count.windowEndsMs - nowMs) / 1000)),
      })
  }
}

/** Counts hits of a bucket and returns how many its current window now holds, of all processes. */
export async function takeHits(
  tx: Tx,
  bucket: string,
  at: Date,
  windowSeconds: number,
  hits = 1,
): Promise<number> {
  const row = await tx.one(
    sql<{
      hits: number
    }>`select take_rate_limit(${bucket}, ${at}, ${windowSeconds}::int, ${hits}::int) as hits`,
  )
  return row.hits
}

function forgetOld(counts: Map<string, Count>, nowMs: number): void {
  if (counts.size < 1000) return
  for (const [bucket, count] of counts) if (count.windowEndsMs <= nowMs) counts.delete(bucket)
}
