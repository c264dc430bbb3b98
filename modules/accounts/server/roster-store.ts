/** All SQL on desks, kinds of shifts, shifts and the people who may stand them. Row security stands behind it. */
import { type RawBuilder, sql } from 'kysely'
import type { Role } from '../../../lib/contract.ts'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { DeskFacts } from '../rules/roster-rights.ts'
import { type Shift, type ShiftKind, shippedShiftKinds } from '../rules/roster-shifts.ts'

export interface Desk extends DeskFacts {
  readonly id: string
  readonly code: string
  readonly level: string
  readonly name: string
}

/** The street's own area and those right below it, in order. */
export function desksOfStreet(tx: Tx, streetId: number): Promise<Desk[]> {
  return tx.many(sql<Desk>`select a.id, a.code, a.level, a.name, a.path::text as path, a.parent_id is null as "isStreet"
    from areas a left join areas p on p.street_id = a.street_id and p.id = a.parent_id
    where a.street_id = ${streetId} and a.valid_to is null and (a.parent_id is null or p.parent_id is null)
    order by a.parent_id is not null, a.position, a.code`)
}

export async function findDesk(tx: Tx, streetId: number, id: string): Promise<Desk | undefined> {
  return (await desksOfStreet(tx, streetId)).find((desk) => desk.id === id)
}

export async function shiftKinds(tx: Tx, streetId: number): Promise<readonly ShiftKind[]> {
  const rows = await tx.many(sql<ShiftKind>`select code, name, name_en as "nameEn", applies,
    start_minute as "startMinute", length_minutes as "lengthMinutes"
    from shift_kinds where street_id = ${streetId} order by position`)
  return rows.length === 0 ? shippedShiftKinds : rows
}

export async function replaceShiftKinds(
  tx: Tx,
  streetId: number,
  kinds: readonly ShiftKind[],
  by: { at: Date; accountId: string },
): Promise<void> {
  // Two heads who save at once follow each other: the later list is the one that holds.
  await tx.run(sql`select pg_advisory_xact_lock(hashtext(${`shift kinds ${streetId}`}))`)
  await tx.run(sql`delete from shift_kinds where street_id = ${streetId}`)
  const rows = kinds.map((kind, position) => ({ ...kind, position }))
  await tx.run(sql`insert into shift_kinds (street_id, code, name, name_en, applies, start_minute, length_minutes, position,
      changed_at, changed_by)
    select ${streetId}, k.code, k.name, k."nameEn", k.applies, k."startMinute", k."lengthMinutes", k.position, ${by.at},
      ${by.accountId}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) k(code text, name text, "nameEn" text, applies text,
      "startMinute" integer, "lengthMinutes" integer, position integer)`)
}

/** A shift with the desk it belongs to. */
export interface ShiftRow extends Shift {
  readonly deskId: string
  /** False: its head has no post on that day any more, or is on leave; the shift has to be given to another. */
  readonly headThere: boolean
}

/** Whether a person holds a post in force on a day and is not on leave from it; two SQL expressions. */
const holdsPost = (account: RawBuilder<unknown>, streetId: RawBuilder<unknown>, day: RawBuilder<unknown>) =>
  sql`exists (select from posts p join accounts a on a.id = p.account_id and a.disabled_at is null
    where p.street_id = ${streetId} and p.account_id = ${account} and p.ended_at is null and p.from_day <= ${day}
      and (p.to_day is null or p.to_day >= ${day})
      and not exists (select from post_absences x where x.street_id = p.street_id and x.post_id = p.id
        and x.ended_at is null and x.from_day <= ${day} and x.to_day >= ${day}))`

/** For a row of `duty_shifts d`. */
export const headIsThere = holdsPost(sql`d.head_id`, sql`d.street_id`, sql`d.day`)

const selectShifts = sql`select id, desk_area_id as "deskId", day, kind, starts_at as "startsAt", ends_at as "endsAt",
  head_id as "headId", member_ids as "memberIds", ${headIsThere} as "headThere" from duty_shifts d`

/** Shifts that touch the time between two instants, in order; of one desk or of all. */
export function shiftsBetween(
  tx: Tx,
  streetId: number,
  from: Date,
  to: Date,
  deskId: string | null = null,
): Promise<ShiftRow[]> {
  return tx.many(sql<ShiftRow>`${selectShifts} where street_id = ${streetId} and ends_at > ${from} and starts_at < ${to}
    and (${deskId}::uuid is null or desk_area_id = ${deskId}::uuid) order by starts_at, kind`)
}

/** Shifts of a desk that belong to these days, whenever they end. */
export function shiftsOfDays(
  tx: Tx,
  streetId: number,
  deskId: string,
  from: Day,
  to: Day,
): Promise<ShiftRow[]> {
  return tx.many(sql<ShiftRow>`${selectShifts} where street_id = ${streetId} and desk_area_id = ${deskId}
    and day between ${from} and ${to} order by starts_at, kind`)
}

/** Shifts of a person at any desk that end after an instant, the next first. */
export function shiftsOfPerson(
  tx: Tx,
  streetId: number,
  accountId: string,
  after: Date,
  limit: number,
): Promise<ShiftRow[]> {
  return tx.many(sql<ShiftRow>`${selectShifts} where street_id = ${streetId} and ends_at > ${after}
    and (head_id = ${accountId} or ${accountId}::uuid = any(member_ids)) order by starts_at limit ${limit}`)
}

export function shiftsById(tx: Tx, streetId: number, ids: readonly string[]): Promise<ShiftRow[]> {
  return tx.many(
    sql<ShiftRow>`${selectShifts} where street_id = ${streetId} and id = any(${[...ids]}::uuid[])`,
  )
}

/** Locked until the transaction ends, so that two changes of one shift see each other; undefined at another's desk. */
export async function lockShifts(tx: Tx, streetId: number, ids: readonly string[]): Promise<ShiftRow[]> {
  return tx.many(sql<ShiftRow>`${selectShifts} where street_id = ${streetId} and id = any(${[...ids]}::uuid[])
    order by id for update`)
}

export interface ShiftToWrite {
  readonly id: string
  readonly day: Day
  readonly kind: string
  readonly headId: string
  readonly memberIds: readonly string[]
  readonly startsAt: Date
  readonly endsAt: Date
}

/** Puts shifts, or the people of those that are there. */
export async function writeShifts(
  tx: Tx,
  streetId: number,
  desk: Desk,
  shifts: readonly ShiftToWrite[],
  by: { source: 'hand' | 'pattern' | 'sheet' | 'swap'; at: Date; accountId: string },
): Promise<void> {
  await tx.run(sql`insert into duty_shifts (street_id, id, desk_area_id, desk_path, day, kind, starts_at, ends_at, head_id,
      member_ids, source, put_at, put_by)
    select ${streetId}, s.id, ${desk.id}, ${desk.path}::ltree, s.day, s.kind, s."startsAt", s."endsAt", s."headId",
      array(select jsonb_array_elements_text(s."memberIds")::uuid), ${by.source}, ${by.at}, ${by.accountId}
    from jsonb_to_recordset(${JSON.stringify(shifts)}::jsonb) s(id uuid, day date, kind text, "startsAt" timestamptz,
      "endsAt" timestamptz, "headId" uuid, "memberIds" jsonb) order by s.day, s.kind
    on conflict (street_id, desk_area_id, day, kind) do update set head_id = excluded.head_id,
      member_ids = excluded.member_ids, source = excluded.source, put_at = excluded.put_at, put_by = excluded.put_by`)
}

export async function deleteShift(tx: Tx, streetId: number, id: string): Promise<void> {
  await tx.run(sql`delete from duty_shifts where street_id = ${streetId} and id = ${id}`)
}

/** Gives shifts that have not begun the times of their kinds. */
export async function retimeShifts(
  tx: Tx,
  streetId: number,
  kinds: readonly ShiftKind[],
  at: Date,
): Promise<void> {
  const times = kinds.map(({ code, startMinute, lengthMinutes }) => ({
    code,
    start: startMinute,
    length: lengthMinutes,
  }))
  await tx.run(sql`update duty_shifts d set
      starts_at = (d.day::timestamp at time zone 'Asia/Shanghai') + make_interval(mins => t.start),
      ends_at = (d.day::timestamp at time zone 'Asia/Shanghai') + make_interval(mins => t.start + t.length)
    from jsonb_to_recordset(${JSON.stringify(times)}::jsonb) t(code text, start integer, length integer)
    where d.street_id = ${streetId} and d.kind = t.code and d.starts_at > ${at}`)
}

/** Kinds that shifts still to come are put under. */
export async function kindsToCome(tx: Tx, streetId: number, at: Date): Promise<string[]> {
  const rows = await tx.many(
    sql<{
      kind: string
    }>`select distinct kind from duty_shifts where street_id = ${streetId} and ends_at > ${at}`,
  )
  return rows.map(({ kind }) => kind)
}

/** Desks that have had a shift since a day, or have one to come. */
export async function desksInUse(tx: Tx, streetId: number, since: Day): Promise<Set<string>> {
  const rows = await tx.many(
    sql<{
      id: string
    }>`select distinct desk_area_id as id from duty_shifts where street_id = ${streetId} and day >= ${since}`,
  )
  return new Set(rows.map(({ id }) => id))
}

export interface StandingPost {
  readonly accountId: string
  readonly role: Role
  readonly areaPath: string
  readonly fromDay: Day
  readonly toDay: Day | null
}

const standing = [
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
]

/** Posts at, above or below a desk that are not over on `today`, of people who may sign in; the nearest to the desk first. */
export function postsAround(tx: Tx, streetId: number, path: string, today: Day): Promise<StandingPost[]> {
  return tx.many(sql<StandingPost>`select p.account_id as "accountId", p.role, p.area_path::text as "areaPath",
      p.from_day as "fromDay", p.to_day as "toDay"
    from posts p join accounts a on a.id = p.account_id and a.disabled_at is null
    where p.street_id = ${streetId} and p.ended_at is null and (p.to_day is null or p.to_day >= ${today})
      and p.role = any(${standing}::text[]) and (p.area_path <@ ${path}::ltree or p.area_path @> ${path}::ltree)
    order by abs(nlevel(p.area_path) - nlevel(${path}::ltree)), p.role, p.account_id`)
}

/** Who of these people holds a post in force on this day and is not on leave. */
export async function thereOn(
  tx: Tx,
  streetId: number,
  accountIds: readonly string[],
  day: Day,
): Promise<Set<string>> {
  const there = holdsPost(sql`w.id`, sql`${streetId}`, sql`${day}::date`)
  const rows = await tx.many(
    sql<{ id: string }>`select w.id from unnest(${[...accountIds]}::uuid[]) w(id) where ${there}`,
  )
  return new Set(rows.map(({ id }) => id))
}
