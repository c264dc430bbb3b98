/** Rows of meetings and what they decided; all SQL of the meeting stands here. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { MeetingState, PaperFormat, PaperView } from '../contract.ts'

export interface MeetingRow {
  readonly id: string
  readonly area_id: string
  /** ltree path. */
  readonly area: string
  readonly from_on: Day
  readonly to_on: Day
  readonly meets_on: Day
  readonly state: MeetingState
  readonly paper: PaperView | null
  readonly held_at: Date | null
  readonly minutes: string | null
  readonly minutes_at: Date | null
  readonly decisions: number
}

const columns = sql`m.id, m.area_id, m.area::text as area, m.from_on, m.to_on, m.meets_on, m.state, m.held_at, m.minutes, m.minutes_at,
  (select count(*)::int from meeting_decisions d where d.street_id = m.street_id and d.meeting_id = m.id) as decisions`

export interface MeetingKey {
  readonly meetsOn: Day
  readonly id: string
}

/** Newest first, without their papers. */
export function meetingsPage(
  tx: Tx,
  streetId: number,
  after: MeetingKey | undefined,
  limit: number,
): Promise<MeetingRow[]> {
  const later = after ? sql`and (m.meets_on, m.id) < (${after.meetsOn}, ${after.id})` : sql``
  return tx.many(
    sql<MeetingRow>`select ${columns}, null as paper from meetings m where m.street_id = ${streetId} ${later}
      order by m.meets_on desc, m.id desc limit ${limit}`,
  )
}

export function findMeeting(tx: Tx, streetId: number, id: string): Promise<MeetingRow | undefined> {
  return tx.maybe(
    sql<MeetingRow>`select ${columns}, m.paper from meetings m where m.street_id = ${streetId} and m.id = ${id}`,
  )
}

/** Held until the end of the transaction, so that two acts on one meeting follow each other. */
export async function lockMeeting(tx: Tx, streetId: number, id: string): Promise<MeetingRow | undefined> {
  await tx.run(sql`select 1 from meetings where street_id = ${streetId} and id = ${id} for update`)
  return findMeeting(tx, streetId, id)
}

/** The meeting of the same area before this one. */
export function meetingBefore(tx: Tx, streetId: number, one: MeetingRow): Promise<MeetingRow | undefined> {
  return tx.maybe(
    sql<MeetingRow>`select ${columns}, null as paper from meetings m
      where m.street_id = ${streetId} and m.area_id = ${one.area_id} and (m.meets_on, m.id) < (${one.meets_on}, ${one.id})
      order by m.meets_on desc, m.id desc limit 1`,
  )
}

export interface NewMeeting {
  readonly id: string
  readonly areaId: string
  readonly area: string
  readonly from: Day
  readonly to: Day
  readonly meetsOn: Day
  readonly by: string
  readonly at: Date
}

/** False when there is one for this area and period. */
export async function insertMeeting(tx: Tx, streetId: number, one: NewMeeting): Promise<boolean> {
  const rows = await tx.run(
    sql`insert into meetings (street_id, id, area_id, area, from_on, to_on, meets_on, state, planned_at, planned_by)
      values (${streetId}, ${one.id}, ${one.areaId}, ${one.area}::ltree, ${one.from}, ${one.to}, ${one.meetsOn}, 'draft',
        ${one.at}, ${one.by})
      on conflict (street_id, area_id, from_on, to_on) do nothing`,
  )
  return rows > 0
}

export async function keepPaper(
  tx: Tx,
  streetId: number,
  id: string,
  paper: PaperView,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx.run(
    sql`update meetings set state = 'held', paper = ${JSON.stringify(paper)}::jsonb, held_at = ${at}, held_by = ${by},
      version = version + 1 where street_id = ${streetId} and id = ${id}`,
  )
}

export async function keepWords(
  tx: Tx,
  streetId: number,
  id: string,
  words: string,
  { by, at }: { by: string; at: Date },
): Promise<void> {
  await tx.run(
    sql`update meetings set state = 'minutes-kept', minutes = ${words}, minutes_at = ${at}, minutes_by = ${by},
      version = version + 1 where street_id = ${streetId} and id = ${id}`,
  )
}

export interface DecisionRow {
  readonly id: string
  readonly case_id: string
  readonly organisation_id: string | null
  readonly due_on: Day
  readonly words: string
  readonly made_at: Date
}

/** In the order in which they were made. */
export function decisionsOf(tx: Tx, streetId: number, meetingId: string): Promise<DecisionRow[]> {
  return tx.many(
    sql<DecisionRow>`select id, case_id, organisation_id, due_on, words, made_at from meeting_decisions
      where street_id = ${streetId} and meeting_id = ${meetingId} order by made_at, id`,
  )
}

export interface NewDecision {
  readonly id: string
  readonly caseId: string
  readonly organisationId: string | null
  readonly dueOn: Day
  readonly words: string
  readonly by: string
  readonly at: Date
}

export async function insertDecision(
  tx: Tx,
  streetId: number,
  meeting: MeetingRow,
  one: NewDecision,
): Promise<void> {
  await tx.run(
    sql`insert into meeting_decisions (street_id, meeting_id, id, case_id, area, organisation_id, due_on, words, made_at, made_by)
      values (${streetId}, ${meeting.id}, ${one.id}, ${one.caseId}, ${meeting.area}::ltree, ${one.organisationId},
        ${one.dueOn}, ${one.words}, ${one.at}, ${one.by})`,
  )
}

export interface TemplateRow {
  readonly format: PaperFormat
  readonly file_name: string | null
  readonly content: Buffer | null
  readonly put_at: Date
}

/** The newest of each format; without content it is a return to the shipped one. */
export function newestTemplates(tx: Tx, streetId: number): Promise<TemplateRow[]> {
  return tx.many(
    sql<TemplateRow>`select distinct on (format) format, file_name, content, put_at from meeting_templates
      where street_id = ${streetId} order by format, put_at desc, id desc`,
  )
}

export async function insertTemplate(
  tx: Tx,
  streetId: number,
  one: {
    id: string
    format: PaperFormat
    fileName: string | null
    content: Buffer | null
    by: string
    at: Date
  },
): Promise<void> {
  await tx.run(
    sql`insert into meeting_templates (street_id, id, format, file_name, content, put_at, put_by)
      values (${streetId}, ${one.id}, ${one.format}, ${one.fileName}, ${one.content}, ${one.at}, ${one.by})`,
  )
}
