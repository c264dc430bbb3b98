/** A year's notice is put in force or taken back; every street then counts its running deadlines again in a job. */
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../calendar-operations.ts'
import { knownYears } from '../rules/calendar-history.ts'
import { readNotice } from '../rules/read-notice.ts'
import { forgetCalendar } from './calendar.ts'
import { addCalendarChange, calendarChanges, holdCalendar } from './calendar-store.ts'
import { calendarYearOf } from './read-calendar.ts'

const inOneLine = (days: readonly contract.CalendarDay[]): string =>
  days.map(({ day, working, name }) => `${day} ${working} ${name}`).join()

export const importNotice = operation(contract.importNotice, async (call) => {
  const { tx, actor, at, params, body } = call
  const { days, errors } = readNotice(params.year, body.text)
  if (errors.length > 0)
    throw new Refusal('cases/notice-unreadable', {
      errors: errors.slice(0, 20).map(({ zh, en }) => ({ path: '/body/text', message: `${zh} · ${en}` })),
    })
  await holdCalendar(tx)
  const known = knownYears(await calendarChanges(tx, actor.streetId)).get(params.year)
  if (known && inOneLine(known.days) === inOneLine(days)) throw new Refusal('cases/calendar-same')
  const id = call.newId()
  await addCalendarChange(tx, actor.streetId, {
    id,
    year: params.year,
    act: 'import',
    undoes: null,
    source: body.source.trim(),
    days,
    at,
    by: actor.accountId,
  })
  afterChange(call, id)
  return calendarYearOf(call, params.year)
})

export const undoImport = operation(contract.undoImport, async (call) => {
  const { tx, actor, at, params, body } = call
  await holdCalendar(tx)
  const changes = await calendarChanges(tx, actor.streetId)
  const found = changes.find(
    ({ id, year, act }) => id === body.importId && year === params.year && act === 'import',
  )
  if (!found) throw new Refusal('cases/import-not-found')
  if (knownYears(changes).get(params.year)?.importId !== found.id)
    throw new Refusal('cases/import-not-latest')
  const id = call.newId()
  await addCalendarChange(tx, actor.streetId, {
    id,
    year: params.year,
    act: 'undo',
    undoes: found.id,
    source: found.source,
    days: [],
    at,
    by: actor.accountId,
  })
  afterChange(call, id)
  return calendarYearOf(call, params.year)
})

type Changing = Pick<
  Call<typeof contract.importNotice>,
  'params' | 'actor' | 'at' | 'audit' | 'job' | 'afterwards'
>

/** This street counts again at once; the others within minutes, when their own turn of the job comes. */
function afterChange({ params, actor, at, audit, job, afterwards }: Changing, changeId: string): void {
  audit({ subjectType: 'calendar', subjectId: String(params.year), detail: { changeId, year: params.year } })
  job({ task: 'cases.recountDeadlines', payload: {}, runAt: at })
  afterwards(async () => forgetCalendar(actor.streetId))
}
