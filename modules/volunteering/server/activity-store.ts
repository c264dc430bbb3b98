/** All SQL on activities, their shifts and who signed up. Everybody of the street reads activities; sign-ups are people's. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { ActivityState } from '../contract.ts'
import type { Satisfaction } from '../hour-words.ts'

export interface ActivityRow {
  id: string
  area_id: string
  area: string
  group_id: string
  group_name: string
  series_id: string | null
  series_name: string | null
  festival: string | null
  organiser_id: string | null
  kind: string
  title: string
  content: string
  place_text: string
  risk: 'ordinary' | 'dangerous'
  insurance_policy: string | null
  insured_from: Date | null
  insured_until: Date | null
  skill: string | null
  min_age: number
  lead_id: string | null
  state: ActivityState
  created_at: Date
  created_by: string
  opened_by: string | null
  cancelled_reason: string | null
  version: number
}

export interface ShiftRow {
  id: string
  activity_id: string
  starts_at: Date
  ends_at: Date
  places: number
  taken: number
  waiting: number
}

const activityRows = (where: RawBuilder<unknown>) => sql<ActivityRow>`
  select a.id, a.area_id, a.area::text as area, a.group_id, g.name as group_name, a.series_id, s.name as series_name, a.festival, a.organiser_id,
    a.kind,
    a.title, a.content, a.place_text, a.risk, a.insurance_policy, a.insured_from, a.insured_until, a.skill, a.min_age, a.lead_id,
    a.state, a.created_at, a.created_by, a.opened_by, a.cancelled_reason, a.version
  from volunteer_activities a
    join volunteer_groups g on g.street_id = a.street_id and g.id = a.group_id
    left join activity_series s on s.street_id = a.street_id and s.id = a.series_id
  where ${where}`

export const findActivity = (tx: Tx, streetId: number, id: string): Promise<ActivityRow | undefined> =>
  tx.maybe(activityRows(sql`a.street_id = ${streetId} and a.id = ${id}`))

/** Held against others; undefined outside the actor's areas. */
export const lockActivity = (tx: Tx, streetId: number, id: string): Promise<ActivityRow | undefined> =>
  tx.maybe(sql<ActivityRow>`${activityRows(sql`a.street_id = ${streetId} and a.id = ${id}`)} for update of a`)

export interface ActivityFilter {
  /** Those with a shift that ends after this instant, or all of whose shifts ended before it. */
  when: 'coming' | 'past'
  at: Date
  areaIds: readonly string[] | undefined
  kind: string | undefined
  seriesId: string | undefined
  ids: readonly string[] | undefined
}

/** By the first shift to come, or newest first; two hundred at most. */
export function activitiesOf(tx: Tx, streetId: number, filter: ActivityFilter): Promise<ActivityRow[]> {
  const all: RawBuilder<unknown>[] = [sql`a.street_id = ${streetId}`]
  const ahead = sql`(select from activity_shifts f where f.street_id = a.street_id and f.activity_id = a.id and f.ends_at > ${filter.at})`
  all.push(filter.when === 'coming' ? sql`exists ${ahead}` : sql`not exists ${ahead}`)
  if (filter.areaIds) all.push(sql`a.area_id = any(${[...filter.areaIds]}::uuid[])`)
  if (filter.kind) all.push(sql`a.kind = ${filter.kind}`)
  if (filter.seriesId) all.push(sql`a.series_id = ${filter.seriesId}`)
  if (filter.ids) all.push(sql`a.id = any(${[...filter.ids]}::uuid[])`)
  const first = sql`(select ${filter.when === 'coming' ? sql`min` : sql`max`}(f.starts_at) from activity_shifts f
    where f.street_id = a.street_id and f.activity_id = a.id ${filter.when === 'coming' ? sql`and f.ends_at > ${filter.at}` : sql``})`
  return tx.many(
    sql<ActivityRow>`${activityRows(sql.join(all, sql` and `))}
      order by ${first} ${filter.when === 'coming' ? sql`asc` : sql`desc`}, a.id limit 200`,
  )
}

export type NewActivity = Omit<
  ActivityRow,
  'group_name' | 'series_name' | 'opened_by' | 'cancelled_reason' | 'version' | 'state'
>

export async function insertActivity(
  tx: Tx,
  streetId: number,
  row: NewActivity,
  shifts: readonly Pick<ShiftRow, 'id' | 'starts_at' | 'ends_at' | 'places'>[],
): Promise<void> {
  await tx.run(
    sql`insert into volunteer_activities (street_id, id, area_id, area, group_id, series_id, festival, organiser_id, kind, title,
        content, place_text, risk, insurance_policy, insured_from, insured_until, skill, min_age, lead_id, state, created_at, created_by)
      values (${streetId}, ${row.id}, ${row.area_id}, ${row.area}::ltree, ${row.group_id}, ${row.series_id}, ${row.festival},
        ${row.organiser_id}, ${row.kind}, ${row.title}, ${row.content}, ${row.place_text}, ${row.risk}, ${row.insurance_policy}, ${row.insured_from}, ${row.insured_until},
        ${row.skill}, ${row.min_age}, ${row.lead_id}, 'draft', ${row.created_at}, ${row.created_by})`,
  )
  for (const shift of shifts)
    await tx.run(
      sql`insert into activity_shifts (street_id, id, activity_id, area, starts_at, ends_at, places)
        values (${streetId}, ${shift.id}, ${row.id}, ${row.area}::ltree, ${shift.starts_at}, ${shift.ends_at}, ${shift.places})`,
    )
}

export interface Insurance {
  policy: string
  from: Date
  until: Date
}

export const openRow = (
  tx: Tx,
  streetId: number,
  id: string,
  insurance: Insurance | null,
  by: { account: string; at: Date },
): Promise<number> =>
  tx.run(
    sql`update volunteer_activities set state = 'open', opened_at = ${by.at}, opened_by = ${by.account}, version = version + 1,
        insurance_policy = coalesce(${insurance?.policy ?? null}, insurance_policy),
        insured_from = coalesce(${insurance?.from ?? null}, insured_from),
        insured_until = coalesce(${insurance?.until ?? null}, insured_until)
      where street_id = ${streetId} and id = ${id}`,
  )

export const cancelRow = (tx: Tx, streetId: number, id: string, reason: string): Promise<number> =>
  tx.run(
    sql`update volunteer_activities set state = 'cancelled', cancelled_reason = ${reason}, version = version + 1
      where street_id = ${streetId} and id = ${id}`,
  )

const shiftColumns = sql`id, activity_id, starts_at, ends_at, places, taken, waiting`

export const shiftsOf = (tx: Tx, streetId: number, activityIds: readonly string[]): Promise<ShiftRow[]> =>
  tx.many(
    sql<ShiftRow>`select ${shiftColumns} from activity_shifts where street_id = ${streetId}
      and activity_id = any(${[...activityIds]}::uuid[]) order by starts_at, id`,
  )

export const findShift = (tx: Tx, streetId: number, id: string): Promise<ShiftRow | undefined> =>
  tx.maybe(
    sql<ShiftRow>`select ${shiftColumns} from activity_shifts where street_id = ${streetId} and id = ${id}`,
  )

/** Held against others who sign up at the same moment; the caller reaches the street. */
export const lockShift = (tx: Tx, streetId: number, id: string): Promise<ShiftRow | undefined> =>
  tx.maybe(
    sql<ShiftRow>`select ${shiftColumns} from activity_shifts where street_id = ${streetId} and id = ${id} for update`,
  )

export interface EvaluationCount {
  activity_id: string
  satisfied: number
  all: number
}

/** What the served said of activities; whoever asks reaches the street. */
export const evaluationsOf = (tx: Tx, streetId: number, ids: readonly string[]): Promise<EvaluationCount[]> =>
  tx.many(
    sql<EvaluationCount>`select activity_id, count(*) filter (where satisfaction in ('satisfied', 'mostly'))::int as satisfied,
        count(*)::int as "all" from activity_evaluations
      where street_id = ${streetId} and activity_id = any(${[...ids]}::uuid[]) group by activity_id`,
  )

/** Activities of which this person or account has no say: where they served, and where they said it before. */
export async function notToEvaluate(
  tx: Tx,
  streetId: number,
  ids: readonly string[],
  me: { account: string; person: string | null },
): Promise<Set<string>> {
  const rows = await tx.many(
    sql<{ id: string }>`select activity_id as id from activity_evaluations
        where street_id = ${streetId} and activity_id = any(${[...ids]}::uuid[]) and account_id = ${me.account}
      union select activity_id from service_sessions
        where street_id = ${streetId} and activity_id = any(${[...ids]}::uuid[]) and person_id = ${me.person}::uuid`,
  )
  return new Set(rows.map(({ id }) => id))
}

/** False when this account said something before. */
export async function insertEvaluation(
  tx: Tx,
  streetId: number,
  activity: ActivityRow,
  one: { account: string; satisfaction: Satisfaction; words: string | null; at: Date },
): Promise<boolean> {
  const added = await tx.run(
    sql`insert into activity_evaluations (street_id, activity_id, account_id, area, satisfaction, words, at)
      values (${streetId}, ${activity.id}, ${one.account}, ${activity.area}::ltree, ${one.satisfaction}, ${one.words}, ${one.at})
      on conflict do nothing`,
  )
  return added === 1
}
