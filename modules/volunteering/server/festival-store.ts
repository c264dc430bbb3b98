/** All SQL on the calendar of festivals. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { ActivityState } from '../contract.ts'

export interface FestivalActivityRow {
  id: string
  area: string
  festival: string
  title: string
  state: ActivityState
  organiser_id: string | null
  starts_at: Date
  places: number
  taken: number
}

/** Activities for festivals whose first shift begins in this time; five hundred at most. */
export const festivalActivities = (
  tx: Tx,
  streetId: number,
  from: Date,
  until: Date,
): Promise<FestivalActivityRow[]> =>
  tx.many(
    sql<FestivalActivityRow>`select * from (
        select a.id, a.area::text as area, a.festival, a.title, a.state, a.organiser_id, min(f.starts_at) as starts_at,
          sum(f.places)::int as places, sum(f.taken)::int as taken
        from volunteer_activities a join activity_shifts f on f.street_id = a.street_id and f.activity_id = a.id
        where a.street_id = ${streetId} and a.festival is not null and a.state <> 'cancelled' group by a.street_id, a.id) x
      where starts_at >= ${from} and starts_at < ${until} order by starts_at, id limit 500`,
  )

/** Who organised where and when since a day; what was called off was nobody's turn. */
export const organiserTurns = (
  tx: Tx,
  streetId: number,
  since: Date,
): Promise<{ area: string; organiser_id: string; on_day: Day }[]> =>
  tx.many(
    sql<{ area: string; organiser_id: string; on_day: Day }>`select a.area::text as area, a.organiser_id,
        (max(f.starts_at) at time zone 'Asia/Shanghai')::date as on_day
      from volunteer_activities a join activity_shifts f on f.street_id = a.street_id and f.activity_id = a.id
      where a.street_id = ${streetId} and a.organiser_id is not null and a.state <> 'cancelled' and f.starts_at >= ${since}
      group by a.area, a.organiser_id`,
  )
