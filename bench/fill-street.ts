/** A street with many cases for benches: whole cases with place, entries and search terms, as the loop leaves them. */
import { sql } from 'kysely'
import { Client } from 'pg'
import { newId } from '../lib/ids.ts'
import { bigrams } from '../lib/text.ts'
import { freshCase, insertCases, type WholeCase } from '../modules/cases/server/index.ts'
import { inTransaction, openPool, type Pool } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import { fillProofStreet, openProofSession, type ProofStreet } from '../proofs/support/proof-street.ts'
import type { TemporaryData } from '../proofs/support/temporary-data.ts'
import { fillPending } from './fill-pending.ts'

export interface BenchStreet {
  readonly place: { lng: number; lat: number; datum: 'wgs84' }
  readonly matterCode: string
  /** Session tokens. */
  readonly residents: readonly string[]
  readonly dispatchers: readonly string[]
  /** Ids of pending cases at the street desk, newest last. */
  readonly pending: readonly string[]
  /** More of them, for what is done once before the measurement. */
  readonly forRecording: string[]
  readonly street: ProofStreet
}

/** The street of every bench that has one. */
export const benchPlan = {
  code: '990101001',
  name: '滨河街道',
  west: 106.5,
  prefix: '',
  firstPhone: 13900000000,
} as const

const text = '楼道灯坏了。'.repeat(12)
const extra = 10

export async function fillBenchStreet(data: TemporaryData, rows: number): Promise<BenchStreet> {
  const pool = openPool(data.appUrl(), 2, 'linli-bench-fill')
  const at = new Date()
  try {
    const street = await fillProofStreet(pool, openKeys(data.keys), at, {
      ...benchPlan,
      residents: 64,
    })
    const ids = await fillPending(data, street, at, rows + extra, text)
    const session = (accountId: string) => openProofSession(pool, accountId, street.streetId, at)
    const analyst = new Client({ connectionString: data.superuserUrl() })
    await analyst.connect()
    await analyst.query('vacuum analyze')
    await analyst.end()
    const dispatchers = ['dispatcher', 'dispatcher-2', 'duty-head', 'duty-head-2']
    return {
      place: street.pointIn('c1g1m1'),
      matterCode: await communityMatter(pool, street),
      residents: await Promise.all(street.residents.map(({ accountId }) => session(accountId))),
      dispatchers: await Promise.all(dispatchers.map((name) => session(street.staffOf(name).accountId))),
      street,
      pending: ids.slice(0, -extra),
      forRecording: ids.slice(-extra),
    }
  } finally {
    await pool.end()
  }
}

/** The code of a matter that a community settles by itself. */
export async function communityMatter(pool: Pool, { system, streetId }: ProofStreet): Promise<string> {
  const { code } = await inTransaction(pool, { actor: system }, (tx) =>
    tx.one(sql<{ code: string }>`select code from matters where street_id = ${streetId} and local_extension
      and level = 'community' and not sensitive order by code limit 1`),
  )
  return code
}

/** Ids of so many more pending cases, a second apart, the last at this instant; `numbered` keeps numbers apart from earlier ones. */
export async function insertPending(
  pool: Pool,
  street: ProofStreet,
  at: Date,
  count: number,
  numbered = 0,
): Promise<string[]> {
  const codes = [...street.areas.keys()].filter((code) => code.includes('m'))
  const ids: string[] = []
  const cases = Array.from({ length: count }, (_, index): WholeCase => {
    const created = new Date(at.getTime() - (count - index) * 1000)
    const id = newId(created.getTime())
    ids.push(id)
    const code = codes[index % codes.length] ?? ''
    const number = `B${String(numbered + index).padStart(8, '0')}`
    return {
      row: {
        ...freshCase,
        street_id: street.streetId,
        id,
        number,
        kind: null,
        matter_id: null,
        title: '楼道灯坏了',
        text,
        channel: 'phone',
        state: 'pending',
        urgency: 'P2',
        desk: 'street',
        area_id: street.areaId(code),
        area: street.areaPath(code),
        lng: null,
        lat: null,
        source_datum: null,
        place_text: '3栋',
        building_id: null,
        reporter_id: null,
        filed_by: street.system.accountId,
        on_behalf: true,
        confidential: false,
        created_at: created,
      },
      entries: [
        {
          id: newId(created.getTime()),
          at: created,
          act: 'file',
          actor_id: street.system.accountId,
          post_id: null,
          from_state: null,
          to_state: 'pending',
          words: null,
          detail: {},
          file_ids: [],
          internal: false,
        },
      ],
      reporter: null,
      terms: bigrams(`${number} 楼道灯坏了 ${text} 3栋`),
    }
  })
  for (let from = 0; from < cases.length; from += 1000)
    await inTransaction(pool, { actor: street.system }, (tx) =>
      insertCases(tx, street.streetId, cases.slice(from, from + 1000)),
    )
  return ids
}
