/** The past is changed in every way that the owner of the database has, and the recount of the seals must name each. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { createSeededRandom } from '../lib/seeded-random.ts'
import { plainSettings } from '../platform/backup-tables.ts'
import { openPool } from '../platform/db.ts'
import { runJob } from '../platform/jobs.ts'
import { folderPort } from '../platform/seal-ports.ts'
import { sealJobs } from '../platform/seals-jobs.ts'
import { compareWithKept, type OpenedKept, openKept, sizesOf } from '../platform/seals-outside.ts'
import { recountSeals } from '../platform/seals-recount.ts'
import type { Proof, ProofResult, ProofRun, Size, Violation } from './proof.ts'
import { type StreetAtWork, startStreetAtWork } from './support/street-at-work.ts'
import { printTable } from './support/table.ts'
import { makeTemporaryData, type TemporaryData } from './support/temporary-data.ts'
import { type Ground, insideKinds, type Kind, outsideOnly } from './tamper/kinds.ts'

/** Rule: quality.md R30; full is its CI column. */
const tamperings: Readonly<Record<Size, number>> = { small: 150, full: 1_000 }
const amounts: Readonly<Record<Size, { cases: number; transfers: number }>> = {
  small: { cases: 5, transfers: 10 },
  full: { cases: 20, transfers: 60 },
}
const sealings = 5

export const proof: Proof = {
  name: 'tamper',
  what: 'whatever is changed, taken out, put in or moved in sealed history is found and named; what only a checkpoint outside shows is found by it',
  async run(run) {
    const data = await makeTemporaryData({ fsync: false })
    try {
      const work = await startStreetAtWork(data)
      try {
        const keptFolder = join(data.folder, '..', 'kept')
        mkdirSync(keptFolder)
        await writeHistory(run, data, work, keptFolder)
        return await tamper(run, data, work, keptFolder)
      } finally {
        await work.close()
      }
    } finally {
      await data.remove()
    }
  },
}

/** Real work, sealed in turns; the last of it still waits, and the last but one never left the machine. */
async function writeHistory(
  run: ProofRun,
  data: TemporaryData,
  work: StreetAtWork,
  keptFolder: string,
): Promise<void> {
  const { cases, transfers } = amounts[run.size]
  for (let turn = 0; turn <= sealings; turn += 1) {
    for (let nth = 0; nth < cases; nth += 1) await work.finishCase(nth)
    for (let nth = 0; nth < transfers; nth += 1) await work.giveOutPoints(nth + 1)
    if (turn < sealings) await seal(data, work, turn === sealings - 1 ? undefined : keptFolder)
  }
}

async function seal(
  data: TemporaryData,
  { services, street }: StreetAtWork,
  keptFolder: string | undefined,
): Promise<void> {
  const pool = openPool(data.workerUrl(), 1, 'linli-proof-tamper')
  try {
    for (const job of sealJobs.jobs)
      await runJob(
        { pool, services: { ...services, ...(keptFolder ? { seals: folderPort(keptFolder) } : {}) } },
        job,
        { street: street.streetId, payload: {} },
        new Date(),
      )
  } finally {
    await pool.end()
  }
}

interface Judge {
  readonly ground: Omit<Ground, 'random'>
  readonly kept: OpenedKept
  readonly violations: Violation[]
}

async function tamper(
  run: ProofRun,
  data: TemporaryData,
  { street, keys }: StreetAtWork,
  keptFolder: string,
): Promise<ProofResult> {
  const client = new Client({ connectionString: data.superuserUrl() })
  await client.connect()
  try {
    await client.query(plainSettings)
    const key = keys.seals
    const texts = readdirSync(keptFolder).map((name) => ({
      name,
      text: readFileSync(join(keptFolder, name), 'utf8'),
    }))
    const kept = openKept(texts, key.publicKey)
    const deliveredSize = Math.max(...sizesOf(kept, street.streetId))
    // An hour later than anything, as when the next sealing comes.
    const at = new Date(Date.now() + 3_600_000)
    const judge: Judge = {
      ground: { client, streetId: street.streetId, key, at, deliveredSize },
      kept,
      violations: [],
    }
    const counts = await tellGround(run, judge)
    const inside = await tryAll(run, judge, insideKinds, tamperings[run.size], true)
    const outside = await tryAll(run, judge, outsideOnly, Math.ceil(tamperings[run.size] / 10), false)
    await expectClean(judge, 'after everything was taken back')
    printTable(
      run.say,
      ['tampering', 'tried', 'found'],
      [
        ...inside,
        ...outside.map(([name, ...rest]) => [`${name} (by a checkpoint outside alone)`, ...rest] as const),
      ],
    )
    const sum = (rows: readonly (readonly [string, number, number])[]) =>
      rows.reduce((all, [, tried]) => all + tried, 0)
    return {
      checked: sum(inside) + sum(outside) + 2,
      violations: judge.violations,
      figures: { ...counts, tamperings: sum(inside), outsideOnly: sum(outside) },
    }
  } finally {
    await client.end()
  }
}

async function tellGround(run: ProofRun, judge: Judge): Promise<Record<string, number>> {
  const { size, waiting, checkpoints } = await expectClean(judge, 'before anything was changed')
  const { rows } = await judge.ground.client.query<{ source: string; count: number }>(
    'select source, count(*)::int as count from seal_leaves where street_id = $1 group by source order by source',
    [judge.ground.streetId],
  )
  const bySource = Object.fromEntries(rows.map(({ source, count }) => [source, count]))
  for (const source of ['audit', 'case', 'ledger'])
    if (!bySource[source])
      judge.violations.push({ what: 'the proof has nothing to tamper with', where: source })
  run.say(
    `  ${size} sealed entries (${rows.map(({ source, count }) => `${source} ${count}`).join(', ')}), ${checkpoints} checkpoints, ${judge.kept.checkpoints.length} of them outside, ${waiting} entries wait`,
  )
  return { leaves: size, checkpoints, waiting }
}

async function expectClean(judge: Judge, when: string) {
  const { client, streetId, key } = judge.ground
  await client.query('begin')
  try {
    const recount = await recountSeals(client, streetId, key.publicKey, sizesOf(judge.kept, streetId))
    for (const { en } of [...recount.findings, ...compareWithKept([recount], judge.kept)])
      judge.violations.push({ what: `something is found ${when}`, where: en })
    return recount
  } finally {
    await client.query('rollback')
  }
}

type Row = readonly [name: string, tried: number, found: number]

async function tryAll(
  run: ProofRun,
  judge: Judge,
  kinds: Readonly<Record<string, Kind>>,
  count: number,
  alone: boolean,
): Promise<Row[]> {
  const names = Object.keys(kinds)
  const rows = new Map<string, [number, number]>(names.map((name) => [name, [0, 0]]))
  for (let nth = 0; nth < count; nth += 1) {
    const name = names[nth % names.length] ?? ''
    const row = rows.get(name) ?? [0, 0]
    row[0] += 1
    const kind = kinds[name]
    if (kind && (await tryOne(run, judge, { name, kind, nth, alone }))) row[1] += 1
  }
  return [...rows].map(([name, [tried, found]]) => [name, tried, found])
}

interface Trial {
  readonly name: string
  readonly kind: Kind
  readonly nth: number
  /** A recount alone must find it; else it must not, and a checkpoint outside must. */
  readonly alone: boolean
}

async function tryOne(run: ProofRun, judge: Judge, { name, kind, nth, alone }: Trial): Promise<boolean> {
  const { client, streetId, key } = judge.ground
  const random = createSeededRandom(`${run.seed} ${name} ${nth}`)
  await client.query('begin; set local session_replication_role = replica')
  try {
    const { what, found, named } = await kind({ ...judge.ground, random })
    const recount = await recountSeals(client, streetId, key.publicKey, sizesOf(judge.kept, streetId))
    const outside = compareWithKept([recount], judge.kept)
    const told = alone ? recount.findings : outside
    const isNamed = named === undefined || told.some(({ where }) => where === named)
    const isFound = told.some((one) => found.includes(one.what))
    if (!isFound || !isNamed)
      judge.violations.push({
        what: isFound ? `found but not named: ${name}` : `not found: ${name}`,
        where: `#${nth} ${what}: ${told.map(({ en }) => en).join(' ') || 'nothing'}`,
      })
    if (!alone && recount.findings.length > 0)
      judge.violations.push({
        what: `counted as shown from outside alone, but a recount shows it: ${name}`,
        where: `#${nth} ${what}: ${recount.findings[0]?.en}`,
      })
    return isFound && isNamed
  } finally {
    await client.query('rollback')
  }
}
