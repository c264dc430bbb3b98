/** What several benches of one run measure on: filled once for all of them, for two million cases take minutes. */
import { Client } from 'pg'
import { openPool } from '../platform/db.ts'
import type { ProofStreet } from '../proofs/support/proof-street.ts'
import { makeTemporaryData, type TemporaryData } from '../proofs/support/temporary-data.ts'
import { bareTables, fillBare } from './bare-prototype.ts'
import { type BenchStreet, fillBenchStreet } from './fill-street.ts'
import { fillYear } from './fill-year.ts'

/** Pending cases and people who work on them. A bench that uses cases up takes them with `take`. */
export interface PendingGround {
  readonly data: TemporaryData
  readonly street: BenchStreet
  /** Ids of cases in the database `bare`, with which the prototype works. */
  readonly bareIds: readonly string[]
  /** So many pending cases that no bench has used up yet. @throws when there are no more */
  take(count: number): readonly string[]
}

/** A year of cases in every state in 81 communities. */
export interface YearGround {
  readonly data: TemporaryData
  readonly street: ProofStreet
  /** When it was filled: the end of the year. */
  readonly at: Date
}

export interface Grounds {
  pending(rows: number): Promise<PendingGround>
  year(rows: number): Promise<YearGround>
  close(): Promise<void>
}

export function openGrounds(say: (line: string) => void): Grounds {
  const filled = new Map<string, Promise<PendingGround | YearGround>>()
  const made: TemporaryData[] = []
  const once = <Ground extends PendingGround | YearGround>(
    kind: string,
    rows: number,
    fill: (data: TemporaryData) => Promise<Ground>,
  ): Promise<Ground> => {
    const key = `${kind} ${rows}`
    const known = filled.get(key) as Promise<Ground> | undefined
    const ground =
      known ??
      makeTemporaryData({ fsync: true }).then(async (data) => {
        made.push(data)
        say(`  filling ${rows.toLocaleString('en')} cases …`)
        const began = performance.now()
        const one = await fill(data)
        say(`  filled in ${Math.round((performance.now() - began) / 1000)} s`)
        return one
      })
    filled.set(key, ground)
    return ground
  }
  return {
    pending: (rows) => once('pending', rows, (data) => fillPendingGround(data, rows)),
    year: (rows) => once('year', rows, (data) => fillYearGround(data, rows)),
    async close() {
      for (const data of made) await data.remove()
    },
  }
}

async function fillPendingGround(data: TemporaryData, rows: number): Promise<PendingGround> {
  const street = await fillBenchStreet(data, rows)
  let used = 0
  return {
    data,
    street,
    // The prototype is quicker and uses up more of them.
    bareIds: await makeBare(data, street.pending.length * 4),
    take(count) {
      const some = street.pending.slice(used, used + count)
      if (some.length < count) throw new Error(`${count} more pending cases are wanted: give more --rows`)
      used += count
      return some
    },
  }
}

async function makeBare(data: TemporaryData, rows: number): Promise<string[]> {
  const maker = new Client({ connectionString: data.superuserUrl('postgres') })
  await maker.connect()
  await maker.query('create database bare')
  await maker.end()
  const client = new Client({ connectionString: data.superuserUrl('bare') })
  await client.connect()
  try {
    await client.query(bareTables)
    await client.query(fillBare(rows))
    const found = await client.query<{ id: string }>(
      'select md5(n::text)::uuid as id from generate_series(1, $1::int) n',
      [rows],
    )
    return found.rows.map(({ id }) => id)
  } finally {
    await client.end()
  }
}

async function fillYearGround(data: TemporaryData, rows: number): Promise<YearGround> {
  const at = new Date()
  const pool = openPool(data.appUrl(), 2, 'linli-bench-fill')
  try {
    return { data, at, street: await fillYear(data, pool, at, rows) }
  } finally {
    await pool.end()
  }
}
