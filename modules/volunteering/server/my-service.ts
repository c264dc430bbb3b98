/** What a volunteer sees of themselves, and the feed of their shifts for a calendar. */
import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { dayMs } from '../../../lib/time.ts'
import { systemActor } from '../../../platform/actor.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findStreet, streetRoot } from '../../areas/server/index.ts'
import { personOfAccount } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { calendarText } from '../rules/calendar-text.ts'
import { humansBehind, inStreet, myself } from './acting.ts'
import { committeesOf } from './group-store.ts'
import { sessionsOfPerson, sessionsToWitness } from './session-store.ts'
import { sessionView, sessionViews } from './session-view.ts'
import { calendarOf } from './sign-up-store.ts'
import { findVolunteer, personOfCalendar, setCalendarIndex } from './volunteer-store.ts'
import { volunteerViews } from './volunteers.ts'

export const getMyService = operation(contract.getMyService, async (call) => {
  const { tx, actor } = call
  const { streetId } = actor
  const me = await personOfAccount(tx, streetId, actor.accountId)
  const row = me && (await findVolunteer(tx, streetId, me.id))
  const [volunteer = null] = row ? await volunteerViews(call, [row]) : []
  const own = me ? await inStreet(call, () => sessionsOfPerson(tx, streetId, me.id)) : []
  const people = await humansBehind(call)
  const asked = await inStreet(call, async () => {
    return sessionsToWitness(tx, streetId, [...people], await committeesOf(tx, streetId, [...people]))
  })
  return {
    volunteer,
    sessions: own.map((one) => sessionView(call, undefined, one)),
    toConfirm: (await sessionViews(call, asked)).filter(({ mayConfirm }) => mayConfirm),
    hasCalendar: row?.calendar_index != null,
  }
})

const tokenIndex = (
  call: { services: { keys: { blindIndex(purpose: string, value: string): string } } },
  token: string,
) => call.services.keys.blindIndex('volunteer-calendar', token)

/** The token is shown once and kept as a keyed hash; a new one ends the one before. */
export const makeCalendarLink = operation(contract.makeCalendarLink, async (call) => {
  const { tx, actor } = call
  const me = await myself(call)
  if (!(await findVolunteer(tx, actor.streetId, me.id))) throw new Refusal('volunteering/not-a-volunteer')
  const token = randomBytes(24).toString('base64url')
  await setCalendarIndex(tx, actor.streetId, me.id, tokenIndex(call, token))
  const { code } = await tx.one(
    sql<{ code: string }>`select code from streets where street_id = ${actor.streetId}`,
  )
  call.audit({ subjectType: 'person', subjectId: me.id })
  return { path: `/api/volunteer-calendars/${code}/${token}` }
})

/** A feed is asked again and again: what is long over is left out. */
const calendarPastMs = 90 * dayMs

/** 192 bits stand between a stranger and somebody's shifts; the feed names activities and places, and no person. */
export const getCalendar = operation(contract.getCalendar, async (call) => {
  const { tx, params, at } = call
  const street = await findStreet(tx, params.street)
  if (!street) throw new Refusal('volunteering/not-found')
  await call.enter({ ...systemActor(street.streetId, 'none'), scope: { areas: [], organisations: [] } })
  await call.enter(systemActor(street.streetId, (await streetRoot(tx, street.streetId)).path))
  const personId = await personOfCalendar(tx, street.streetId, tokenIndex(call, params.token))
  if (personId === undefined) throw new Refusal('volunteering/not-found')
  const since = new Date(at.getTime() - calendarPastMs)
  const lines = (await calendarOf(tx, street.streetId, personId, since)).map((row) => ({
    id: row.shift_id,
    title: row.title,
    place: row.place_text,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    state: row.cancelled
      ? ('cancelled' as const)
      : row.state === 'joined'
        ? ('sure' as const)
        : ('open' as const),
  }))
  call.sendAs({ name: 'volunteering.ics', mediaType: 'text/calendar; charset=utf-8' })
  return Buffer.from(calendarText('志愿服务', lines, at))
})
