/** P9: words of two, three and four characters, a phone's tail and a number, within what the actor may see, against a LIKE scan. */
import { sql } from 'kysely'
import { queryTerms } from '../lib/text.ts'
import { inTransaction, openPool, type Tx } from '../platform/db.ts'
import { printTable } from '../proofs/support/table.ts'
import { makeTemporaryData } from '../proofs/support/temporary-data.ts'
import { type Bench, type BenchRun, median, rounded } from './bench.ts'
import { fillYear, frequentWord, rareWords } from './fill-year.ts'

export const search: Bench = {
  name: 'search',
  row: 'P9',
  what: 'words of 2, 3 and 4 characters and a case number over --rows cases, through the search function as the application asks it, against LIKE over the guarded table as the same role; the same rows found',
  run: measure,
}

const mostFound = 500

async function measure(run: BenchRun): Promise<Record<string, unknown>> {
  const data = await makeTemporaryData({ fsync: true })
  const pool = openPool(data.appUrl(), 2, 'linli-bench-search', { statementMs: 0 })
  try {
    const at = new Date()
    run.say(`  filling ${run.rows} cases …`)
    const { system: actor, streetId } = await fillYear(data, pool, at, run.rows)
    const within = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(pool, { actor, readOnly: true }, work)
    const number = `b${String(Math.floor(run.rows / 2)).padStart(8, '0')}`
    const asked = [...rareWords, frequentWord, number]
    const text = sql`number || ' ' || title || ' ' || text || ' ' || coalesce(place_text, '')`
    const ours = (word: string, limit: number) => (tx: Tx) =>
      tx.many(sql<{ id: string }>`select id from cases where street_id = ${streetId} and id = any(array(
        select case_id from search_cases(${queryTerms(word)}::text[], ${at}, ${mostFound}))) and ${text} ilike ${`%${word}%`}
        order by created_at desc, id desc limit ${limit}`)
    const scan = (word: string, limit: number) => (tx: Tx) =>
      tx.many(sql<{
        id: string
      }>`select id from cases where street_id = ${streetId} and ${text} ilike ${`%${word}%`}
        order by created_at desc, id desc limit ${limit}`)
    const timed = async (work: (tx: Tx) => Promise<unknown>) => {
      const began = performance.now()
      await within(work)
      return performance.now() - began
    }
    const rows: { word: string; ours: number; scan: number; ratio: number; page: number; same: boolean }[] =
      []
    for (const word of asked) {
      const took = { ours: [] as number[], scan: [] as number[], page: [] as number[] }
      for (let round = 0; round <= run.rounds; round++) {
        const one = {
          ours: await timed(ours(word, mostFound)),
          scan: await timed(scan(word, mostFound)),
          page: await timed(ours(word, 20)),
        }
        if (round > 0) for (const key of ['ours', 'scan', 'page'] as const) took[key].push(one[key])
      }
      const [found, scanned] = [await within(ours(word, mostFound)), await within(scan(word, mostFound))]
      const same = found.map(({ id }) => id).join() === scanned.map(({ id }) => id).join()
      const [a, b] = [median(took.ours), median(took.scan)]
      rows.push({
        word,
        ours: rounded(a),
        scan: rounded(b),
        ratio: rounded(b / a),
        page: rounded(median(took.page)),
        same,
      })
    }
    printTable(
      run.say,
      ['search', 'ms', 'LIKE ms', 'ratio', 'newest 20 ms', 'same rows'],
      rows.map((row) => [row.word, row.ours, row.scan, row.ratio, row.page, String(row.same)]),
    )
    const rare = rows.find(({ word }) => word === rareWords[0])
    const frequent = rows.find(({ word }) => word === frequentWord)
    return {
      rows,
      target: { against: 'LIKE scan as the app role', atLeast: 25, newestPageMs: 20 },
      met: (rare?.ratio ?? 0) >= 25 && (frequent?.page ?? 99) <= 20 && rows.every(({ same }) => same),
    }
  } finally {
    await pool.end()
    await data.remove()
  }
}
