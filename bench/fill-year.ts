/** A street of 81 communities with a year of cases in every state, put down set by set: for figures and search. */
import { Client } from 'pg'
import { insertAreas } from '../modules/areas/server/index.ts'
import { inTransaction, type Pool } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import { fillProofStreet, type ProofStreet } from '../proofs/support/proof-street.ts'
import type { TemporaryData } from '../proofs/support/temporary-data.ts'
import { withoutWords } from './fill-pending.ts'
import { benchPlan } from './fill-street.ts'

const communities = 81
const gridsEach = 6
/** Put into one text of a hundred, so that a search for it finds a part of the street. */
export const rareWords = ['返味', '井盖松', '电梯困人'] as const
/** Of ten thousand. */
export const rarestWord = '漏电'
export const frequentWord = '路灯'

/** The cases lie in the 365 days before `at`; triggers rest meanwhile, as in a restore. */
export async function fillYear(
  data: TemporaryData,
  pool: Pool,
  at: Date,
  rows: number,
): Promise<ProofStreet> {
  const street = await fillProofStreet(pool, openKeys(data.keys), at, {
    ...benchPlan,
    residents: 1,
  })
  await inTransaction(pool, { actor: street.system }, (tx) =>
    insertAreas(tx, street.streetId, at, moreAreas()),
  )
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  try {
    await outside.query(
      "set session_replication_role = 'replica'; set maintenance_work_mem = '256MB'; select setseed(0.48)",
    )
    await withoutWords(outside, async () => {
      await outside.query(casesText, [street.streetId, at, rows, street.system.accountId])
      for (const text of childTexts) await outside.query(text, [street.streetId, street.system.accountId])
    })
    await outside.query('vacuum analyze')
  } finally {
    await outside.end()
  }
  return street
}

function moreAreas() {
  return Array.from({ length: communities - 2 }, (_, index) => {
    const code = `c${index + 3}`
    const community = { code, level: 'community', name: `第${index + 3}社区`, parentCode: '990101001' }
    const grids = Array.from({ length: gridsEach }, (_, grid) => ({
      code: `${code}g${grid + 1}`,
      level: 'grid',
      name: `${community.name}第${grid + 1}网格`,
      parentCode: code,
    }))
    return [community, ...grids]
  }).flat()
}

/** Parameters: street, now, how many, who filed. Whatever is older than three weeks is closed. */
const casesText = `insert into cases (street_id, id, number, kind, matter_id, title, text, channel, state, outcome, urgency, desk, area_id,
    area, organisation_id, reporter_id, filed_by, on_behalf, accepted_at, assigned_at, responded_at, due_at, clock_start_at, clock_rule,
    answered_at, closed_at, review_on, rating, hops, place_text, created_at)
  select $1, md5('case' || i)::uuid, 'B' || lpad(i::text, 8, '0'), 'complaint', m.ids[1 + floor(random() * array_length(m.ids, 1))::int],
    case when i % 10000 = 7 then '插座漏电' when i % 16 = 0 then '路灯不亮' else '楼道杂物' end,
    case i % 100 when 1 then '厨房返味好几天了' when 2 then '门口井盖松了，一踩就响' when 3 then '三单元电梯困人' else '请社区来看看，已经好几天了。' end
      || repeat('请尽快处理。', 6),
    'phone', s.state, case when s.done then case when i % 9 = 0 then 'partly' else 'solved' end end, 'P2', 'community',
    a.ids[1 + i % array_length(a.ids, 1)], a.paths[1 + i % array_length(a.ids, 1)],
    case when i % 5 > 0 then o.ids[1 + i % array_length(o.ids, 1)] end, $4, $4, true,
    t.created + interval '20 minutes', t.created + interval '1 hour', t.created + interval '3 hours', t.created + interval '7 days',
    t.created + interval '20 minutes',
    '{"response":{"amount":24,"unit":"clock-hours"},"finish":{"amount":5,"unit":"working-days"},"words":{"zh":"","en":""},"provisional":false}',
    case when s.done then t.created + random() * interval '9 days' end, case when s.state = 'closed' then t.created + interval '12 days' end,
    case when s.done and i % 50 = 0 then (t.created + interval '60 days')::date end,
    case when s.done and i % 3 = 0 then jsonb_build_object('counts', true, 'at', t.created + interval '10 days', 'reached', i % 4 > 0,
      'solved', i % 5 > 0, 'satisfaction', (array['satisfied', 'mostly', 'fair', 'dissatisfied'])[1 + i % 4]) end,
    case when i % 11 = 0 then 2 else 0 end, (i % 40) || '栋', t.created
  from generate_series(1, $3::int) i
    cross join (select array_agg(id order by code) as ids from matters where street_id = $1) m
    cross join (select array_agg(id order by path) as ids, array_agg(path order by path) as paths from areas where street_id = $1
      and id not in (select parent_id from areas where street_id = $1 and parent_id is not null)) a
    cross join (select array_agg(id order by code) as ids from organisations where street_id = $1) o
    cross join lateral (select $2::timestamptz - (365.0 * ($3::int - i + 0.5) / $3::int) * interval '1 day' as created) t
    cross join lateral (select t.created < $2::timestamptz - interval '21 days' as old, random() as luck) l
    cross join lateral (select case when l.old then 'closed' else (array['accepted', 'assigned', 'in-progress', 'answered'])[1 + floor(l.luck * 4)::int] end as state) w
    cross join lateral (select w.state, w.state in ('answered', 'closed') as done) s`

const entry = (act: string, after: string, to: string, where: string) =>
  `insert into case_entries (street_id, id, case_id, at, act, actor_id, to_state, detail)
   select $1, md5('${act}' || c.id)::uuid, c.id, c.created_at + interval '${after}', '${act}', $2, '${to}', '{}' from cases c where c.street_id = $1 and ${where}`

const pairAt = (words: string) => `substr(${words}, k, 2)`

const childTexts = [
  entry('file', '0', 'pending', 'true'),
  entry('accept', '20 minutes', 'accepted', 'true'),
  entry('assign', '1 hour', 'assigned', "c.state <> 'accepted'"),
  entry('submit-result', '5 days', 'result-submitted', "c.state in ('answered', 'closed')"),
  entry('check', '6 days', 'answered', "c.state in ('answered', 'closed')"),
  entry('reopen', '8 days', 'accepted', "c.state = 'closed' and c.hops > 1"),
  // Texts are few, numbers and places are not: the pairs of a text are found once.
  `insert into case_search (street_id, case_id, area, created_at, terms)
   with texts as materialized (select title, text, (select array_agg(distinct ${pairAt("lower(title || ' ' || text)")})
       from generate_series(1, length(title || ' ' || text) - 1) k) as terms
     from (select distinct title, text from cases where street_id = $1) t)
   select c.street_id, c.id, c.area, c.created_at, t.terms || lower(c.number)
     || array(select ${pairAt('lower(c.number)')} from generate_series(1, length(c.number) - 1) k)
     || array(select ${pairAt('c.place_text')} from generate_series(1, length(c.place_text) - 1) k)
   from cases c join texts t using (title, text) where c.street_id = $1 and $2::uuid is not null`,
]
