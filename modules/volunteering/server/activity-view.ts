import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaRefs } from '../../areas/server/index.ts'
import { peopleById, personOfAccount } from '../../people/server/index.ts'
import type { ActivityView } from '../contract.ts'
import { isInsured } from '../rules/may-serve.ts'
import { type Acting, checks, inStreet, runs } from './acting.ts'
import {
  type ActivityRow,
  evaluationsOf,
  findActivity,
  notToEvaluate,
  type ShiftRow,
  shiftsOf,
} from './activity-store.ts'
import { runningOf } from './session-store.ts'
import { type SignUpRow, signUpsOfPerson } from './sign-up-store.ts'

/** Activities as the actor sees them, in the order given. */
export async function activityViews(acting: Acting, rows: readonly ActivityRow[]): Promise<ActivityView[]> {
  const { tx, actor, at } = acting
  const { streetId } = actor
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const areas = await areaRefs(
    tx,
    streetId,
    rows.map((row) => row.area_id),
  )
  const { organisations } = await postIndex(tx, streetId)
  const shifts = new Map<string, ShiftRow[]>()
  for (const shift of await shiftsOf(tx, streetId, ids))
    shifts.set(shift.activity_id, [...(shifts.get(shift.activity_id) ?? []), shift])
  const me = await personOfAccount(tx, streetId, actor.accountId)
  const mine = new Map(
    (me ? await signUpsOfPerson(tx, streetId, me.id) : []).map((row) => [row.shift_id, row]),
  )
  const here = me ? await runningOf(tx, streetId, me.id) : undefined
  // Names of leads and what the served said are rows of others; both come out masked and as counts.
  const { leads, said, silent } = await inStreet(acting, async () => ({
    silent: await notToEvaluate(tx, streetId, ids, { account: actor.accountId, person: me?.id ?? null }),
    leads: await peopleById(
      tx,
      streetId,
      rows.flatMap((row) => row.lead_id ?? []),
    ),
    said: new Map((await evaluationsOf(tx, streetId, ids)).map((one) => [one.activity_id, one])),
  }))
  return rows.map((row) => {
    const own = shifts.get(row.id) ?? []
    const isRunner = runs(actor, row.area)
    const leadsIt = me !== undefined && row.lead_id === me.id
    const { satisfied = 0, all = 0 } = said.get(row.id) ?? {}
    return {
      id: row.id,
      area: areas.get(row.area_id) ?? null,
      groupId: row.group_id,
      groupName: row.group_name,
      seriesId: row.series_id,
      seriesName: row.series_name,
      festival: row.festival,
      organiser:
        row.organiser_id === null
          ? null
          : { id: row.organiser_id, name: organisations.get(row.organiser_id)?.name ?? '' },
      kind: row.kind,
      title: row.title,
      content: row.content,
      placeText: row.place_text,
      risk: row.risk,
      insured: isInsured(insuranceOf(row), own),
      insurancePolicy: isRunner ? row.insurance_policy : null,
      skill: row.skill,
      minAge: row.min_age,
      leadName: leads.get(row.lead_id ?? '')?.name_masked ?? null,
      state: row.state,
      cancelledReason: row.cancelled_reason,
      shifts: own.map((shift) => shiftView(shift, mine.get(shift.id), here?.shift_id)),
      evaluations: { satisfied, all },
      version: row.version,
      can: {
        open: isRunner && row.state === 'draft',
        cancel: isRunner && row.state !== 'cancelled',
        run: isRunner,
        showCode: row.state === 'open' && (isRunner || leadsIt),
        evaluate:
          row.state === 'open' &&
          own.some(({ starts_at }) => starts_at <= at) &&
          !hasInterest(acting, row) &&
          !leadsIt &&
          !silent.has(row.id),
      },
    }
  })
}

/** Who answers for an activity does not praise it: the desk that runs it and whoever checks its hours. */
export const hasInterest = ({ actor }: Pick<Acting, 'actor'>, { area }: Pick<ActivityRow, 'area'>): boolean =>
  runs(actor, area) || checks(actor, area)

export const insuranceOf = (row: ActivityRow) => ({
  risk: row.risk,
  policy: row.insurance_policy,
  from: row.insured_from,
  until: row.insured_until,
})

/** Null for whoever gave the place back or let it go by. */
export const currentState = (
  state: SignUpRow['state'] | undefined,
): 'joined' | 'waiting' | 'offered' | null =>
  state === 'joined' || state === 'waiting' || state === 'offered' ? state : null

const shiftView = (row: ShiftRow, mine: SignUpRow | undefined, here: string | null | undefined) => ({
  id: row.id,
  startsAt: row.starts_at.toISOString(),
  endsAt: row.ends_at.toISOString(),
  places: row.places,
  taken: row.taken,
  waiting: row.waiting,
  mine: currentState(mine?.state),
  offeredUntil: mine?.offered_until?.toISOString() ?? null,
  here: here === row.id,
})

/** @throws Refusal volunteering/not-found, also for a draft of somebody else's area */
export async function activityView(acting: Acting, id: string): Promise<ActivityView> {
  const row = await findActivity(acting.tx, acting.actor.streetId, id)
  if (!row || (row.state === 'draft' && !runs(acting.actor, row.area)))
    throw new Refusal('volunteering/not-found')
  const [view] = await activityViews(acting, [row])
  if (!view) throw new Error('a view for each row')
  return view
}
