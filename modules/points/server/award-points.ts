/** What earns points: the door that other modules knock at, and the book of hours of the time bank. */
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { type Award, decideAward } from '../rules/decide-award.ts'
import { timeBank } from '../settings.ts'
import { communityOf } from './community.ts'
import { earnedSoFar, findAward, insertAward, oneAtATime, ruleOn } from './earning-store.ts'
import { type AccountKey, openAccount, postTransfer } from './ledger.ts'
import { balancesOf } from './ledger-store.ts'

interface Holder {
  readonly kind: 'person' | 'organisation'
  readonly id: string
  /** ltree path of any area: the community in which it lies keeps the account. */
  readonly area: string
}

export interface AwardAsked {
  /** From whoever awards: the same id again awards nothing more. */
  readonly id: string
  /** Of an earning rule of the street, such as `service` or `teaching`. */
  readonly ruleCode: string
  readonly holder: Holder
  /** What it was earned by; the cap of an activity counts over this id. */
  readonly activityId?: string | undefined
  readonly on: Day
  /** Time of service; a rule by the time does not ask for it. */
  readonly minutes: number
  readonly by: string
  readonly postId?: string | null | undefined
  readonly at: Date
}

export interface AwardMade extends Award {
  /** The transfer has the award's id; null when caps left nothing to book. */
  readonly transferId: string | null
  readonly ruleId: string
}

const accountOf = (holder: Holder, community: string, unit: 'points' | 'minutes'): AccountKey => ({
  kind: holder.kind,
  unit,
  holderId: holder.id,
  area: community,
  organisationId: holder.kind === 'organisation' ? holder.id : undefined,
})

/**
 * Books what a dated rule gives, within its caps. Undefined when the street has no such rule in force on that day.
 * Whoever calls has decided that the service took place and that nobody confirmed their own.
 * The transaction must reach the street (`call.asSystem`, or a job), for a volunteer may live elsewhere.
 */
export async function awardPoints(
  tx: Tx,
  streetId: number,
  asked: AwardAsked,
): Promise<AwardMade | undefined> {
  const { holder, at, by } = asked
  const rule = await ruleOn(tx, streetId, asked.ruleCode, holder.kind, asked.on)
  if (!rule) return undefined
  const community = await communityOf(tx, streetId, holder.area)
  const accountId = await openAccount(tx, accountOf(holder, community.path, 'points'), at)
  await oneAtATime(tx, accountId)
  const known = await findAward(tx, streetId, asked.id)
  if (known)
    return {
      points: known.points,
      uncapped: known.uncapped,
      cappedBy: null,
      transferId: known.points > 0 ? asked.id : null,
      ruleId: known.rule_id,
    }
  const activityId = asked.activityId ?? null
  const sofar = await earnedSoFar(tx, streetId, { accountId, ruleId: rule.id, activityId, on: asked.on })
  const award = decideAward(
    { basis: rule.basis, points: rule.points, capActivity: rule.cap_activity, capDay: rule.cap_day },
    asked.minutes,
    sofar,
  )
  const row = {
    id: asked.id,
    account_id: accountId,
    area: community.path,
    rule_id: rule.id,
    activity_id: activityId,
    on_day: asked.on,
    minutes: asked.minutes,
    uncapped: award.uncapped,
    points: award.points,
    reserve_id: rule.reserve_id,
  }
  await insertAward(tx, streetId, row, { by, at })
  if (award.points > 0) {
    const issuance = await openAccount(
      tx,
      { kind: 'issuance', unit: 'points', holderId: community.id, area: community.path },
      at,
    )
    await postTransfer(tx, {
      id: asked.id,
      cause: 'award',
      lines: [
        { accountId: issuance, amount: -award.points },
        { accountId, amount: award.points },
      ],
      subject: activityId ? { type: 'activity', id: activityId } : undefined,
      by,
      postId: asked.postId,
      at,
    })
  }
  return { ...award, transferId: award.points > 0 ? asked.id : null, ruleId: rule.id }
}

/**
 * Takes an award back, as after a breach; what was capped away stays capped. False when it gave nothing.
 * @throws Refusal points/too-little when the points are spent already
 */
export async function reverseAward(
  tx: Tx,
  streetId: number,
  asked: { id: string; awardId: string; by: string; postId?: string | null; at: Date },
): Promise<boolean> {
  const award = await findAward(tx, streetId, asked.awardId)
  if (!award || award.points === 0) return false
  const community = await communityOf(tx, streetId, award.area)
  const issuance = await openAccount(
    tx,
    { kind: 'issuance', unit: 'points', holderId: community.id, area: community.path },
    asked.at,
  )
  await postTransfer(tx, {
    id: asked.id,
    cause: 'award-reversed',
    lines: [
      { accountId: award.account_id, amount: -award.points },
      { accountId: issuance, amount: award.points },
    ],
    reverses: award.id,
    subject: award.activity_id ? { type: 'activity', id: award.activity_id } : undefined,
    by: asked.by,
    postId: asked.postId,
    at: asked.at,
  })
  return true
}

/**
 * Hours of service into the time bank, if the street keeps one: what goes beyond the most that a person may keep
 * comes to the common pool of the community. Answers how the minutes were shared.
 */
// Rule: rules.md 8: a cap of 1,500 hours, the excess for donation or honour only.
export async function bankMinutes(
  tx: Tx,
  streetId: number,
  asked: { id: string; personId: string; area: string; minutes: number; by: string; at: Date },
): Promise<{ kept: number; pooled: number } | undefined> {
  const { on, mostHours } = await readSetting(tx, streetId, timeBank, asked.at)
  if (!on || asked.minutes <= 0) return undefined
  const community = await communityOf(tx, streetId, asked.area)
  const here = { holderId: community.id, area: community.path, unit: 'minutes' } as const
  const holder = { kind: 'person', id: asked.personId, area: asked.area } as const
  const accountId = await openAccount(tx, accountOf(holder, community.path, 'minutes'), asked.at)
  await oneAtATime(tx, accountId)
  const posted = (await balancesOf(tx, [accountId])).get(accountId)?.posted ?? 0
  const kept = Math.max(0, Math.min(asked.minutes, mostHours * 60 - posted))
  const pooled = asked.minutes - kept
  const issuance = await openAccount(tx, { kind: 'issuance', ...here }, asked.at)
  const pool = await openAccount(tx, { kind: 'pool', ...here }, asked.at)
  await postTransfer(tx, {
    id: asked.id,
    cause: pooled > 0 ? 'surplus-to-pool' : 'award',
    lines: [
      { accountId: issuance, amount: -asked.minutes },
      ...(kept > 0 ? [{ accountId, amount: kept }] : []),
      ...(pooled > 0 ? [{ accountId: pool, amount: pooled }] : []),
    ],
    by: asked.by,
    at: asked.at,
  })
  return { kept, pooled }
}
