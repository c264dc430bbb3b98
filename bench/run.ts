/**
 * `npm run bench -- NAME[,NAME…]|all|page [--size small|full] [--seconds N] [--clients N] [--rows N] [--rounds N] [--keep] [--profile FOLDER]`; each bench ends
 * with one line of JSON. `--keep` adds the lines to docs/bench and writes its page anew, `page` only writes it.
 */
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { printTable } from '../proofs/support/table.ts'
import { batch } from './batch.ts'
import { type Bench, rounded } from './bench.ts'
import { figures } from './figures.ts'
import { footprint } from './footprint.ts'
import { openGrounds } from './grounds.ts'
import { ledger } from './ledger.ts'
import { locate } from './locate.ts'
import { pages } from './pages.ts'
import { partition } from './partition.ts'
import { keepResults, type ResultLine, resultLine, writePage } from './report.ts'
import { scenarios } from './scenarios.ts'
import { search } from './search.ts'
import { sheet } from './sheet.ts'
import { streams } from './streams.ts'

const benches: readonly Bench[] = [
  ...scenarios,
  pages,
  batch,
  figures,
  streams,
  footprint,
  search,
  sheet,
  ledger,
  locate,
  partition,
]

const number = { type: 'string' } as const
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    size: number,
    seconds: number,
    clients: number,
    rows: number,
    rounds: number,
    profile: number,
    keep: { type: 'boolean', default: false },
  },
})
const [name = ''] = positionals
const names = name.split(',')
const chosen = benches.filter(
  (bench) => name === 'all' || names.includes(bench.name) || (bench.row && names.includes(bench.row)),
)
const folder = 'docs/bench'
if (name === 'page') writePage(folder)
else if (chosen.length === 0) {
  console.error(
    'npm run bench -- NAME[,NAME…]|all|page [--size small|full] [--seconds N] [--clients N] [--rows N] [--rounds N] [--keep] [--profile FOLDER]',
  )
  for (const bench of benches)
    console.error(`  ${(bench.row ?? '').padEnd(4)} ${bench.name.padEnd(12)} ${bench.what}`)
  process.exitCode = 2
}
const say = (line: string) => console.log(line)
const grounds = openGrounds(say)
const lines: ResultLine[] = []
try {
  for (const bench of chosen) {
    const line = await measure(bench).catch((error: unknown) => {
      // The others are still worth their time.
      console.error(`${bench.name} failed:`, error)
      process.exitCode = 1
    })
    if (line === undefined) continue
    lines.push(line)
    say(JSON.stringify(line))
    if (values.keep) keepResults(folder, [line], new Date().toISOString().slice(0, 10))
  }
} finally {
  await grounds.close()
}
if (lines.length > 1)
  printTable(
    say,
    ['scenario', 'row', 'size', 'ratio', 'asked', 'met'],
    lines.map(({ scenario, row = '', size, ratio = '', target, met }) => [
      scenario,
      row,
      size,
      ratio,
      target?.atLeast ?? target?.atMost ?? '',
      met === undefined ? '' : String(met),
    ]),
  )

async function measure(bench: Bench): Promise<ResultLine> {
  const run = {
    seconds: Number(values.seconds ?? 3),
    clients: Number(values.clients ?? 32),
    rows: Number(values.rows ?? (values.size === 'full' ? (bench.fullRows ?? 2_000_000) : 20_000)),
    rounds: Number(values.rounds ?? 5),
    profileFolder: values.profile,
    grounds,
    say,
  }
  say(`${bench.name}: ${bench.what}`)
  const { seconds, clients, rows, rounds } = run
  const asked = { name: bench.name, ...(bench.row ? { row: bench.row } : {}), seconds, clients, rows, rounds }
  // Ratios under a load say little of the quick ones: whoever reads the line sees it.
  const load = rounded(loadavg()[0] ?? 0, 1)
  return { ...resultLine(asked, await bench.run(run)), load }
}
