/**
 * Cases as of a day: in which area of that day each belongs, and in which state it stood. A case keeps the area that it was put
 * down in; on a day on which that was not in force its heir stands for it, told by the building or the place of the case.
 */
import { type RawBuilder, sql } from 'kysely'
import { type Day, endOfDay } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { type AreasOnDay, areasOnDay } from '../../areas/server/index.ts'
import type { CaseState } from '../words.ts'

export interface CasesOnDay {
  readonly day: Day
  readonly end: Date
  readonly areas: AreasOnDay
  /** Of cases in divided areas: their area on the day. */
  readonly homes: ReadonlyMap<string, string>
  homeOf(caseRow: { readonly id: string; readonly area_id: string }): string | undefined
  /** The cases that belong on the day in one of these areas of the day; inner areas count for themselves alone. */
  within(areaIds: readonly string[]): RawBuilder<unknown>
}

export async function casesOnDay(tx: Tx, actor: Actor, day: Day): Promise<CasesOnDay> {
  const areas = await areasOnDay(tx, actor.streetId, day)
  const homes = new Map<string, string>()
  if (areas.divided.length > 0) {
    const rows = await tx.many(
      sql<{ id: string; areaId: string; buildingId: string | null; lng: number | null; lat: number | null }>`
        select id, area_id as "areaId", building_id as "buildingId", lng, lat from cases
        where street_id = ${actor.streetId} and area_id = any(${[...areas.divided]}::uuid[])`,
    )
    for (const { id, areaId, ...place } of rows) {
      const home = areas.homeOf(areaId, place)
      if (home !== undefined) homes.set(id, home)
    }
  }
  return {
    day,
    end: endOfDay(day),
    areas,
    homes,
    homeOf: ({ id, area_id }) => homes.get(id) ?? areas.homeOf(area_id),
    within(areaIds) {
      const wanted = new Set(areaIds)
      const apart = [...homes].flatMap(([id, home]) => (wanted.has(home) ? [id] : []))
      const whole = areas.wholeIn(areaIds)
      return sql`(area_id = any(${whole}::uuid[]) or id = any(${apart}::uuid[]))`
    },
  }
}

/** The state at an instant, told by the entries until then; a case that has none stood as it was filed. */
export const stateAt = (end: Date): RawBuilder<CaseState> =>
  sql<CaseState>`coalesce((select e.to_state from entries_of_case(cases.id) e
    where e.at <= ${end} and e.to_state is not null order by e.at desc, e.id desc limit 1), 'pending')`

/** Filed until then. What had ended by then and has stayed so is left out first: for that no entry need be read. */
export const openAt = (end: Date): RawBuilder<unknown> =>
  sql`created_at <= ${end} and not (state = 'closed' and closed_at <= ${end})
    and ${stateAt(end)} not in ('closed', 'declined', 'merged')`
