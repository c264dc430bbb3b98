/** All SQL of the calendar: its history, what follows from it, and which street has counted again. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { announcedDays, type CalendarChange, knownYears } from '../rules/calendar-history.ts'

export interface StoredChange extends CalendarChange {
  readonly changedAt: Date
  readonly changedBy: string
  /** Cases of this street that it changed; null before they were counted again. */
  readonly moved: number | null
}

/** Every change, oldest first. */
export function calendarChanges(tx: Tx, streetId: number): Promise<StoredChange[]> {
  return tx.many(
    sql<StoredChange>`select c.id, c.year, c.act, c.undoes, c.source, c.days, c.changed_at as "changedAt",
        c.changed_by as "changedBy", r.moved
      from calendar_changes c left join calendar_recounts r on r.street_id = ${streetId} and r.change_id = c.id
      order by c.changed_at, c.id`,
  )
}

/** Two administrators, perhaps of two streets, change the one calendar after each other. */
export async function holdCalendar(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('calendar'))`)
}

export interface NewCalendarChange extends CalendarChange {
  readonly at: Date
  readonly by: string
}

/** Adds one change and writes the tables that follow from all of them. Call `holdCalendar` first. */
export async function addCalendarChange(tx: Tx, streetId: number, change: NewCalendarChange): Promise<void> {
  await tx.run(
    sql`insert into calendar_changes (id, year, act, source, days, undoes, changed_at, changed_by)
      values (${change.id}, ${change.year}, ${change.act}, ${change.source}, ${JSON.stringify(change.days)}::jsonb,
        ${change.undoes}, ${change.at}, ${change.by})`,
  )
  const years = knownYears(await calendarChanges(tx, streetId))
  const known = [...years.values()].map(({ year, source }) => ({ year, source }))
  const days = [...announcedDays(years).values()]
  await tx.run(sql`delete from calendar_years where not year = any(${known.map(({ year }) => year)}::int[])`)
  await tx.run(
    sql`insert into calendar_years (year, source)
      select k.year, k.source from jsonb_to_recordset(${JSON.stringify(known)}::jsonb) k(year integer, source text)
      on conflict (year) do update set source = excluded.source`,
  )
  await tx.run(sql`delete from calendar_days where not day = any(${days.map(({ day }) => day)}::date[])`)
  await tx.run(
    sql`insert into calendar_days (day, working, name)
      select d.day, d.working, d.name from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) d(day date, working boolean, name text)
      on conflict (day) do update set working = excluded.working, name = excluded.name`,
  )
}

/** This street has counted again for these changes. */
export async function noteRecount(
  tx: Tx,
  streetId: number,
  changeIds: readonly string[],
  at: Date,
  moved: number,
): Promise<void> {
  await tx.run(
    sql`insert into calendar_recounts (street_id, change_id, counted_at, moved)
      select ${streetId}::int, c, ${at}, ${moved} from unnest(${[...changeIds]}::uuid[]) c on conflict do nothing`,
  )
}
