/** The ways in which somebody who owns the database may change the past, and what a recount must say to each. */
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import type { SeededRandom } from '../../lib/seeded-random.ts'
import { openSealKey, type SealKey } from '../../platform/checkpoint.ts'
import { txOn } from '../../platform/db.ts'
import type { SealFindingKind } from '../../platform/seal-findings.ts'
import { type SealSource, sealedTables, sealSources } from '../../platform/seal-sources.ts'
import { sealWaiting } from '../../platform/seals.ts'
import { resealAll } from './reseal.ts'

export interface Ground {
  /** Above all walls and triggers, inside a transaction that is taken back. */
  readonly client: Client
  readonly streetId: number
  readonly random: SeededRandom
  readonly key: SealKey
  readonly at: Date
  /** The size of the newest checkpoint that left the machine. */
  readonly deliveredSize: number
}

export interface Tampering {
  readonly what: string
  /** One of these must be found … */
  readonly found: readonly SealFindingKind[]
  /** … and, where an entry was touched, under its name. */
  readonly named?: string
}

export type Kind = (ground: Ground) => Promise<Tampering>

interface Place {
  readonly source: SealSource
  readonly table: string
  readonly entryId: string
  /** Names the row. */
  readonly where: string
}

async function pickSealed(
  { client, streetId, random }: Ground,
  more = 'true',
): Promise<Place & { index: number }> {
  const source = random.pick(sealSources)
  const { rows } = await client.query<{
    leaf_index: string
    entry_id: string
    line: number
    case_id: string | null
  }>(
    `select leaf_index, entry_id, line, case_id from seal_leaves where street_id = $1 and source = $2 and ${more}
     order by leaf_index`,
    [streetId, source],
  )
  const { leaf_index, ...row } = random.pick(rows)
  return { ...placeOf(streetId, source, row), index: Number(leaf_index) }
}

function placeOf(
  streetId: number,
  source: SealSource,
  { entry_id, line, case_id }: { entry_id: string; line: number; case_id: string | null },
): Place {
  const byKey = {
    audit: `id = '${entry_id}'`,
    case: `case_id = '${case_id}' and id = '${entry_id}'`,
    ledger: `transfer_id = '${entry_id}' and line = ${line}`,
  }[source]
  return {
    source,
    table: sealedTables[source].table,
    entryId: entry_id,
    where: `street_id = ${streetId} and ${byKey}`,
  }
}

/** Another value of the column's type. */
const otherValues: Readonly<Record<string, (column: string) => string>> = {
  text: (column) => `coalesce(${column}, '') || '改'`,
  'timestamp with time zone': (column) => `${column} - interval '3 days'`,
  uuid: () => 'gen_random_uuid()',
  jsonb: (column) => `${column} || '{"changed": 1}'`,
  'uuid[]': (column) => `${column} || gen_random_uuid()`,
  boolean: (column) => `not ${column}`,
  bigint: (column) => `${column} + sign(${column})`,
}

/** @param kept a column that stays: whoever can seal anew, but moves a time out of the order, is found by that */
async function changeField(ground: Ground, place: Place, kept = ''): Promise<string> {
  const { rows } = await ground.client.query<{ name: string; type: string }>(
    `select a.attname as name, a.atttypid::regtype::text as type from pg_attribute a
     where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
       and not exists (select from pg_index i where i.indrelid = a.attrelid and i.indisprimary and a.attnum = any (i.indkey))
     order by 1`,
    [place.table],
  )
  const { name, type } = ground.random.pick(
    rows.filter((column) => column.type in otherValues && column.name !== kept),
  )
  await ground.client.query(
    `update ${place.table} set ${name} = ${otherValues[type]?.(name) ?? name} where ${place.where}`,
  )
  return `${place.source}.${name}`
}

const tellOf = ({ source, entryId }: Place) => `${source} ${entryId}`

const entryKinds: Readonly<Record<string, Kind>> = {
  async 'a field of an entry'(ground) {
    const place = await pickSealed(ground)
    const field = await changeField(ground, place)
    return { what: `changed ${field}`, found: ['changed'], named: tellOf(place) }
  },
  async 'an entry taken out'(ground) {
    const place = await pickSealed(ground)
    await ground.client.query(`delete from ${place.table} where ${place.where}`)
    return { what: `removed from ${place.source}`, found: ['removed'], named: tellOf(place) }
  },
  async 'an entry put in'(ground) {
    const place = await pickSealed(ground)
    const id = randomUUID()
    const column = place.source === 'ledger' ? 'transfer_id' : 'id'
    await ground.client.query(
      `insert into ${place.table} ${place.source === 'ledger' ? 'overriding system value' : ''}
       select (jsonb_populate_record(e, jsonb_build_object('${column}', $1::text))).* from ${place.table} e where ${place.where}`,
      [id],
    )
    return { what: `put into ${place.source}`, found: ['inserted'], named: `${place.source} ${id}` }
  },
  async 'two entries that changed names'(ground) {
    const place = await pickSealed(ground)
    const { rows } = await ground.client.query<{ entry_id: string; line: number; case_id: string | null }>(
      `select l.entry_id, l.line, l.case_id from seal_leaves l join ${place.table} e on ${sealedTables[place.source].isNamed.replaceAll('k.', 'l.')}
       where l.street_id = $1 and l.source = $2 and l.entry_id <> $3
         and e.at <> (select at from ${place.table} where ${place.where}) order by l.leaf_index`,
      [ground.streetId, place.source, place.entryId],
    )
    const other = placeOf(ground.streetId, place.source, ground.random.pick(rows))
    await exchange(ground.client, place, other)
    return { what: `exchanged two of ${place.source}`, found: ['changed'], named: tellOf(place) }
  },
  async 'an entry under another name'(ground) {
    const place = await pickSealed(ground)
    const column = place.source === 'ledger' ? 'transfer_id' : 'id'
    await ground.client.query(`update ${place.table} set ${column} = gen_random_uuid() where ${place.where}`)
    return { what: `renamed in ${place.source}`, found: ['removed'], named: tellOf(place) }
  },
  async 'a field, and its leaf adapted'(ground) {
    const place = await pickSealed(ground)
    const field = await changeField(ground, place)
    await adaptLeaves(ground)
    return { what: `changed ${field} and its leaf`, found: ['resealed'] }
  },
  async 'an entry and its leaf taken out'(ground) {
    const place = await pickSealed(ground)
    await ground.client.query(`delete from ${place.table} where ${place.where}`)
    await ground.client.query('delete from seal_leaves where street_id = $1 and leaf_index = $2', [
      ground.streetId,
      place.index,
    ])
    if (ground.random.chance(0.5)) {
      const shift = 'update seal_leaves set leaf_index = leaf_index'
      await ground.client.query(`${shift} + 1000000000 where street_id = $1 and leaf_index > $2`, [
        ground.streetId,
        place.index,
      ])
      await ground.client.query(`${shift} - 1000000001 where street_id = $1 and leaf_index > 1000000000`, [
        ground.streetId,
      ])
    }
    return { what: `removed from ${place.source} with its leaf`, found: ['resealed', 'leaf'] }
  },
}

async function exchange(client: Client, one: Place, other: Place): Promise<void> {
  const key = one.source === 'ledger' ? 'transfer_id' : 'id'
  const ids = { ledger: ['transfer_id', 'line'], case: ['id', 'case_id'], audit: ['id'] }[one.source]
  const read = async ({ where }: Place) => {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(
      `select to_jsonb(e) as row from ${one.table} e where ${where}`,
    )
    return rows[0]?.row ?? {}
  }
  const [a, b] = [await read(one), await read(other)]
  const named = (content: Record<string, unknown>, name: Record<string, unknown>) => ({
    ...content,
    ...Object.fromEntries(ids.map((id) => [id, name[id]])),
  })
  await client.query(`delete from ${one.table} where (${one.where}) or (${other.where})`)
  await client.query(
    `insert into ${one.table} select * from jsonb_populate_recordset(null::${one.table}, $1::jsonb) order by ${key}`,
    [JSON.stringify([named(b, a), named(a, b)])],
  )
}

/** Leaves as if the entries had always been so; the checkpoints stay, for they are signed. */
async function adaptLeaves({ client, streetId, key }: Ground): Promise<void> {
  await client.query('create temporary table kept on commit drop as select * from seal_checkpoints')
  await resealAll(client, streetId, key)
  await client.query('delete from seal_checkpoints')
  await client.query('insert into seal_checkpoints select * from kept')
}

const treeKinds: Readonly<Record<string, Kind>> = {
  async 'leaves that changed places'(ground) {
    const [one, other] = [await pickSealed(ground), await pickSealed(ground)]
    const target = one.index === other.index ? (one.index === 0 ? 1 : one.index - 1) : other.index
    const move = 'update seal_leaves set leaf_index = $3 where street_id = $1 and leaf_index = $2'
    await ground.client.query(move, [ground.streetId, one.index, 1_000_000_000])
    await ground.client.query(move, [ground.streetId, target, one.index])
    await ground.client.query(move, [ground.streetId, 1_000_000_000, target])
    return { what: 'two leaves exchanged', found: ['reordered', 'resealed'] }
  },
  async 'another hash in a leaf'(ground) {
    const { index, ...place } = await pickSealed(ground)
    await ground.client.query(
      'update seal_leaves set hash = sha256(hash) where street_id = $1 and leaf_index = $2',
      [ground.streetId, index],
    )
    return { what: 'a leaf replaced', found: ['changed'], named: tellOf(place) }
  },
  async 'a checkpoint taken out'(ground) {
    const size = await pickCheckpoint(ground)
    await ground.client.query('delete from seal_checkpoints where street_id = $1 and size = $2', [
      ground.streetId,
      size,
    ])
    return { what: 'a checkpoint removed', found: ['chain', 'unsigned'] }
  },
  async 'a character of a note'(ground) {
    const size = await pickCheckpoint(ground)
    const digit = ground.random.int(8) + 1
    await ground.client.query(
      `update seal_checkpoints set note = regexp_replace(note, '[0-9]', '${digit}9', 1, ${digit}) where street_id = $1 and size = $2`,
      [ground.streetId, size],
    )
    return { what: 'a note changed', found: ['signature'] }
  },
  async 'other peaks'(ground) {
    const size = await pickCheckpoint(ground)
    await ground.client.query(
      `update seal_checkpoints set peaks = overlay(peaks placing sha256(peaks) from 1) where street_id = $1 and size = $2`,
      [ground.streetId, size],
    )
    return { what: 'peaks replaced', found: ['signature'] }
  },
  async 'all of it sealed anew with a key of their own'(ground) {
    const place = await pickSealed(ground)
    const field = await changeField(ground, place)
    await resealAll(ground.client, ground.streetId, openSealKey(Buffer.alloc(32, ground.random.int(250))))
    return { what: `changed ${field}, sealed with another key`, found: ['signature'] }
  },
  async 'the whole tree taken away'(ground) {
    for (const table of ['seal_leaves', 'seal_checkpoints'])
      await ground.client.query(`delete from ${table} where street_id = $1`, [ground.streetId])
    return { what: 'the tree removed', found: ['inserted'] }
  },
  async 'the end of the tree taken away'(ground) {
    await cutTree(ground, await pickCheckpoint(ground, true))
    return { what: 'the end of the tree removed', found: ['inserted'] }
  },
}

async function pickCheckpoint({ client, streetId, random }: Ground, notLast = false): Promise<number> {
  const { rows } = await client.query<{ size: string }>(
    'select size from seal_checkpoints where street_id = $1 order by size',
    [streetId],
  )
  return Number(random.pick(notLast ? rows.slice(0, -1) : rows).size)
}

async function cutTree({ client, streetId }: Ground, size: number): Promise<void> {
  await client.query('delete from seal_leaves where street_id = $1 and leaf_index >= $2', [streetId, size])
  await client.query('delete from seal_checkpoints where street_id = $1 and size > $2', [streetId, size])
}

const queueKinds: Readonly<Record<string, Kind>> = {
  async 'a waiting entry that shall never be sealed'(ground) {
    const place = await pickWaiting(ground)
    await ground.client.query('delete from seal_queue where street_id = $1 and entry_id = $2', [
      ground.streetId,
      place.entryId,
    ])
    return { what: 'taken out of the queue', found: ['inserted'], named: tellOf(place) }
  },
  async 'a waiting entry taken out'(ground) {
    const place = await pickWaiting(ground)
    await ground.client.query(`delete from ${place.table} where ${place.where}`)
    return { what: 'removed while it waited', found: ['vanished'], named: tellOf(place) }
  },
  async 'a sealed entry queued again'(ground) {
    const { index, ...place } = await pickSealed(ground)
    await ground.client.query(
      'insert into seal_queue select street_id, source, entry_id, line, case_id from seal_leaves where street_id = $1 and leaf_index = $2',
      [ground.streetId, index],
    )
    return { what: 'queued again', found: ['requeued'], named: tellOf(place) }
  },
  async 'an entry of long ago by the front door'(ground) {
    const id = randomUUID()
    await ground.client.query('set local session_replication_role = origin')
    await ground.client.query(
      `insert into audit_entries (street_id, id, at, operation, outcome, request_id) values ($1, $2, $3, 'cases.closeCase', 'done', 'r')`,
      [ground.streetId, id, new Date(ground.at.getTime() - (2 + ground.random.int(900)) * 86_400_000)],
    )
    await sealWaiting(txOn(ground.client), ground, ground.at)
    return { what: 'backdated', found: ['backdated'], named: `audit ${id}` }
  },
}

async function pickWaiting({ client, streetId, random }: Ground): Promise<Place> {
  const { rows } = await client.query<{
    source: SealSource
    entry_id: string
    line: number
    case_id: string | null
  }>(
    'select source, entry_id, line, case_id from seal_queue where street_id = $1 order by source, entry_id, line',
    [streetId],
  )
  const { source, ...row } = random.pick(rows)
  return placeOf(streetId, source, row)
}

/** Found by a recount alone. */
export const insideKinds: Readonly<Record<string, Kind>> = { ...entryKinds, ...treeKinds, ...queueKinds }

/** By whoever has the keys too, or leaves nothing of the end: a recount alone can not tell, a checkpoint kept elsewhere does. */
export const outsideOnly: Readonly<Record<string, Kind>> = {
  async 'changed and sealed anew with the true key'(ground) {
    const place = await pickSealed(ground, `leaf_index < ${ground.deliveredSize}`)
    const field = await changeField(ground, place, 'at')
    await resealAll(ground.client, ground.streetId, ground.key)
    return { what: `changed ${field}, sealed with the true key`, found: ['rewritten'] }
  },
  async 'taken out and sealed anew with the true key'(ground) {
    const place = await pickSealed(ground, `leaf_index < ${ground.deliveredSize}`)
    await ground.client.query(`delete from ${place.table} where ${place.where}`)
    await resealAll(ground.client, ground.streetId, ground.key)
    return { what: `removed from ${place.source}, sealed with the true key`, found: ['rewritten', 'cut-off'] }
  },
  async 'the end cut off, entries and all'(ground) {
    const { rows } = await ground.client.query<{ size: string }>(
      'select size from seal_checkpoints where street_id = $1 and size < $2 order by size',
      [ground.streetId, ground.deliveredSize],
    )
    const size = Number(ground.random.pick(rows).size)
    for (const source of sealSources) {
      const { table, isNamed } = sealedTables[source]
      await ground.client.query(
        `delete from ${table} e using seal_leaves k where ${isNamed} and k.street_id = $1 and k.source = $2 and k.leaf_index >= $3`,
        [ground.streetId, source, size],
      )
    }
    await cutTree(ground, size)
    return { what: 'the end cut off', found: ['cut-off'] }
  },
}
