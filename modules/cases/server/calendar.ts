/** The working-day calendar of the database, kept for a moment; an import reaches every process within it. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { streetCache } from '../../../platform/street-cache.ts'
import { buildWorkingCalendar, type WorkingCalendar } from '../rules/working-days.ts'

const cache = streetCache<WorkingCalendar>(5_000, async (tx) => {
  const row = await tx.one(
    sql<{ years: number[]; days: { day: string; working: boolean }[] }>`select
      (select coalesce(json_agg(year), '[]') from calendar_years) as years,
      (select coalesce(json_agg(json_build_object('day', day, 'working', working)), '[]') from calendar_days) as days`,
  )
  return buildWorkingCalendar(row.years, row.days)
})

export const workingCalendar = (tx: Tx, streetId: number): Promise<WorkingCalendar> => cache.get(tx, streetId)

/** After a change of the calendar in this process. */
export const forgetCalendar = (streetId: number): void => cache.forget(streetId)
