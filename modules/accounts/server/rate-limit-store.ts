/** Counts that hold across server processes. Buckets are keyed hashes: neither phones nor addresses stand in them. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

/** Counts one hit and returns how many the current window holds. */
export async function takeRateLimit(
  tx: Tx,
  bucket: string,
  at: Date,
  windowSeconds: number,
): Promise<number> {
  const row = await tx.one(
    sql<{ hits: number }>`select take_rate_limit(${bucket}, ${at}, ${windowSeconds}::integer) as hits`,
  )
  return row.hits
}

/** Hits of the current window, without counting one. */
export async function hitsOf(tx: Tx, bucket: string, at: Date, windowSeconds: number): Promise<number> {
  const windowMs = windowSeconds * 1000
  const windowStart = new Date(Math.floor(at.getTime() / windowMs) * windowMs)
  const row = await tx.maybe(
    sql<{
      hits: number
    }>`select hits from rate_limits where bucket = ${bucket} and window_start = ${windowStart}`,
  )
  return row?.hits ?? 0
}
