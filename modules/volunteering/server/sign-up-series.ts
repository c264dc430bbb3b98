/** 报全部: all dates to come of an activity or of its series in one act, each by itself. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { activitiesOf, findActivity, shiftsOf } from './activity-store.ts'
import { takePlace, whom } from './sign-up.ts'

/** More dates than anybody signs up for at once; the rest is signed up for later. */
const mostDates = 60

/** Shifts are locked in one order, so that two people who sign up for the same series do not wait for each other. */
export const signUpSeries = operation(contract.signUpSeries, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const first = await findActivity(tx, streetId, call.params.id)
  if (!first || first.state === 'draft') throw new Refusal('volunteering/not-found')
  if (first.state !== 'open') throw new Refusal('volunteering/wrong-state')
  const person = await whom(call, first, body.personId)
  const all =
    body.whole === 'series' && first.series_id !== null
      ? await activitiesOf(tx, streetId, {
          when: 'coming',
          at,
          seriesId: first.series_id,
          areaIds: undefined,
          kind: undefined,
          ids: undefined,
        })
      : [first]
  const open = new Map(all.flatMap((one) => (one.state === 'open' ? [[one.id, one] as const] : [])))
  const shifts = (await shiftsOf(tx, streetId, [...open.keys()])).filter((shift) => shift.ends_at > at)
  const dates = shifts.slice(0, mostDates)
  const found = new Map<string, { state: 'joined' | 'waiting' | null; why: string | null }>()
  for (const shift of [...dates].sort((a, b) => a.id.localeCompare(b.id))) {
    const activity = open.get(shift.activity_id)
    if (activity) found.set(shift.id, await tryPlace(() => takePlace(call, person, activity, shift)))
  }
  return {
    items: dates.map((shift) => ({
      shiftId: shift.id,
      title: open.get(shift.activity_id)?.title ?? '',
      startsAt: shift.starts_at.toISOString(),
      ...(found.get(shift.id) ?? { state: null, why: null }),
    })),
  }
})

async function tryPlace(take: () => Promise<'joined' | 'waiting'>) {
  try {
    return { state: await take(), why: null }
  } catch (error) {
    if (error instanceof Refusal) return { state: null, why: error.code }
    throw error
  }
}
