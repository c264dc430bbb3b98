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

/** Hits of the current window by bucket, without counting one; an untouched bucket is left out. */
export async function hitsOf(
  tx: Tx,
  buckets: readonly string[],
  at: Date,
  windowSeconds: number,
): Promise<Map<string, number>> {
  const windowMs = windowSeconds * 1000
  const windowStart = new Date(Math.floor(at.getTime() / windowMs) * windowMs)
  const rows = await tx.many(
    sql<{ bucket: string; hits: number }>`select bucket, hits from rate_limits
      where bucket = any(${buckets}::text[]) and window_start = ${windowStart}`,
  )
  return new Map(rows.map((row) => [row.bucket, row.hits]))
}
