/** What somebody with all rights in the database would do: seal a changed history again, with whatever key they have. */
import type { Client } from 'pg'
import { type SealKey, signCheckpoint } from '../../platform/checkpoint.ts'
import { noLeaves, rootOf, withLeaves } from '../../platform/merkle-tree.ts'
import {
  entryHash,
  entryText,
  type SealSource,
  sealedTables,
  sealSources,
} from '../../platform/seal-sources.ts'
import { originOf } from '../../platform/seals.ts'

/** Every leaf that still has its entry gets that entry's hash, numbers close up, and every checkpoint is signed anew. */
export async function resealAll(client: Client, streetId: number, key: SealKey): Promise<void> {
  const { rows: checkpoints } = await client.query<{ size: string; at: Date }>(
    'select size, at from seal_checkpoints where street_id = $1 order by size',
    [streetId],
  )
  const leaves = await leavesAnew(client, streetId)
  await client.query('update seal_leaves set leaf_index = leaf_index + 1000000000 where street_id = $1', [
    streetId,
  ])
  await client.query(
    `update seal_leaves l set leaf_index = n.new_index, hash = decode(n.hash, 'hex'), at = n.at
     from jsonb_to_recordset($2::jsonb) n(old_index bigint, new_index bigint, hash text, at timestamptz)
     where l.street_id = $1 and l.leaf_index = n.old_index + 1000000000`,
    [
      streetId,
      JSON.stringify(
        leaves.map(({ index, hash, at }, place) => ({
          old_index: index,
          new_index: place,
          hash: hash.toString('hex'),
          at,
        })),
      ),
    ],
  )
  await client.query('delete from seal_leaves where street_id = $1 and leaf_index >= 1000000000', [streetId])
  await client.query('delete from seal_checkpoints where street_id = $1', [streetId])
  let before = noLeaves
  for (const { size: oldSize, at } of checkpoints) {
    const after = withLeaves(
      before,
      leaves
        .filter(({ index }, place) => place >= before.size && index < Number(oldSize))
        .map(({ hash }) => hash),
    )
    if (after.size === before.size) continue
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
    await client.query(
      'insert into seal_checkpoints (street_id, size, at, peaks, note) values ($1, $2, $3, $4, $5)',
      [streetId, after.size, at, Buffer.concat([...after.hashes]), note],
    )
    before = after
  }
}

interface NewLeaf {
  readonly index: number
  readonly at: Date
  readonly hash: Buffer
}

async function leavesAnew(client: Client, streetId: number): Promise<NewLeaf[]> {
  const found: NewLeaf[] = []
  for (const source of sealSources) {
    const one = sealedTables[source as SealSource]
    const { rows } = await client.query<{ index: string; at: Date; text: string }>(
      `select k.leaf_index as index, e.at, ${entryText(one)} as text
       from seal_leaves k join ${one.table} e on ${one.isNamed} ${one.beside}
       where k.street_id = $1 and k.source = $2`,
      [streetId, source],
    )
    for (const { index, at, text } of rows)
      found.push({ index: Number(index), at, hash: entryHash(source, text) })
  }
  return found.sort((a, b) => a.index - b.index)
}
