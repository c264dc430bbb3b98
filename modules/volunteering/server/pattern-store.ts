/** All SQL on patterns in records: the facts of activities, the checks they ask for, and the calls made. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { CallResult, Pattern } from '../hour-words.ts'

export interface ActivityFactRow {
  id: string
  area: string
  created_at: Date
  first_starts_at: Date
  last_ends_at: Date
  places: number
}

/** Activities of the actor's areas with records that are still on notice, and large ones that ended since a day. */
export const activitiesToLookAt = (
  tx: Tx,
  streetId: number,
  areas: readonly string[],
  since: Date,
): Promise<ActivityFactRow[]> =>
  tx.many(
    sql<ActivityFactRow>`select a.id, a.area::text as area, a.created_at, min(f.starts_at) as first_starts_at, max(f.ends_at) as last_ends_at,
        sum(f.places)::int as places
      from volunteer_activities a join activity_shifts f on f.street_id = a.street_id and f.activity_id = a.id
      where a.street_id = ${streetId} and a.state = 'open' and a.area <@ any(${[...areas]}::ltree[])
        and (exists (select from service_sessions s where s.street_id = a.street_id and s.activity_id = a.id and s.state = 'published')
          or exists (select from activity_shifts e where e.street_id = a.street_id and e.activity_id = a.id and e.ends_at >= ${since}))
      group by a.street_id, a.id order by a.id`,
  )

export interface SessionFactRow {
  id: string
  activity_id: string
  person_id: string
  source: 'on-site' | 'by-hand' | 'need'
  by_code: boolean
  sign_in: string | null
  devices: string[]
  minutes: number
  recorded_at: Date
  confirmed_at: string[]
}

export const sessionFacts = (
  tx: Tx,
  streetId: number,
  activityIds: readonly string[],
): Promise<SessionFactRow[]> =>
  tx.many(
    sql<SessionFactRow>`select s.id, s.activity_id, s.person_id, s.source, s.recorded_at,
        coalesce(floor(extract(epoch from s.ended_at - s.started_at) / 60)::int, 0) as minutes,
        exists (select from service_evidence e where e.street_id = s.street_id and e.session_id = s.id and e.kind = 'arrived'
          and e.capacity = 'volunteer') as by_code,
        (select e.sign_in_index from service_evidence e where e.street_id = s.street_id and e.session_id = s.id
          and e.kind in ('arrived', 'sheet') order by e.at limit 1) as sign_in,
        coalesce((select jsonb_agg(distinct e.device_index) from service_evidence e where e.street_id = s.street_id and e.session_id = s.id
          and e.device_index is not null), '[]') as devices,
        coalesce((select jsonb_agg(e.at) from service_evidence e where e.street_id = s.street_id and e.session_id = s.id
          and e.kind = 'confirmed'), '[]') as confirmed_at
      from service_sessions s
      where s.street_id = ${streetId} and s.activity_id = any(${[...activityIds]}::uuid[]) and s.state <> 'struck'`,
  )

/** Minutes of service of these people that began after an instant. */
export async function minutesSince(
  tx: Tx,
  streetId: number,
  people: readonly string[],
  since: Date,
): Promise<Map<string, number>> {
  const rows = await tx.many(
    sql<{
      person_id: string
      minutes: number
    }>`select person_id, coalesce(floor(sum(extract(epoch from ended_at - started_at)) / 60)::int, 0) as minutes
      from service_sessions where street_id = ${streetId} and person_id = any(${[...people]}::uuid[]) and state <> 'struck'
        and started_at >= ${since} group by person_id`,
  )
  return new Map(rows.map(({ person_id, minutes }) => [person_id, minutes]))
}

export interface CheckRow {
  id: string
  area: string
  /** Null where it is between two people. */
  activity_id: string | null
  one_person: string | null
  other_person: string | null
  title: string
  created_by: string | null
  lead_id: string | null
  pattern: Pattern
  facts: Record<string, number>
  session_ids: string[]
  found_at: Date
  state: 'open' | 'cleared' | 'struck'
  settled_words: string | null
}

const checkRows = sql`select c.id, c.area::text as area, c.activity_id, c.one_person, c.other_person, coalesce(a.title, '') as title, a.created_by,
    a.lead_id, c.pattern, c.facts, c.session_ids, c.found_at, c.state, c.settled_words
  from pattern_checks c left join volunteer_activities a on a.street_id = c.street_id and a.id = c.activity_id`

/** Open ones first, then the newest; two hundred at most. */
export const checksShown = (tx: Tx, streetId: number): Promise<CheckRow[]> =>
  tx.many(
    sql<CheckRow>`${checkRows}
      where c.street_id = ${streetId} order by c.state <> 'open', c.found_at desc, c.id limit 200`,
  )

export const checksOfActivities = (tx: Tx, streetId: number, ids: readonly string[]): Promise<CheckRow[]> =>
  tx.many(
    sql<CheckRow>`${checkRows}
      where c.street_id = ${streetId} and c.activity_id = any(${[...ids]}::uuid[])`,
  )

export const checksOfPairs = (tx: Tx, streetId: number, people: readonly string[]): Promise<CheckRow[]> =>
  tx.many(
    sql<CheckRow>`${checkRows}
      where c.street_id = ${streetId} and c.one_person = any(${[...people]}::uuid[])`,
  )

export const lockCheck = (tx: Tx, streetId: number, id: string): Promise<CheckRow | undefined> =>
  tx.maybe(
    sql<CheckRow>`${checkRows}
      where c.street_id = ${streetId} and c.id = ${id} for update of c`,
  )

/** A new check with its sample, or more records for the one that is open. @returns whether it is new */
export async function putCheck(
  tx: Tx,
  streetId: number,
  check: {
    id: string
    area: string
    about: { activityId: string } | { pair: readonly [string, string] }
    pattern: Pattern
    facts: Readonly<Record<string, number>>
    sessions: readonly string[]
    sample: (checkId: string) => readonly string[]
    at: Date
  },
): Promise<boolean> {
  const { about } = check
  const [one, other] = 'pair' in about ? about.pair : [null, null]
  const open =
    'pair' in about
      ? sql`(street_id, one_person, other_person, pattern) where state = 'open' and one_person is not null`
      : sql`(street_id, activity_id, pattern) where state = 'open'`
  const row = await tx.one(
    sql<{
      id: string
      is_new: boolean
    }>`insert into pattern_checks (street_id, id, area, activity_id, one_person, other_person, pattern, facts, session_ids, found_at, state)
      values (${streetId}, ${check.id}, ${check.area}::ltree, ${'pair' in about ? null : about.activityId}, ${one}, ${other}, ${check.pattern},
        ${JSON.stringify(check.facts)}::jsonb, ${[...check.sessions]}::uuid[], ${check.at}, 'open')
      on conflict ${open} do update set facts = excluded.facts, session_ids = excluded.session_ids
      returning id, id = ${check.id}::uuid as is_new`,
  )
  if (!row.is_new) return false
  await tx.run(
    sql`insert into pattern_calls (street_id, check_id, session_id, area)
      select ${streetId}::int, ${row.id}::uuid, s, ${check.area}::ltree from unnest(${[...check.sample(row.id)]}::uuid[]) as s`,
  )
  return true
}

export interface CallRow {
  check_id: string
  session_id: string
  person_id: string
  name_masked: string
  served_masked: string | null
  started_at: Date
  result: CallResult | null
  words: string | null
}

export const callsOf = (tx: Tx, streetId: number, checkIds: readonly string[]): Promise<CallRow[]> =>
  tx.many(
    sql<CallRow>`select c.check_id, c.session_id, s.person_id, coalesce(p.name_masked, '***') as name_masked, r.name_masked as served_masked,
        s.started_at, c.result, c.words
      from pattern_calls c
        join service_sessions s on s.street_id = c.street_id and s.id = c.session_id
        left join people p on p.street_id = s.street_id and p.id = s.person_id
        left join people r on r.street_id = s.street_id and r.id = s.served_id
      where c.street_id = ${streetId} and c.check_id = any(${[...checkIds]}::uuid[]) order by c.session_id`,
  )

/** False when the record is not of the sample. */
export async function writeCall(
  tx: Tx,
  streetId: number,
  call: {
    checkId: string
    sessionId: string
    result: CallResult
    words: string | null
    by: string
    at: Date
  },
): Promise<boolean> {
  const changed = await tx.run(
    sql`update pattern_calls set result = ${call.result}, words = ${call.words}, called_at = ${call.at}, called_by = ${call.by}
      where street_id = ${streetId} and check_id = ${call.checkId} and session_id = ${call.sessionId}`,
  )
  return changed === 1
}

export const settleCheck = (
  tx: Tx,
  streetId: number,
  id: string,
  to: { state: 'cleared' | 'struck'; words: string; by: string; at: Date },
): Promise<number> =>
  tx.run(
    sql`update pattern_checks set state = ${to.state}, settled_at = ${to.at}, settled_by = ${to.by}, settled_words = ${to.words}
      where street_id = ${streetId} and id = ${id}`,
  )
