/** Looking at the calendar: which years are known, one year, and what a pasted notice would say. */
import { type Call, operation } from '../../../platform/operation.ts'
import { displayNames } from '../../accounts/server/index.ts'
import * as contract from '../calendar-operations.ts'
import { knownYears } from '../rules/calendar-history.ts'
import { readNotice } from '../rules/read-notice.ts'
import { calendarChanges } from './calendar-store.ts'
import { missingYear, yearRefs, yearView } from './calendar-view.ts'

export const listCalendar = operation(contract.listCalendar, async ({ tx, actor, at }) => {
  const years = yearRefs(await calendarChanges(tx, actor.streetId))
  return { years, missing: missingYear(new Set(years.map(({ year }) => year)), at) }
})

export const getCalendarYear = operation(contract.getCalendarYear, (call) =>
  calendarYearOf(call, call.params.year),
)

/** The year as it stands in this transaction. */
export async function calendarYearOf(
  { tx, actor, services }: Pick<Call<typeof contract.getCalendarYear>, 'tx' | 'actor' | 'services'>,
  year: number,
): Promise<contract.CalendarYear> {
  const changes = await calendarChanges(tx, actor.streetId)
  const named = changes.filter((one) => one.year === year).map(({ changedBy }) => changedBy)
  return yearView(year, changes, actor, await displayNames(tx, services.keys, named))
}

export const checkNotice = operation(contract.checkNotice, async ({ tx, actor, params, body }) => {
  const { days, errors, warnings } = readNotice(params.year, body.text)
  const known = knownYears(await calendarChanges(tx, actor.streetId)).get(params.year)
  const before = new Map(known?.days.map(({ day, working }) => [day, working]))
  const after = new Set(days.map(({ day }) => day))
  const changed =
    days.filter(({ day, working }) => before.get(day) !== working).length +
    [...before.keys()].filter((day) => !after.has(day)).length
  return { days: [...days], errors: [...errors], warnings: [...warnings], changed }
})
