/**
 * Case numbers: YYYYMMDD and a running number of the street's day. Blocks of 20 are taken in a short transaction of
 * their own, because a counter inside the act's transaction would make all filings of a street wait for each other.
 */
import { sql } from 'kysely'
import { dayOf } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Pool } from '../../../platform/db.ts'

const blockSize = 20

interface Block {
  next: number
  end: number
}

const blocks = new WeakMap<Pool, Map<string, Promise<Block>>>()

/** The next number, such as `20261122-00041`. Numbers may have gaps; order is by time, not by number. */
export async function takeCaseNumber(pool: Pool, actor: Actor, at: Date): Promise<string> {
  const day = dayOf(at)
  const key = `${actor.streetId} ${day}`
  let ofPool = blocks.get(pool)
  if (!ofPool) {
    ofPool = new Map()
    blocks.set(pool, ofPool)
  }
  for (;;) {
    const promise = ofPool.get(key) ?? takeBlock(pool, actor, day)
    ofPool.set(key, promise)
    const block = await promise.catch((error: unknown) => {
      if (ofPool.get(key) === promise) ofPool.delete(key)
      throw error
    })
    if (block.next < block.end) return `${day.replaceAll('-', '')}-${String(block.next++).padStart(5, '0')}`
    if (ofPool.get(key) === promise) ofPool.delete(key)
  }
}

function takeBlock(pool: Pool, actor: Actor, day: string): Promise<Block> {
  return inTransaction(pool, { actor }, async (tx) => {
    const { end } = await tx.one(
      sql<{ end: number }>`insert into case_number_counters (street_id, day, next_number)
        values (${actor.streetId}, ${day}, ${1 + blockSize})
        on conflict (street_id, day) do update set next_number = case_number_counters.next_number + ${blockSize}
        returning next_number as end`,
    )
    return { next: end - blockSize, end }
  })
}
