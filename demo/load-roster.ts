/** 值班表 of the street's desk: five weeks in which the dispatchers and duty heads take turns. */
import { addDays, startOfDay, weekdayOf } from '../lib/time.ts'
import { insertShifts } from '../modules/accounts/server/index.ts'
import { streetRoot } from '../modules/areas/server/index.ts'
import { buildWorkingCalendar, shippedCalendar } from '../modules/cases/rules/working-days.ts'
import type { Tx } from '../platform/db.ts'
import { type PartyIds, wanted } from './load-place.ts'
import type { DemoStreet } from './types.ts'

const daysBack = 7
const daysAhead = 28
/** One night so many days ahead is left empty, so that the demo shows what a missing shift looks like. */
const emptyNightIn = 2

export async function loadRoster(tx: Tx, streetId: number, street: DemoStreet, ids: PartyIds): Promise<void> {
  const holders = (role: string): string[] =>
    street.posts
      .filter((post) => post.role === role)
      .map((post) => wanted(ids.accounts.get(post.personKey), post.personKey))
  const heads = holders('duty-head')
  const members = holders('dispatcher')
  const turn = (of: readonly string[], index: number) =>
    wanted(of[index % of.length], 'person for the roster')
  const calendar = buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions)
  const from = addDays(street.today, -daysBack)
  const shifts = Array.from({ length: daysBack + daysAhead }, (_, index) => {
    const day = addDays(from, index)
    const known = calendar.isWorking(day)
    const working = known.ok ? known.working : [1, 2, 3, 4, 5].includes(weekdayOf(day))
    const byDay = working ? 'day' : 'holiday'
    return [
      { day, kind: byDay, headId: turn(heads, index), memberIds: [turn(members, index)] },
      { day, kind: 'night', headId: turn(heads, index + 1), memberIds: [turn(members, index + 1)] },
    ]
  }).flat()
  const empty = addDays(street.today, emptyNightIn)
  const { id } = await streetRoot(tx, streetId)
  await insertShifts(
    tx,
    streetId,
    id,
    shifts.filter(({ day, kind }) => kind !== 'night' || day !== empty),
    // As if the first duty head had put the sheet up before its first day.
    { at: startOfDay(from), accountId: turn(heads, 0) },
  )
}
