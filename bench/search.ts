/** P9: words of two, three and four characters, a phone's tail and a number, within what the actor may see, against a LIKE scan. */
import { type RawBuilder, sql } from 'kysely'
import { Client } from 'pg'
import { queryTerms } from '../lib/text.ts'
import { casesByPhone, numberedBy, searchCandidates } from '../modules/cases/server/case-list.ts'
import { inTransaction, openPool, type Tx } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import { printTable } from '../proofs/support/table.ts'
import type { TemporaryData } from '../proofs/support/temporary-data.ts'
import { type Bench, type BenchRun, median, rounded } from './bench.ts'
import { frequentWord, rarestWord, rareWords } from './fill-year.ts'

export const search: Bench = {
  name: 'search',
  row: 'P9',
  what: 'words of 2, 3 and 4 characters, a case number and the last four digits of a phone over --rows cases, as the application asks for them, against LIKE over the guarded table as the same role, for the phone over a copy that is not sealed; the same rows found',
  run: measure,
}

const mostFound = 500
/** As many as the list of a phone shows. */
const mostOfPhone = 50

type Ask = (limit: number) => (tx: Tx) => Promise<{ id: string }[]>

async function measure(run: BenchRun): Promise<Record<string, unknown>> {
  const { data, street, at } = await run.grounds.year(run.rows)
  const { system: actor, streetId } = street
  const pool = openPool(data.appUrl(), 2, 'linli-bench-search', { statementMs: 0 })
  try {
    await addPhones(data, streetId)
    const within = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(pool, { actor, readOnly: true }, work)
    const number = `b${String(Math.floor(run.rows / 2)).padStart(8, '0')}`
    const text = sql`number || ' ' || title || ' ' || text || ' ' || coalesce(place_text, '')`
    const newest = sql`order by created_at desc, id desc`
    const cases = (which: RawBuilder<unknown>, limit: number) =>
      sql<{
        id: string
      }>`select id from cases where street_id = ${streetId} and ${which} ${newest} limit ${limit}`
    const byWord = (word: string) => {
      const holds = sql`${text} ilike ${`%${word}%`}`
      const ours: Ask = (limit) => async (tx) => {
        const among = async (candidates: number) => {
          const { numbered, terms } = await numberedBy(tx, streetId, word, queryTerms(word))
          const ids = [...(await searchCandidates(tx, terms, at, candidates)), ...numbered]
          const found = await tx.many(cases(sql`id = any(${ids}::uuid[]) and ${holds}`, limit))
          return { found, all: ids.length < candidates }
        }
        const few = Math.min(3 * limit, mostFound)
        const { found, all } = await among(few)
        return all || found.length === limit || few === mostFound ? found : (await among(mostFound)).found
      }
      const scan: Ask = (limit) => (tx) => tx.many(cases(holds, limit))
      return { word, most: mostFound, ours, scan }
    }
    const tail = phoneOf(Math.floor(run.rows / 2)).slice(-4)
    const tailIndex = openKeys(data.keys).blindIndex('phone-tail', tail)
    const byPhone = {
      word: `phone …${tail}`,
      most: mostOfPhone,
      ours: ((limit) => async (tx) =>
        tx.many(
          cases(sql`id = any(${await casesByPhone(tx, null, tailIndex, limit)}::uuid[])`, limit),
        )) satisfies Ask,
      scan: ((limit) => (tx) =>
        tx.many(
          cases(sql`id in (select case_id from bench_phones where phone like ${`%${tail}`})`, limit),
        )) satisfies Ask,
    }
    const asked = [...[...rareWords, rarestWord, frequentWord, number].map(byWord), byPhone]
    const timed = async (work: (tx: Tx) => Promise<unknown>) => {
      const began = performance.now()
      await within(work)
      return performance.now() - began
    }
    const rows: { word: string; ours: number; scan: number; ratio: number; page: number; same: boolean }[] =
      []
    for (const { word, most, ours, scan } of asked) {
      const took = { ours: [] as number[], scan: [] as number[], page: [] as number[] }
      for (let round = 0; round <= run.rounds; round++) {
        const one = {
          ours: await timed(ours(most)),
          scan: await timed(scan(most)),
          page: await timed(ours(20)),
        }
        if (round > 0) for (const key of ['ours', 'scan', 'page'] as const) took[key].push(one[key])
      }
      const [found, scanned] = [await within(ours(most)), await within(scan(most))]
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
      // That of the rare word of two characters, for which the target is.
      ratio: rare?.ratio,
      rows,
      target: { against: 'LIKE scan as the app role', atLeast: 25, newestPageMs: 20 },
      met: (rare?.ratio ?? 0) >= 25 && (frequent?.page ?? 99) <= 20 && rows.every(({ same }) => same),
    }
  } finally {
    await pool.end()
  }
}

/** Ten thousand tails, so that of a million cases a hundred share one. */
const phoneOf = (index: number): string =>
  `139${String(index % 9973).padStart(4, '0')}${String((index * 7919) % 10_000).padStart(4, '0')}`

/** Who reported, sealed as an act seals it, and beside it a copy that can be scanned, which no installation has. */
async function addPhones(data: TemporaryData, streetId: number): Promise<void> {
  const keys = openKeys(data.keys)
  const tails = Array.from({ length: 10_000 }, (_, tail) =>
    keys.blindIndex('phone-tail', String(tail).padStart(4, '0')),
  )
  const client = new Client({ connectionString: data.superuserUrl() })
  await client.connect()
  try {
    await client.query(
      `create table bench_phones as select id as case_id,
        '139' || lpad((n % 9973)::text, 4, '0') || lpad((n * 7919 % 10000)::text, 4, '0') as phone
       from (select id, substr(number, 2)::bigint as n from cases where street_id = ${streetId}) c`,
    )
    await client.query('grant select on bench_phones to linli_app')
    await client.query("set session_replication_role = 'replica'")
    await client.query(
      `insert into case_reporters (street_id, case_id, confidential, phone_encrypted, phone_index, phone_tail_index)
       select $1, case_id, false, 'sealed', md5(phone), ($2::text[])[right(phone, 4)::int + 1] from bench_phones`,
      [streetId, tails],
    )
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}
