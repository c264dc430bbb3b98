/**
 * Counts the seals of a street again from the entries themselves: every hash, every root, every signature. It asks the
 * database for rows alone and works out everything here, so that whoever owns the database can not answer for it.
 */
import type { ClientBase } from 'pg'
import { type Checkpoint, openCheckpoint } from './checkpoint.ts'
import { noLeaves, rootOf, withLeaves } from './merkle-tree.ts'
import { type SealFinding, type SealFindingKind, sealFinding } from './seal-findings.ts'
import { entryHash, entryText, type SealSource, sealedTables, sealSources } from './seal-sources.ts'
import { type LeafPlace, leafOrder, originOf, readPeaks } from './seals.ts'

export interface Recount {
  readonly streetId: number
  /** Leaves of the tree. */
  readonly size: number
  readonly checkpoints: number
  /** Entries that are not sealed yet. */
  readonly waiting: number
  /** The root of all leaves, and at each size that was asked for. */
  readonly roots: ReadonlyMap<number, Buffer>
  readonly findings: readonly SealFinding[]
  /** How many more were found than are listed. */
  readonly unlisted: number
}

const mostListed = 1_000
const rowsPerFetch = 5_000
/** A transaction may have begun before the checkpoint that its entry missed; none lasts longer. */
const lateMs = 3_600_000

/**
 * As a role above row security, in a transaction of one snapshot with `plainSettings`.
 * @param sizes at which the root is wanted too, for checkpoints kept elsewhere
 */
export async function recountSeals(
  client: ClientBase,
  streetId: number,
  publicKey: Buffer,
  sizes: readonly number[] = [],
): Promise<Recount> {
  const findings: SealFinding[] = []
  let unlisted = 0
  const find = (what: SealFindingKind, where: string) => {
    if (findings.length < mostListed) findings.push(sealFinding(what, where))
    else unlisted += 1
  }
  const checkpoints = await readCheckpoints(client, streetId, publicKey, find)
  const { size, roots } = await walkLeaves(client, streetId, checkpoints, sizes, find)
  let waiting = 0
  for (const source of sealSources) waiting += await compareEntries(client, streetId, source, find)
  return { streetId, size, checkpoints: checkpoints.length, waiting, roots, findings, unlisted }
}

type Find = (what: SealFindingKind, where: string) => void

interface Sealed {
  readonly size: number
  /** By the note where it opens; else what the row says. */
  readonly at: number
  readonly root: Buffer | undefined
}

async function readCheckpoints(
  client: ClientBase,
  streetId: number,
  publicKey: Buffer,
  find: Find,
): Promise<Sealed[]> {
  const { rows } = await client.query<{ size: string; at: Date; peaks: Buffer; note: string }>(
    'select size, at, peaks, note from seal_checkpoints where street_id = $1 order by size',
    [streetId],
  )
  let before: Pick<Checkpoint, 'size' | 'root'> = { size: 0, root: rootOf(noLeaves) }
  return rows.map((row) => {
    const size = Number(row.size)
    const where = `checkpoint ${size}`
    const signed = openCheckpoint(row.note, publicKey)
    const peaks = readPeaks(size, row.peaks)
    const fits =
      signed?.origin === originOf(streetId) && signed.size === size && signed.at === row.at.toISOString()
    if (!signed || !fits || !peaks || !rootOf(peaks).equals(signed.root)) find('signature', where)
    else if (signed.previous.size !== before.size || signed.previous.root !== before.root.toString('base64'))
      find('chain', where)
    if (signed) before = signed
    return { size, at: signed ? Date.parse(signed.at) : row.at.getTime(), root: signed?.root }
  })
}

interface Leaf extends LeafPlace {
  readonly leaf_index: string
  readonly hash: Buffer
}

async function walkLeaves(
  client: ClientBase,
  streetId: number,
  checkpoints: readonly Sealed[],
  sizes: readonly number[],
  find: Find,
): Promise<{ size: number; roots: Map<number, Buffer> }> {
  const roots = new Map<number, Buffer>()
  const wanted = new Set(sizes)
  const leaves = rowsOf<Leaf>(
    client,
    'select leaf_index, source, entry_id, line, at, hash from seal_leaves where street_id = $1 order by leaf_index',
    [streetId],
  )
  let peaks = noLeaves
  let last: Leaf | undefined
  let turn = 0
  let broken = false
  const close = () => {
    for (let one = checkpoints[turn]; one && one.size <= peaks.size; one = checkpoints[++turn]) {
      const holds = one.root === undefined || (one.size === peaks.size && rootOf(peaks).equals(one.root))
      // The first that does not hold says it; every later one stands upon it.
      if (!holds && !broken) find('resealed', `checkpoint ${one.size}`)
      broken ||= !holds
      last = undefined
    }
    if (wanted.has(peaks.size)) roots.set(peaks.size, rootOf(peaks))
  }
  for await (const leaf of leaves) {
    if (Number(leaf.leaf_index) !== peaks.size) find('leaf', `leaf ${leaf.leaf_index}`)
    if (last && leafOrder(last, leaf) > 0) find('reordered', `leaf ${leaf.leaf_index}`)
    const before = checkpoints[turn - 1]
    // An import writes down what happened elsewhere long ago; the trail and the ledger are never late.
    if (before && leaf.source !== 'case' && leaf.at.getTime() < before.at - lateMs)
      find('backdated', `${leaf.source} ${leaf.entry_id}`)
    last = leaf
    peaks = withLeaves(peaks, [leaf.hash])
    close()
  }
  const missing = checkpoints[turn]
  if (missing) find('resealed', `checkpoint ${missing.size}`)
  else if (peaks.size > (checkpoints.at(-1)?.size ?? 0))
    find('unsigned', `checkpoint ${checkpoints.at(-1)?.size ?? 0}`)
  roots.set(peaks.size, rootOf(peaks))
  return { size: peaks.size, roots }
}

interface Pair {
  readonly entry_id: string
  readonly hash: Buffer | null
  readonly other_time: boolean
  readonly text: string | null
  readonly waits: boolean
}

/** Every entry beside its leaf, and what has only one of them. @returns how many wait */
async function compareEntries(
  client: ClientBase,
  streetId: number,
  source: SealSource,
  find: Find,
): Promise<number> {
  const one = sealedTables[source]
  const entryId = `coalesce(k.entry_id, ${one.key.entryId})`
  const pairs = rowsOf<Pair>(
    client,
    `select ${entryId} as entry_id, k.hash, k.at is distinct from date_trunc('milliseconds', e.at) as other_time,
       case when e.street_id is not null then ${entryText(one)} end as text, q.street_id is not null as waits
     from (select * from seal_leaves where street_id = $1 and source = '${source}') k
       full join (select * from ${one.table} where street_id = $1) e on ${one.isNamed} ${one.beside}
       left join seal_queue q on q.street_id = $1 and q.source = '${source}' and q.entry_id = ${entryId}
         and q.line = coalesce(k.line, ${one.key.line})`,
    [streetId],
  )
  let waiting = 0
  for await (const { entry_id, hash, other_time, text, waits } of pairs) {
    const where = `${source} ${entry_id}`
    if (text === null) find('removed', where)
    else if (hash === null && waits) waiting += 1
    else if (hash === null) find('inserted', where)
    else if (other_time || !entryHash(source, text).equals(hash)) find('changed', where)
    if (hash !== null && waits) find('requeued', where)
  }
  const { rows } = await client.query<{ entry_id: string }>(
    `select k.entry_id from seal_queue k left join ${one.table} e on ${one.isNamed}
     where k.street_id = $1 and k.source = '${source}' and e.street_id is null`,
    [streetId],
  )
  for (const { entry_id } of rows) find('vanished', `${source} ${entry_id}`)
  return waiting
}

/** Through a cursor: a street has millions of them. */
async function* rowsOf<Row extends object>(
  client: ClientBase,
  text: string,
  values: readonly unknown[],
): AsyncGenerator<Row> {
  await client.query(`declare recount no scroll cursor for ${text}`, [...values])
  try {
    for (;;) {
      const { rows } = await client.query<Row>(`fetch ${rowsPerFetch} from recount`)
      yield* rows
      if (rows.length === 0) return
    }
  } finally {
    await client.query('close recount')
  }
}
