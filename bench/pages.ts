/** P4 and the burst of P3: the first page of a work list against a page far back, and against itself after a burst. */
import { openPool } from '../platform/db.ts'
import { bundleServer } from '../proofs/support/server-bundle.ts'
import { printTable } from '../proofs/support/table.ts'
import { type Bench, type BenchRun, median, rounded } from './bench.ts'
import type { Measured } from './driver.ts'
import { insertPending } from './fill-street.ts'
import { drive, type Program, startProgram } from './programs.ts'

const pageSize = 20
const farPage = 5_000
const burst = 10_000
const list = `/api/cases?state=pending&limit=${pageSize}`

export const pages: Bench = {
  name: 'pages',
  row: 'P4',
  what: `page 1 of the pending cases against page ${farPage.toLocaleString('en')} (or the last that --rows holds), and page 1 right after a burst of ${burst.toLocaleString('en')} against itself before`,
  run: measure,
}

async function measure(run: BenchRun): Promise<Record<string, unknown>> {
  const { data, street } = await run.grounds.pending(run.rows)
  const [server, clients] = [
    await bundleServer('bench/linli-server.ts'),
    await bundleServer('bench/driver.ts'),
  ]
  const pool = openPool(data.appUrl(), 2, 'linli-bench-pages')
  let linli: Program | undefined
  try {
    linli = await startProgram(server.program, [], {
      BENCH_DATABASE: data.appUrl(),
      BENCH_KEYS: JSON.stringify(data.keys),
      BENCH_FILES: data.filesFolder,
    })
    const { baseUrl } = linli
    const tokens = street.dispatchers
    const far = await walk(baseUrl, tokens[0] ?? '', Math.min(farPage, Math.floor(run.rows / pageSize)))
    const one = (path: string) =>
      drive(clients.program, {
        seconds: run.seconds,
        clients: run.clients,
        ids: [],
        http: { method: 'GET', baseUrl, path, tokens },
      })
    const taken: Record<'first' | 'far' | 'after', Measured[]> = { first: [], far: [], after: [] }
    await one(list)
    for (let round = 0; round < run.rounds; round++) {
      taken.first.push(await one(list))
      taken.far.push(await one(`${list}&cursor=${encodeURIComponent(far.cursor)}`))
    }
    run.say(`  a burst of ${burst} …`)
    await insertPending(pool, street.street, new Date(), burst, 2 * run.rows)
    for (let round = 0; round < run.rounds; round++) taken.after.push(await one(list))
    return said(run, far.page, taken)
  } finally {
    await linli?.end()
    await pool.end()
    for (const bundle of [server, clients]) bundle.remove()
  }
}

/** Turns pages as a person would, by what each page names as the next; no case may come twice. */
async function walk(baseUrl: string, token: string, page: number): Promise<{ cursor: string; page: number }> {
  const seen = new Set<string>()
  const step = 100
  let cursor = ''
  while (seen.size < (page - 1) * pageSize) {
    const limit = Math.min(step, (page - 1) * pageSize - seen.size)
    const next = cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''
    const reply = await fetch(`${baseUrl}/api/cases?state=pending&limit=${limit}${next}`, {
      headers: { cookie: `linli=${token}` },
    })
    const body = (await reply.json()) as { items: { id: string }[]; nextCursor: string | null }
    for (const { id } of body.items) {
      if (seen.has(id)) throw new Error(`${id} stands on two pages`)
      seen.add(id)
    }
    if (body.nextCursor === null) throw new Error(`the list ends after ${seen.size} cases`)
    cursor = body.nextCursor
  }
  return { cursor, page }
}

function said(run: BenchRun, page: number, taken: Record<'first' | 'far' | 'after', Measured[]>) {
  const of = (which: keyof typeof taken, key: 'p50Ms' | 'p99Ms' | 'perSecond') =>
    median(taken[which].map((one) => one[key]))
  const named = { first: 'page 1', far: `page ${page}`, after: 'page 1 after the burst' } as const
  printTable(
    run.say,
    ['list', 'per second', 'p50 ms', 'p99 ms', 'errors'],
    (['first', 'far', 'after'] as const).map((which) => [
      named[which],
      rounded(of(which, 'perSecond'), 0),
      rounded(of(which, 'p50Ms'), 1),
      rounded(of(which, 'p99Ms'), 1),
      taken[which].reduce((sum, { errors }) => sum + errors, 0),
    ]),
  )
  const farToFirst = median(
    taken.far.map((one, round) => one.p50Ms / (taken.first[round]?.p50Ms ?? Number.NaN)),
  )
  const afterToBefore = of('after', 'p99Ms') / of('first', 'p99Ms')
  return {
    page,
    farToFirst: rounded(farToFirst),
    burstP99: rounded(afterToBefore),
    target: { against: 'page 1', atMost: 1.5, burstP99AtMost: 2 },
    met: farToFirst <= 1.5 && afterToBefore <= 2,
  }
}
