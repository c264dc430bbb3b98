/** All SQL on services on their way into the record, their evidence, and the record itself. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Capacity, EvidenceKind, SessionSource, SessionState } from '../hour-words.ts'
import { isHonour } from './evidence-store.ts'

export interface EvidenceRow {
  kind: EvidenceKind
  capacity: Capacity
  at: string
  words: string | null
  byAccount: string
  byPerson: string | null
  signIn: string | null
}

export interface SessionRow {
  id: string
  area: string
  account_id: string | null
  person_id: string
  group_id: string
  activity_id: string | null
  shift_id: string | null
  need_id: string | null
  served_id: string | null
  sheet_id: string | null
  source: SessionSource
  started_at: Date
  ended_at: Date | null
  state: SessionState
  notice_until: Date | null
  recorded_by: string
  recorded_at: Date
  settled_words: string | null
  name_masked: string
  group_name: string
  title: string
  content: string
  place_text: string
  lead_id: string | null
  evidence: EvidenceRow[]
}

const sessionRows = (where: RawBuilder<unknown>) => sql<SessionRow>`
  select s.id, s.area::text as area, s.account_id, s.person_id, s.group_id, s.activity_id, s.shift_id, s.need_id, s.served_id, s.sheet_id, s.source,
    s.started_at, s.ended_at, s.state, s.notice_until, s.recorded_by, s.recorded_at, s.settled_words, coalesce(p.name_masked, '***') as name_masked,
    g.name as group_name, coalesce(a.title, n.kind, '') as title, coalesce(a.content, n.kind, '') as content,
    coalesce(a.place_text, '') as place_text, a.lead_id,
    coalesce((select jsonb_agg(jsonb_build_object('kind', e.kind, 'capacity', e.capacity, 'at', e.at, 'words', e.words, 'byAccount', e.by_account,
        'byPerson', e.by_person, 'signIn', e.sign_in_index) order by e.at, e.id)
      from service_evidence e where e.street_id = s.street_id and e.session_id = s.id), '[]') as evidence
  from service_sessions s
    join volunteer_groups g on g.street_id = s.street_id and g.id = s.group_id
    left join people p on p.street_id = s.street_id and p.id = s.person_id
    left join volunteer_activities a on a.street_id = s.street_id and a.id = s.activity_id
    left join volunteer_needs n on n.street_id = s.street_id and n.id = s.need_id
  where ${where}`

const newest = (where: RawBuilder<unknown>) =>
  sql<SessionRow>`${sessionRows(where)} order by s.started_at desc, s.id desc limit 500`

export const findSession = (tx: Tx, streetId: number, id: string): Promise<SessionRow | undefined> =>
  tx.maybe(sessionRows(sql`s.street_id = ${streetId} and s.id = ${id}`))

export const lockSession = (tx: Tx, streetId: number, id: string): Promise<SessionRow | undefined> =>
  tx.maybe(sql<SessionRow>`${sessionRows(sql`s.street_id = ${streetId} and s.id = ${id}`)} for update of s`)

/** In one order of ids, so that two people who confirm the same rows do not wait for each other. */
export const lockSessions = (tx: Tx, streetId: number, ids: readonly string[]): Promise<SessionRow[]> =>
  tx.many(
    sql<SessionRow>`${sessionRows(sql`s.street_id = ${streetId} and s.id = any(${[...ids]}::uuid[])`)} order by s.id for update of s`,
  )

/** What was written down from these sheets, in the order of names. */
export const sessionsOfSheets = (
  tx: Tx,
  streetId: number,
  sheets: readonly string[],
): Promise<SessionRow[]> =>
  tx.many(
    sql<SessionRow>`${sessionRows(sql`s.street_id = ${streetId} and s.sheet_id = any(${[...sheets]}::uuid[])`)}
      order by s.started_at, s.id limit 1000`,
  )

export const sessionsOfPerson = (tx: Tx, streetId: number, personId: string): Promise<SessionRow[]> =>
  tx.many(newest(sql`s.street_id = ${streetId} and s.person_id = ${personId}`))

export type SessionShow = 'to-confirm' | 'on-notice' | 'due' | 'objected' | 'entered' | 'struck'

const openObjection = sql`(select count(*) filter (where e.kind = 'objected') > count(*) filter (where e.kind = 'objection-settled')
  from service_evidence e where e.street_id = s.street_id and e.session_id = s.id)`

export function sessionsShown(
  tx: Tx,
  streetId: number,
  show: SessionShow | undefined,
  activityId: string | undefined,
  at: Date,
): Promise<SessionRow[]> {
  const all: RawBuilder<unknown>[] = [sql`s.street_id = ${streetId}`]
  if (activityId !== undefined) all.push(sql`s.activity_id = ${activityId}`)
  if (show === 'to-confirm') all.push(sql`s.state in ('published', 'entered') and ${isHonour(sql`s`)}`)
  if (show === 'on-notice') all.push(sql`s.state = 'published' and s.notice_until > ${at}`)
  if (show === 'due') all.push(sql`s.state = 'published' and s.notice_until <= ${at}`)
  if (show === 'objected') all.push(sql`s.state = 'published' and ${openObjection}`)
  if (show === 'entered' || show === 'struck') all.push(sql`s.state = ${show}`)
  return tx.many(newest(sql.join(all, sql` and `)))
}

const isHeld = sql`(${openObjection} or exists (select from pattern_checks c where c.street_id = s.street_id
  and c.state = 'open' and (c.activity_id = s.activity_id or (c.one_person is not null and s.id = any(c.session_ids)))))`
const isDue = (streetId: number, areas: readonly string[], at: Date) =>
  sql`s.street_id = ${streetId} and s.state = 'published' and s.notice_until <= ${at} and s.area <@ any(${[...areas]}::ltree[])`

/** What may be entered now, held against others: the longest due first, five hundred at once. */
export const lockDue = (
  tx: Tx,
  streetId: number,
  areas: readonly string[],
  at: Date,
): Promise<SessionRow[]> =>
  tx.many(
    sql<SessionRow>`${sessionRows(sql`${isDue(streetId, areas, at)} and not ${isHeld}`)}
      order by s.notice_until, s.id limit 500 for update of s`,
  )

/** What is due and waits for an objection or a call-back to be settled. */
export async function countHeld(
  tx: Tx,
  streetId: number,
  areas: readonly string[],
  at: Date,
): Promise<number> {
  const row = await tx.one(
    sql<{
      count: number
    }>`select count(*)::int as count from service_sessions s where ${isDue(streetId, areas, at)} and ${isHeld}`,
  )
  return row.count
}

/**
 * Whatever somebody may be asked to confirm: whom they were served by, whose lead they are, and what their committee
 * watches; as long as nobody's word made it count.
 */
export const sessionsToWitness = (
  tx: Tx,
  streetId: number,
  people: readonly string[],
  committeeAreas: readonly string[],
): Promise<SessionRow[]> =>
  tx.many(
    newest(sql`s.street_id = ${streetId} and s.state in ('published', 'entered') and ${isHonour(sql`s`)}
      and (s.served_id = any(${[...people]}::uuid[]) or a.lead_id = any(${[...people]}::uuid[])
        or s.area <@ any(${[...committeeAreas]}::ltree[]))`),
  )

/** On notice now in these organisations. */
export const sessionsOnNotice = (
  tx: Tx,
  streetId: number,
  groups: readonly string[],
  at: Date,
): Promise<SessionRow[]> =>
  tx.many(
    newest(sql`s.street_id = ${streetId} and s.state = 'published' and s.notice_until > ${at}
      and s.group_id = any(${[...groups]}::uuid[])`),
  )

export const runningOf = (
  tx: Tx,
  streetId: number,
  personId: string,
): Promise<{ id: string; shift_id: string | null; shift_ends_at: Date | null } | undefined> =>
  tx.maybe(
    sql<{
      id: string
      shift_id: string | null
      shift_ends_at: Date | null
    }>`select s.id, s.shift_id, f.ends_at as shift_ends_at
      from service_sessions s left join activity_shifts f on f.street_id = s.street_id and f.id = s.shift_id
      where s.street_id = ${streetId} and s.person_id = ${personId} and s.state = 'running' limit 1`,
  )

/** Everybody with a record in an activity that was not struck. */
export async function peopleInActivity(tx: Tx, streetId: number, activityId: string): Promise<string[]> {
  const rows = await tx.many(
    sql<{ id: string }>`select distinct person_id as id from service_sessions
      where street_id = ${streetId} and activity_id = ${activityId} and state <> 'struck'`,
  )
  return rows.map(({ id }) => id)
}

export interface NewSession {
  id: string
  area: string
  person: { id: string; account_id: string | null }
  groupId: string
  activityId: string | null
  shiftId: string | null
  needId: string | null
  sheetId: string | null
  servedId: string | null
  source: SessionSource
  startedAt: Date
  /** Null while it runs. */
  endedAt: Date | null
  noticeUntil: Date | null
  by: string
  at: Date
}

/** @throws the database's 23P01 when the person is elsewhere at that time */
export const insertSession = (tx: Tx, streetId: number, one: NewSession): Promise<number> =>
  tx.run(
    sql`insert into service_sessions (street_id, id, area, account_id, person_id, group_id, activity_id, shift_id, need_id, sheet_id,
        served_id, source, started_at, ended_at, state, published_at, notice_until, recorded_by, recorded_at)
      values (${streetId}, ${one.id}, ${one.area}::ltree, ${one.person.account_id}, ${one.person.id}, ${one.groupId}, ${one.activityId},
        ${one.shiftId}, ${one.needId}, ${one.sheetId}, ${one.servedId}, ${one.source}, ${one.startedAt}, ${one.endedAt},
        ${one.endedAt === null ? 'running' : 'published'}, ${one.endedAt === null ? null : one.at}, ${one.noticeUntil}, ${one.by}, ${one.at})`,
  )

export const endSession = (
  tx: Tx,
  streetId: number,
  id: string,
  endedAt: Date,
  noticeUntil: Date,
  at: Date,
): Promise<number> =>
  tx.run(
    sql`update service_sessions set ended_at = ${endedAt}, state = 'published', published_at = ${at}, notice_until = ${noticeUntil}
      where street_id = ${streetId} and id = ${id} and state = 'running'`,
  )

/** What is struck stays, with who struck it and why; it is never entered. */
export const strikeSessions = (
  tx: Tx,
  streetId: number,
  ids: readonly string[],
  by: { account: string | null; words: string; at: Date },
): Promise<number> =>
  tx.run(
    sql`update service_sessions set state = 'struck', settled_at = ${by.at}, settled_by = ${by.account}, settled_words = ${by.words}
      where street_id = ${streetId} and id = any(${[...ids]}::uuid[]) and state in ('running', 'published')`,
  )

/** Of these records the ones that are struck, for who has to be told. */
export const struckOf = (
  tx: Tx,
  streetId: number,
  ids: readonly string[],
): Promise<Pick<SessionRow, 'id' | 'area' | 'account_id' | 'started_at'>[]> =>
  tx.many(
    sql<
      Pick<SessionRow, 'id' | 'area' | 'account_id' | 'started_at'>
    >`select id, area::text as area, account_id, started_at
      from service_sessions where street_id = ${streetId} and id = any(${[...ids]}::uuid[]) and state = 'struck' order by id`,
  )

/** Running ones of a shift, oldest first. */
export const runningInShift = (tx: Tx, streetId: number, shiftId: string): Promise<SessionRow[]> =>
  tx.many(
    sql<SessionRow>`${sessionRows(sql`s.street_id = ${streetId} and s.shift_id = ${shiftId} and s.state = 'running'`)}
      order by s.id for update of s`,
  )

export async function countRunning(tx: Tx, streetId: number, shiftId: string): Promise<number> {
  const row = await tx.one(
    sql<{ count: number }>`select count(*)::int as count from service_sessions
      where street_id = ${streetId} and shift_id = ${shiftId} and state = 'running'`,
  )
  return row.count
}

/** Running ones of the actor's areas whose shift ended before this instant, with that end. */
export const forgotten = (
  tx: Tx,
  streetId: number,
  endedBefore: Date,
  personId: string | undefined,
): Promise<{ id: string; area: string; account_id: string | null; started_at: Date; ends_at: Date }[]> =>
  tx.many(
    sql<{ id: string; area: string; account_id: string | null; started_at: Date; ends_at: Date }>`
      select s.id, s.area::text as area, s.account_id, s.started_at, f.ends_at from service_sessions s
        join activity_shifts f on f.street_id = s.street_id and f.id = s.shift_id
      where s.street_id = ${streetId} and s.state = 'running' and f.ends_at < ${endedBefore}
        ${personId === undefined ? sql`` : sql`and s.person_id = ${personId}`} order by s.id`,
  )

/** The permanent record of these services: added once, and never again. */
export async function enterRows(
  tx: Tx,
  streetId: number,
  ids: readonly string[],
  by: { account: string; at: Date },
): Promise<void> {
  await tx.run(
    sql`insert into volunteer_hours (street_id, id, area, account_id, person_id, group_id, activity_id, need_id, title, content, place_text,
        started_at, ended_at, minutes, source, entered_at, entered_by)
      select s.street_id, s.id, s.area, s.account_id, s.person_id, s.group_id, s.activity_id, s.need_id, coalesce(a.title, n.kind),
        coalesce(a.content, n.kind), coalesce(a.place_text, ''), s.started_at, s.ended_at,
        floor(extract(epoch from s.ended_at - s.started_at) / 60)::int, s.source, ${by.at}, ${by.account}
      from service_sessions s
        left join volunteer_activities a on a.street_id = s.street_id and a.id = s.activity_id
        left join volunteer_needs n on n.street_id = s.street_id and n.id = s.need_id
      where s.street_id = ${streetId} and s.id = any(${[...ids]}::uuid[])`,
  )
  await tx.run(
    sql`update service_sessions set state = 'entered' where street_id = ${streetId} and id = any(${[...ids]}::uuid[])`,
  )
}
