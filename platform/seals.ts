/** The sealing of a street: what waits is hashed into its tree, and the new root is signed. */
import { sql } from 'kysely'
import { openCheckpoint, type SealKey, signCheckpoint } from './checkpoint.ts'
import type { Tx } from './db.ts'
import { noLeaves, type Peaks, peakCount, rootOf, withLeaves } from './merkle-tree.ts'
import { entryHash, entryText, type SealSource, sealedTables, sealSources } from './seal-sources.ts'

export interface StreetTree {
  readonly streetId: number
  readonly key: SealKey
}

export interface Sealing {
  /** How many leaves the tree has now. */
  readonly size: number
  readonly added: number
  /** The batch was full: more waits. */
  readonly more: boolean
}

interface Waiting {
  readonly source: SealSource
  readonly entry_id: string
  readonly line: number
  readonly case_id: string | null
  readonly at: Date
  readonly text: string
}

export const originOf = (streetId: number): string => `linli/${streetId}`

/** Leaves of one checkpoint stand by time, so that a recount also finds two that changed places. */
export const leafOrder = (one: LeafPlace, other: LeafPlace): number =>
  one.at.getTime() - other.at.getTime() || compareText(placeText(one), placeText(other))

export interface LeafPlace {
  readonly source: string
  readonly entry_id: string
  readonly line: number
  readonly at: Date
}
const placeText = ({ source, entry_id, line }: LeafPlace) =>
  `${source} ${entry_id} ${String(line).padStart(5, '0')}`
const compareText = (one: string, other: string) => (one < other ? -1 : Number(one > other))

/**
 * Seals at most `limit` entries that are committed and wait, in the caller's transaction and the street's context.
 * @throws when the newest checkpoint is not one of ours: then nothing is built upon it
 */
export async function sealWaiting(
  tx: Tx,
  { streetId, key }: StreetTree,
  at: Date,
  limit = 20_000,
): Promise<Sealing> {
  await tx.run(sql`set local timezone = 'UTC'`)
  // One sealing of a street at a time: two would number their leaves alike.
  await tx.many(sql`select pg_advisory_xact_lock(hashtext('linli-seal'), ${streetId})`)
  const before = await newestPeaks(tx, streetId, key)
  const waiting = (await takeWaiting(tx, streetId, limit)).sort(leafOrder)
  if (waiting.length === 0) return { size: before.size, added: 0, more: false }
  const leaves = waiting.map(({ source, text }) => entryHash(source, text))
  const after = withLeaves(before, leaves)
  await tx.run(sql`insert into seal_leaves (street_id, leaf_index, source, entry_id, line, case_id, at, hash)
    select ${streetId}, ${before.size} + n - 1, w.source, w.entry_id, w.line, w.case_id, w.at, decode(w.hash, 'hex')
    from rows from (jsonb_to_recordset(${JSON.stringify(
      waiting.map(({ source, entry_id, line, case_id, at }, index) => ({
        source,
        entry_id,
        line,
        case_id,
        at,
        hash: leaves[index]?.toString('hex'),
      })),
    )}::jsonb) as (source text, entry_id uuid, line smallint, case_id uuid, at timestamptz, hash text))
      with ordinality as w(source, entry_id, line, case_id, at, hash, n)`)
  const note = signCheckpoint(
    {
      origin: originOf(streetId),
      size: after.size,
      root: rootOf(after),
      at: at.toISOString(),
      previous: { size: before.size, root: rootOf(before).toString('base64') },
    },
    key,
  )
  await tx.run(sql`insert into seal_checkpoints (street_id, size, at, peaks, note)
    values (${streetId}, ${after.size}, ${at}, ${Buffer.concat([...after.hashes])}, ${note})`)
  return { size: after.size, added: waiting.length, more: waiting.length === limit }
}

/** What waits and is there; what vanished while it waited stays in the queue, where the recount finds it. */
async function takeWaiting(tx: Tx, streetId: number, limit: number): Promise<Waiting[]> {
  const found: Waiting[] = []
  for (const source of sealSources) {
    const one = sealedTables[source]
    found.push(
      ...(await tx.many(sql<Waiting>`with taken as (
        delete from seal_queue q using (
          select k.source, k.entry_id, k.line, k.case_id, e.at, ${sql.raw(entryText(one))} as text
          from seal_queue k join ${sql.raw(one.table)} e on ${sql.raw(one.isNamed)} ${sql.raw(one.beside)}
          where k.street_id = ${streetId} and k.source = ${source} limit ${limit - found.length}
        ) w where q.street_id = ${streetId} and q.source = w.source and q.entry_id = w.entry_id and q.line = w.line
        returning w.*)
      select * from taken`)),
    )
  }
  return found
}

async function newestPeaks(tx: Tx, streetId: number, key: SealKey): Promise<Peaks> {
  const newest = await tx.maybe(
    sql<{ size: number; peaks: Buffer; note: string }>`select size, peaks, note from seal_checkpoints
      where street_id = ${streetId} order by size desc limit 1`,
  )
  if (!newest) return noLeaves
  const peaks = readPeaks(newest.size, newest.peaks)
  const signed = openCheckpoint(newest.note, key.publicKey)
  if (
    !peaks ||
    signed?.origin !== originOf(streetId) ||
    signed.size !== newest.size ||
    !signed.root.equals(rootOf(peaks))
  )
    throw new Error(`the newest checkpoint of street ${streetId} is not one of ours: run linli verify`)
  return peaks
}

/** @returns undefined when these bytes are not the peaks of a tree of this size */
export function readPeaks(size: number, bytes: Buffer): Peaks | undefined {
  const count = peakCount(size)
  if (bytes.length !== count * 32) return undefined
  return {
    size,
    hashes: Array.from({ length: count }, (_, index) => bytes.subarray(index * 32, index * 32 + 32)),
  }
}
