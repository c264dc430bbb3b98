import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { earns, gradeOf } from '../rules/evidence-grade.ts'
import { minutesBetween } from '../rules/minutes.ts'
import { inStreet, runs } from './acting.ts'
import { awardFor } from './award-for.ts'
import { closeForgotten } from './on-site.ts'
import { lookThrough } from './pattern-checks.ts'
import { checksOfActivities } from './pattern-store.ts'
import { enterRows, lockSessions, sessionsShown } from './session-store.ts'
import { isHeldByObjection } from './session-view.ts'

/**
 * 记入: everything of the actor's areas whose notice is over, for good and in full. What a member objected to and what a
 * pattern asks to call back stays on notice. Points go to what somebody else saw, by the street's rules.
 */
export const enterHours = operation(contract.enterHours, async (call) => {
  const { tx, actor, at } = call
  const { streetId } = actor
  await closeForgotten(call)
  // The patterns are looked for before anything is entered, so that none slips through between two looks.
  const newPatterns = await lookThrough(call, actor.scope.areas)
  const due = (await sessionsShown(tx, streetId, 'due', undefined, at)).filter(({ area }) =>
    runs(actor, area),
  )
  const rows = (
    await lockSessions(
      tx,
      streetId,
      due.map(({ id }) => id),
    )
  ).filter(({ state }) => state === 'published')
  const open = (
    await checksOfActivities(
      tx,
      streetId,
      rows.flatMap((row) => row.activity_id ?? []),
    )
  ).filter(({ state }) => state === 'open')
  const watched = new Set(open.map(({ activity_id }) => activity_id))
  const ready = rows.filter((row) => !isHeldByObjection(row) && !watched.has(row.activity_id ?? ''))
  await enterRows(
    tx,
    streetId,
    ready.map(({ id }) => id),
    { account: actor.accountId, at },
  )
  const points = await inStreet(call, async () => {
    let sum = 0
    for (const row of ready) if (earns(gradeOf(row.source, row.evidence))) sum += await awardFor(call, row)
    return sum
  })
  const minutes = ready.reduce(
    (sum, { started_at, ended_at }) => sum + (ended_at ? minutesBetween(started_at, ended_at) : 0),
    0,
  )
  const report = { entered: ready.length, minutes, points, held: rows.length - ready.length, newPatterns }
  call.audit({ subjectType: 'volunteer-hours', detail: report })
  return report
})
