/** Each hour: what of an agreement is due to be said today, each once, to the parties and to whoever keeps it. */
import { dayOf, endOfDay } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import type { Keys } from '../../../platform/keys.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { type Reminder, remindersDue } from '../rules/mediation-days.ts'
import { isWithin } from './acting.ts'
import { openParty } from './mediation-seal.ts'
import {
  allMediators,
  type MediationRow,
  partiesOf,
  partyRow,
  runningAgreements,
  takeReminder,
} from './mediation-store.ts'
import { tellKeepers, tellParties } from './tell-parties.ts'

export async function remindMediations(call: JobCall): Promise<void> {
  const { tx, at, actor } = call
  const { streetId } = actor
  for (const row of await runningAgreements(tx, streetId)) {
    const facts = { confirmBy: row.confirm_by, applied: row.applied, duties: row.performance }
    for (const due of remindersDue(facts, dayOf(at))) {
      const { case_id, area } = row
      if (await takeReminder(tx, streetId, { case_id, area, reminder: due.reminder, about: due.about }, at))
        await say(call, row, due)
    }
  }
}

async function say(call: JobCall, row: MediationRow, { reminder, about, dueOn }: Reminder): Promise<void> {
  const { tx, actor } = call
  const dueAt = endOfDay(dueOn)
  const dedupe = `${reminder}.${about}`
  const parties = await partiesOf(tx, actor.streetId, [row.case_id])
  const isCourt = reminder === 'court-10' || reminder === 'court-3'
  if (isCourt || reminder === 'duty-due')
    tellKeepers(
      call,
      row,
      await keepersOf(call, row),
      isCourt ? 'safety.court-days' : 'safety.duty-due',
      dueAt,
      dedupe,
    )
  if (reminder === 'duty-due') return
  const whose = row.performance.find(({ id }) => id === about)?.partyId
  tellParties(
    call,
    row,
    isCourt ? parties : parties.filter(({ id }) => id === whose),
    isCourt ? 'safety.court-days' : 'safety.duty-soon',
    { facts: { due: dueAt.toISOString() }, dedupe },
  )
}

/** The community's or the street's desk, by the tier at which it was settled, and who mediated. */
async function keepersOf({ tx, actor }: JobCall, row: MediationRow): Promise<string[]> {
  const { posts } = await postIndex(tx, actor.streetId)
  const desk: readonly string[] = row.tier === 'street' ? ['dispatcher', 'duty-head'] : ['clerk', 'secretary']
  const atDesk = [...posts.values()].filter(
    ({ current, role, areaPath }) =>
      current && desk.includes(role) && areaPath !== null && isWithin(row.area, areaPath),
  )
  const mediators = (await allMediators(tx, actor.streetId)).filter(({ id }) => row.mediator_ids.includes(id))
  return [
    ...new Set([
      ...atDesk.map(({ accountId }) => accountId),
      ...mediators.flatMap(({ account_id }) => account_id ?? []),
    ]),
  ]
}

/** For a notice to a party without an account; undefined when they gave no phone. */
export async function phoneOfParty(
  { tx, keys, streetId }: { tx: Tx; keys: Keys; streetId: number },
  id: string,
): Promise<string | undefined> {
  const row = await partyRow(tx, streetId, id)
  return row ? (openParty(keys, row, 'phone') ?? undefined) : undefined
}
