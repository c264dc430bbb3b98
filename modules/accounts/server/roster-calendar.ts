/** Which days are off, by the working calendar; kept for a minute, for it changes once a year. */
import { sql } from 'kysely'
import { type Day, weekdayOf, yearOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { streetCache } from '../../../platform/street-cache.ts'

export interface DaysOff {
  /** In a year that is not announced yet the week decides: somebody has to be on duty on any day. */
  isOff(day: Day): boolean
  isAnnounced(day: Day): boolean
}

const cache = streetCache<DaysOff>(60_000, async (tx) => {
  const row = await tx.one(
    sql<{ years: number[]; days: { day: Day; working: boolean }[] }>`select
      (select coalesce(json_agg(year), '[]') from calendar_years) as years,
      (select coalesce(json_agg(json_build_object('day', day, 'working', working)), '[]') from calendar_days) as days`,
  )
  const years = new Set(row.years)
  const announced = new Map(row.days.map(({ day, working }) => [day, working]))
  return {
    isOff: (day) => {
      const working = years.has(yearOf(day)) ? announced.get(day) : undefined
      return working === undefined ? [0, 6].includes(weekdayOf(day)) : !working
    },
    isAnnounced: (day) => years.has(yearOf(day)),
  }
})

export const daysOff = (tx: Tx, streetId: number): Promise<DaysOff> => cache.get(tx, streetId)
