/** P6 in small: a storm of reports over reads, then ten times that, against the real server; and the figures afterwards. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '../lib/ids.ts'
import { createSeededRandom, type SeededRandom } from '../lib/seeded-random.ts'
import { addDays, dayOf } from '../lib/time.ts'
import {
  casesOnDay,
  countRolled,
  foldFigures,
  namesOf,
  recountStreet,
} from '../modules/cases/server/index.ts'
import { inTransaction, openPool } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import { callHttp } from './access/http-caller.ts'
import type { Proof, ProofResult, ProofRun, Size, Violation } from './proof.ts'
import { fillProofStreet, openProofSession, type ProofStreet } from './support/proof-street.ts'
import { bundleServer } from './support/server-bundle.ts'
import { startServerProcess } from './support/server-process.ts'
import { printTable } from './support/table.ts'
import { makeTemporaryData, type TemporaryData } from './support/temporary-data.ts'

/** Reports a second and for how long; the second part is ten times the first. Full is what the quality page names. */
const extents: Readonly<
  Record<Size, { perSecond: number; seconds: number; thenSeconds: number; residents: number }>
> = {
  small: { perSecond: 8, seconds: 12, thenSeconds: 3, residents: 60 },
  full: { perSecond: 33, seconds: 300, thenSeconds: 60, residents: 2_000 },
}

export const proof: Proof = {
  name: 'storm',
  what: 'a storm of reports over reads, most in one community and one in ten sent twice, then ten times that: none lost, none doubled, each in a grid and at a desk, no error, and the figures are those of a recount',
  alone: true,
  async run(run) {
    const bundle = await bundleServer()
    const data = await makeTemporaryData({ fsync: true })
    try {
      return await prove(run, data, bundle.program)
    } finally {
      await data.remove()
      bundle.remove()
    }
  },
}

interface Ground {
  readonly street: ProofStreet
  readonly residents: readonly string[]
  readonly readers: readonly string[]
}

interface Report {
  readonly id: string
  readonly status: number
  readonly code: string
  readonly ms: number
  readonly part: 'storm' | 'tenfold'
}

async function prove(run: ProofRun, data: TemporaryData, program: string): Promise<ProofResult> {
  const extent = extents[run.size]
  const random = createSeededRandom(run.seed)
  const ground = await prepare(data, extent.residents)
  // From here on the database is the server's alone.
  await data.leave()
  const server = await startServerProcess({ program, dataFolder: data.folder, waitSeconds: 180 })
  run.say(`  the server is up, ${ground.residents.length} people report`)
  const sent: Promise<Report>[] = []
  const reading = { over: false, reads: 0, failed: [] as string[] }
  let told: FiguresTold = { filed: -1, seconds: 0 }
  try {
    const reads = readOn(server.baseUrl, ground, reading)
    await blow(server.baseUrl, ground, random.fork('storm'), 'storm', extent.perSecond, extent.seconds, sent)
    await blow(
      server.baseUrl,
      ground,
      random.fork('tenfold'),
      'tenfold',
      extent.perSecond * 10,
      extent.thenSeconds,
      sent,
    )
    run.say(`  ${sent.length} reports are sent`)
    await Promise.all(sent)
    reading.over = true
    await reads
    told = await filedAsTold(server.baseUrl, ground)
  } finally {
    await server.end('SIGTERM')
  }
  await data.open()
  const reports = await Promise.all(sent)
  const violations: Violation[] = [
    ...reports
      .filter(({ status }) => status !== 201)
      .map(({ id, status, code }) => ({ what: `a report is answered ${status} ${code}`, where: id })),
    ...reading.failed.map((where) => ({ what: 'a read fails during the storm', where })),
    ...(await lookAtCases(data, ground, reports, told.filed)),
    ...(await lookAtFigures(data, ground)),
  ]
  const of = (part: Report['part']) => reports.filter((one) => one.part === part).map(({ ms }) => ms)
  const figures = {
    reports: reports.length,
    reads: reading.reads,
    stormP50: quantile(of('storm'), 0.5),
    stormP99: quantile(of('storm'), 0.99),
    tenfoldP50: quantile(of('tenfold'), 0.5),
    tenfoldP99: quantile(of('tenfold'), 0.99),
    atDeskWithinTwoSeconds: Number(
      (of('storm').filter((ms) => ms <= 2_000).length / Math.max(1, of('storm').length)).toFixed(3),
    ),
    figuresBehindSeconds: told.seconds,
  }
  printTable(run.say, ['the storm', ''], Object.entries(figures))
  return { checked: reports.length + reading.reads, violations, figures }
}

async function prepare(data: TemporaryData, residents: number): Promise<Ground> {
  const pool = openPool(data.appUrl(), 2, 'linli-proof-storm')
  const at = new Date()
  try {
    const street = await fillProofStreet(pool, openKeys(data.keys), at, {
      code: '990101001',
      name: '滨河街道',
      west: 106.5,
      prefix: 'zqs-',
      firstPhone: 13900000000,
      residents,
    })
    const session = (accountId: string) => openProofSession(pool, accountId, street.streetId, at)
    const sessions = async (accounts: readonly { readonly accountId: string }[]) => {
      const tokens: string[] = []
      for (const { accountId } of accounts) tokens.push(await session(accountId))
      return tokens
    }
    const readers = ['dispatcher', 'duty-head', 'clerk-c1'].map((name) => street.staffOf(name))
    return { street, residents: await sessions(street.residents), readers: await sessions(readers) }
  } finally {
    await pool.end()
  }
}

/** Open loop: a report is sent at its time, whatever became of those before it. */
async function blow(
  baseUrl: string,
  { street, residents }: Ground,
  random: SeededRandom,
  part: Report['part'],
  perSecond: number,
  seconds: number,
  sent: Promise<Report>[],
): Promise<void> {
  const began = performance.now()
  for (let index = 0; index < perSecond * seconds; index++) {
    const due = began + (index * 1000) / perSecond
    await delay(Math.max(0, due - performance.now()))
    const code = random.chance(0.6)
      ? random.pick(['c1g1m1', 'c1g1m2', 'c1g2m1'])
      : random.pick(['c2g1m1', 'c2g1m2', 'c2g2m1'])
    const report = {
      token: random.pick(residents),
      key: randomUUID(),
      body: {
        id: newId(Date.now()),
        text: `第${index}号：楼道积水，电梯停了`,
        channel: 'resident-app',
        place: street.pointIn(code),
      },
    }
    sent.push(send(baseUrl, report, part))
    // One in ten is pressed twice.
    if (random.chance(0.1)) sent.push(send(baseUrl, report, part))
  }
}

async function send(
  baseUrl: string,
  { token, key, body }: { token: string; key: string; body: { id: string } },
  part: Report['part'],
): Promise<Report> {
  const began = performance.now()
  const { status, code } = await callHttp(baseUrl, {
    token,
    key,
    method: 'POST',
    path: '/api/cases',
    body,
  }).catch((error: Error) => ({ status: 0, code: error.message }))
  return { id: body.id, status, code, ms: Math.round(performance.now() - began), part }
}

async function readOn(
  baseUrl: string,
  { readers }: Ground,
  reading: { over: boolean; reads: number; failed: string[] },
): Promise<void> {
  const today = dayOf(new Date())
  const paths = [
    '/api/cases?limit=20',
    '/api/case-counts',
    `/api/case-figures?from=${today}&to=${today}&by=area`,
  ]
  for (let turn = 0; !reading.over; turn++) {
    const path = paths[turn % paths.length] ?? ''
    const answer = await callHttp(baseUrl, {
      token: readers[turn % readers.length] ?? '',
      method: 'GET',
      path,
    })
    if (answer.status !== 200) reading.failed.push(`${answer.status} ${answer.code} ${path}`)
    reading.reads += 1
    await delay(200)
  }
}

interface FiguresTold {
  readonly filed: number
  /** How long after the last answer the figures told every report. */
  readonly seconds: number
}

/** Longer than this the figures may not stay behind a storm that is over. */
const mostSecondsBehind = 60

/** After the last answer: at once, unless the figures themselves say that some cases are still to come. */
async function filedAsTold(baseUrl: string, { readers }: Ground): Promise<FiguresTold> {
  const today = dayOf(new Date())
  const path = `/api/case-figures?from=${addDays(today, -1)}&to=${today}`
  const began = performance.now()
  for (;;) {
    const answer = await callHttp(baseUrl, { token: readers[0] ?? '', method: 'GET', path })
    const body = answer.body as
      | { waiting?: number; total?: { figures: { figure: string; numerator: number }[] } }
      | undefined
    const seconds = (performance.now() - began) / 1000
    if ((body?.waiting ?? 0) === 0 || seconds > mostSecondsBehind)
      return {
        filed: body?.total?.figures.find(({ figure }) => figure === 'filed')?.numerator ?? -1,
        seconds: Number(seconds.toFixed(1)),
      }
    await delay(500)
  }
}

interface FoundCase {
  id: string
  times: number
  inGrid: boolean
  desk: string
  entries: number
}

async function lookAtCases(
  data: TemporaryData,
  { street }: Ground,
  reports: readonly Report[],
  filed: number,
): Promise<Violation[]> {
  const pool = openPool(data.superuserUrl(), 1, 'linli-proof-look')
  try {
    const { rows } = await pool.query<FoundCase>(
      `select c.id, count(*) over (partition by c.text)::int as times, nlevel(c.area) >= 4 as "inGrid", c.desk,
         (select count(*) from case_entries e where e.street_id = c.street_id and e.case_id = c.id and e.act = 'file')::int as entries
       from cases c where c.street_id = $1`,
      [street.streetId],
    )
    const found = new Map(rows.map((row) => [row.id, row]))
    const wanted = new Set(reports.map(({ id }) => id))
    // Who was refused knows it and sends again; lost is what was acknowledged and is not there.
    const acknowledged = new Set(reports.filter(({ status }) => status === 201).map(({ id }) => id))
    const lost = [...acknowledged]
      .filter((id) => !found.has(id))
      .map((where) => ({ what: 'a report is lost', where }))
    const odd = rows.flatMap(({ id, inGrid, desk, entries }): Violation[] => [
      ...(wanted.has(id) ? [] : [{ what: 'a case that nobody sent', where: id }]),
      ...(inGrid ? [] : [{ what: 'a case lies in no grid', where: id }]),
      ...(desk === 'community' || desk === 'street' ? [] : [{ what: 'a case is at no desk', where: id }]),
      ...(entries === 1 ? [] : [{ what: `a case was filed ${entries} times`, where: id }]),
    ])
    const told =
      filed === rows.length
        ? []
        : [
            {
              what: 'the figure after the storm is not the number of cases',
              where: `${filed} of ${rows.length}`,
            },
          ]
    return [...lost, ...odd, ...told]
  } finally {
    await pool.end()
  }
}

/** As they are read now, folded, and recounted: three times the same. */
async function lookAtFigures(data: TemporaryData, { street }: Ground): Promise<Violation[]> {
  const pool = openPool(data.appUrl(), 2, 'linli-proof-storm')
  const worker = openPool(data.workerUrl(), 1, 'linli-proof-fold')
  const { system: actor, streetId } = street
  const at = new Date()
  const told = (recount: boolean) =>
    inTransaction(pool, { actor }, async (tx) => {
      const known = { names: await namesOf(tx, streetId), asOf: await casesOnDay(tx, actor, dayOf(at)) }
      const groups = [...street.areas.values()].map(({ id }) => ({ areaId: id }))
      const asked = { from: addDays(dayOf(at), -1), to: dayOf(at), at, groups, by: 'nothing' as const }
      const { lines } = await countRolled(tx, actor, known, asked, recount)
      return lines
        .map(({ group, counts }) => `${group}: ${[...counts].sort().join(' ')}`)
        .sort()
        .join('\n')
    })
  try {
    const [before, recounted] = [await told(false), await told(true)]
    const wrong = await inTransaction(worker, { actor }, async (tx) => {
      const names = await namesOf(tx, streetId)
      while ((await foldFigures(tx, streetId, names)) > 0);
      return recountStreet(tx, streetId, at, newId(at.getTime()))
    })
    const after = await told(false)
    return [
      ...(before === recounted ? [] : [{ what: 'figures differ from a recount', where: 'before the fold' }]),
      ...(after === recounted ? [] : [{ what: 'figures differ from a recount', where: 'after the fold' }]),
      ...(wrong?.factsWrong || wrong?.sumsWrong
        ? [{ what: 'a recount had to put something right', where: JSON.stringify(wrong) }]
        : []),
    ]
  } finally {
    await pool.end()
    await worker.end()
  }
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
