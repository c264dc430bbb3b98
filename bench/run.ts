/** `npm run bench -- NAME|all [--seconds N] [--clients N] [--rows N] [--rounds N] [--profile FOLDER]`; JSON comes last. */
import { parseArgs } from 'node:util'
import { batch } from './batch.ts'
import type { Bench } from './bench.ts'
import { figures } from './figures.ts'
import { footprint } from './footprint.ts'
import { ledger } from './ledger.ts'
import { locate } from './locate.ts'
import { pages } from './pages.ts'
import { partition } from './partition.ts'
import { scenarios } from './scenarios.ts'
import { search } from './search.ts'
import { sheet } from './sheet.ts'

const benches: readonly Bench[] = [
  ...scenarios,
  pages,
  batch,
  figures,
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
  options: { seconds: number, clients: number, rows: number, rounds: number, profile: number },
})
const [name = ''] = positionals
const chosen = benches.filter((bench) => name === 'all' || bench.name === name || bench.row === name)
if (chosen.length === 0) {
  console.error(
    'npm run bench -- NAME|all [--seconds N] [--clients N] [--rows N] [--rounds N] [--profile FOLDER]',
  )
  for (const bench of benches)
    console.error(`  ${(bench.row ?? '').padEnd(4)} ${bench.name.padEnd(12)} ${bench.what}`)
  process.exitCode = 2
}
for (const bench of chosen) {
  const run = {
    seconds: Number(values.seconds ?? 3),
    clients: Number(values.clients ?? 32),
    rows: Number(values.rows ?? 20_000),
    rounds: Number(values.rounds ?? 5),
    profileFolder: values.profile,
    say: (line: string) => console.log(line),
  }
  console.log(`${bench.name}: ${bench.what}`)
  const { seconds, clients, rows, rounds } = run
  const asked = { name: bench.name, ...(bench.row ? { row: bench.row } : {}), seconds, clients, rows, rounds }
  console.log(JSON.stringify({ ...asked, ...(await bench.run(run)) }))
}
