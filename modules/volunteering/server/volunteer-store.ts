/** All SQL on volunteers, their skills and their training. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { isHonour } from './evidence-store.ts'

export interface VolunteerRow {
  person_id: string
  area: string
  account_id: string | null
  group_id: string
  group_name: string
  interests: string[]
  availability: string | null
  joined_at: Date
  calendar_index: string | null
  skills: { skill: string; licenceUntil: Day | null }[]
  trainings: { title: string; heldOn: Day; minutes: number }[]
  entered: number
  honour: number
}

const volunteerRows = (where: RawBuilder<unknown>) => sql<VolunteerRow>`
  select v.person_id, v.area::text as area, v.account_id, v.group_id, g.name as group_name, v.interests, v.availability, v.joined_at,
    v.calendar_index,
    coalesce((select jsonb_agg(jsonb_build_object('skill', s.skill, 'licenceUntil', s.licence_until) order by s.skill)
      from volunteer_skills s where s.street_id = v.street_id and s.person_id = v.person_id and s.ended_at is null), '[]') as skills,
    coalesce((select jsonb_agg(jsonb_build_object('title', t.title, 'heldOn', t.held_on, 'minutes', t.minutes) order by t.held_on desc, t.id)
      from volunteer_trainings t where t.street_id = v.street_id and t.person_id = v.person_id), '[]') as trainings,
    coalesce((select sum(h.minutes)::int from volunteer_hours h where h.street_id = v.street_id and h.person_id = v.person_id), 0) as entered,
    coalesce((select sum(h.minutes)::int from volunteer_hours h where h.street_id = v.street_id and h.person_id = v.person_id and ${isHonour(sql`h`)}), 0) as honour
  from volunteers v join volunteer_groups g on g.street_id = v.street_id and g.id = v.group_id
  where ${where} and v.ended_at is null`

export const findVolunteer = (
  tx: Tx,
  streetId: number,
  personId: string,
): Promise<VolunteerRow | undefined> =>
  tx.maybe(volunteerRows(sql`v.street_id = ${streetId} and v.person_id = ${personId}`))

/** Newest first, five hundred at most; by an organisation or all that the actor may see. */
export const volunteersOf = (
  tx: Tx,
  streetId: number,
  groupId: string | undefined,
): Promise<VolunteerRow[]> =>
  tx.many(
    sql<VolunteerRow>`${volunteerRows(
      groupId === undefined
        ? sql`v.street_id = ${streetId}`
        : sql`v.street_id = ${streetId} and v.group_id = ${groupId}`,
    )} order by v.joined_at desc, v.person_id limit 500`,
  )

export interface NewVolunteer {
  person: { id: string; area: string; account_id: string | null }
  groupId: string
  interests: readonly string[]
  availability: string | null
  at: Date
}

/** False when they are one already. */
export async function insertVolunteer(tx: Tx, streetId: number, one: NewVolunteer): Promise<boolean> {
  const added = await tx.run(
    sql`insert into volunteers (street_id, person_id, area, account_id, group_id, interests, availability, joined_at)
      values (${streetId}, ${one.person.id}, ${one.person.area}::ltree, ${one.person.account_id}, ${one.groupId},
        ${[...one.interests]}::text[], ${one.availability}, ${one.at}) on conflict do nothing`,
  )
  return added === 1
}

export const putSkillRow = (
  tx: Tx,
  streetId: number,
  volunteer: VolunteerRow,
  skill: { code: string; licenceUntil: Day | null; ended: boolean; by: string; at: Date },
): Promise<number> =>
  tx.run(
    sql`insert into volunteer_skills (street_id, person_id, skill, area, account_id, licence_until, checked_at, checked_by, ended_at)
      values (${streetId}, ${volunteer.person_id}, ${skill.code}, ${volunteer.area}::ltree, ${volunteer.account_id},
        ${skill.licenceUntil}, ${skill.at}, ${skill.by}, ${skill.ended ? skill.at : null})
      on conflict (street_id, person_id, skill) do update set licence_until = excluded.licence_until,
        checked_at = excluded.checked_at, checked_by = excluded.checked_by, ended_at = excluded.ended_at`,
  )

export const insertTraining = (
  tx: Tx,
  streetId: number,
  volunteer: VolunteerRow,
  training: { id: string; title: string; heldOn: Day; minutes: number; by: string; at: Date },
): Promise<number> =>
  tx.run(
    sql`insert into volunteer_trainings (street_id, person_id, id, area, account_id, title, held_on, minutes, recorded_at, recorded_by)
      values (${streetId}, ${volunteer.person_id}, ${training.id}, ${volunteer.area}::ltree, ${volunteer.account_id},
        ${training.title}, ${training.heldOn}, ${training.minutes}, ${training.at}, ${training.by})`,
  )

export const setCalendarIndex = (
  tx: Tx,
  streetId: number,
  personId: string,
  index: string,
): Promise<number> =>
  tx.run(
    sql`update volunteers set calendar_index = ${index} where street_id = ${streetId} and person_id = ${personId}`,
  )

export async function personOfCalendar(tx: Tx, streetId: number, index: string): Promise<string | undefined> {
  const row = await tx.maybe(
    sql<{ id: string }>`select person_id as id from volunteers where street_id = ${streetId}
      and calendar_index = ${index} and ended_at is null`,
  )
  return row?.id
}
