/** Very many pending cases, put down set by set: two million take minutes where one by one they would take an hour. */
import { Client } from 'pg'
import { bigrams } from '../lib/text.ts'
import type { ProofStreet } from '../proofs/support/proof-street.ts'
import type { TemporaryData } from '../proofs/support/temporary-data.ts'

/** One statement each, so that a stopped fill has lost little and memory stays small. */
const block = 50_000
/** More ids than any run uses up; two million of them would be memory for nothing. */
const mostIds = 200_000

/** Puts down `count` cases, one a second up to `at`, as filing leaves them; gives the newest ids, newest last. */
export async function fillPending(
  data: TemporaryData,
  street: ProofStreet,
  at: Date,
  count: number,
  text: string,
): Promise<string[]> {
  const codes = [...street.areas.keys()].filter((code) => code.includes('m'))
  const client = new Client({ connectionString: data.superuserUrl() })
  await client.connect()
  try {
    // Triggers rest meanwhile, as in a restore: figures and seals are not what is measured here.
    await client.query("set session_replication_role = 'replica'; set maintenance_work_mem = '256MB'")
    await withoutWords(client, async () => {
      for (let from = 0; from < count; from += block)
        await client.query(casesText, [
          street.streetId,
          at,
          count,
          street.system.accountId,
          codes.map((code) => street.areaId(code)),
          codes.map((code) => street.areaPath(code)),
          text,
          from,
          Math.min(count, from + block) - 1,
          bigrams(`楼道灯坏了 ${text} 3栋`),
        ])
    })
    const { rows } = await client.query<{ id: string }>(
      `select id from (select id, created_at from cases where street_id = $1 order by created_at desc, id desc limit $2) newest
       order by created_at, id`,
      [street.streetId, mostIds],
    )
    return rows.map(({ id }) => id)
  } finally {
    await client.end()
  }
}

/** An index over words is made far quicker at the end than kept up row by row. */
export async function withoutWords(client: Client, fill: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ text: string }>(
    "select pg_get_indexdef('case_search_keyed'::regclass) as text",
  )
  await client.query('drop index case_search_keyed')
  await fill()
  for (const { text } of rows) await client.query(text)
}

/** Ids carry their instant, as ours do, so that indexes grow at their end. */
const casesText = `with made as (
    select i, t.created, (lpad(to_hex((extract(epoch from t.created) * 1000)::bigint), 12, '0') || '7' || substr(m.digits, 1, 3) || '8'
        || substr(m.digits, 4, 15))::uuid as id, 'B' || lpad(i::text, 8, '0') as number,
      1 + i % array_length($5::uuid[], 1) as place
    from generate_series($8::int, $9::int) i
      cross join lateral (select $2::timestamptz - ($3::int - i) * interval '1 second' as created) t
      cross join lateral (select md5(i::text) as digits) m),
  cased as (
    insert into cases (street_id, id, number, title, text, channel, state, urgency, desk, area_id, area, filed_by, on_behalf, hops,
      place_text, created_at)
    select $1, id, number, '楼道灯坏了', $7, 'phone', 'pending', 'P2', 'street', ($5::uuid[])[place], ($6::text[])[place]::ltree, $4, true, 0,
      '3栋', created from made order by i
    returning street_id, id, area, created_at, number),
  entered as (
    insert into case_entries (street_id, id, case_id, at, act, actor_id, to_state, detail)
    select street_id, md5('file' || id)::uuid, id, created_at, 'file', $4, 'pending', '{}' from cased)
  insert into case_search (street_id, case_id, area, created_at, terms)
  select street_id, id, area, created_at, $10::text[] || (
    select array_agg(distinct substr(lower(number), k, 2)) from generate_series(1, length(number) - 1) k) from cased`
