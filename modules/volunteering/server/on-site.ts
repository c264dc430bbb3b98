/** Being there: the code on the board at the place, arriving by it and leaving by it. */
import { addDays, dayOf, endOfDay } from '../../../lib/time.ts'
import { takeHits } from '../../../platform/change-limit.ts'
import { txOn } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { type PersonRow, personOfAccount } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import type { Capacity, EvidenceKind } from '../hour-words.ts'
import {
  codeTries,
  codeTryWindowSeconds,
  isOnSiteTime,
  isSiteCode,
  type KeyedHash,
  shownCode,
} from '../rules/site-code.ts'
import { noticeDays } from '../settings.ts'
import { type Acting, humansBehind, inStreet, isOverlap, isSameHuman, myself, runs } from './acting.ts'
import type { ActivityRow, ShiftRow } from './activity-store.ts'
import { insertEvidence } from './evidence-store.ts'
import {
  countRunning,
  endSession,
  findSession,
  forgotten,
  insertSession,
  runningInShift,
  runningOf,
  type SessionRow,
  strikeSessions,
} from './session-store.ts'
import { sessionView } from './session-view.ts'
import { shiftOf } from './sign-up.ts'
import { findSignUp } from './sign-up-store.ts'

const minuteMs = 60_000
/** Service that runs over its shift is real service; what comes later than this was a forgotten code. */
const overtimeMs = 60 * minuteMs
const forgottenMs = 3 * 60 * minuteMs

/** What a job has of a call too. */
export type Noting = Pick<Acting, 'tx' | 'actor' | 'at' | 'services' | 'newId'>

const hashOf =
  ({ services }: Acting): KeyedHash =>
  (text) =>
    services.keys.blindIndex('shift-code', text)

/** The end of the notice: whole days after the day of publication. */
// Rule: rules.md §8: shown to the members of the organisation for three days or more before it is entered.
export async function noticeEnd({ tx, actor, at }: Noting): Promise<Date> {
  return endOfDay(addDays(dayOf(at), await readSetting(tx, actor.streetId, noticeDays, at)))
}

/** @throws Refusal volunteering/not-found to whoever neither leads nor runs it */
async function shiftToLead(call: Acting, id: string): Promise<{ shift: ShiftRow; activity: ActivityRow }> {
  const { shift, activity } = await shiftOf(call, id)
  if (!runs(call.actor, activity.area)) {
    const me = await personOfAccount(call.tx, call.actor.streetId, call.actor.accountId)
    if (me === undefined || activity.lead_id !== me.id) throw new Refusal('volunteering/not-found')
  }
  return { shift, activity }
}

/** 到场码: for the board at the place. */
export const getSiteCode = operation(contract.getSiteCode, async (call) => {
  const { tx, actor, at } = call
  const { shift, activity } = await shiftToLead(call, call.params.id)
  if (activity.state !== 'open' || !isOnSiteTime(shift, at)) throw new Refusal('volunteering/not-now')
  const { code, nextAt } = shownCode(hashOf(call), shift.id, at)
  const here = await inStreet(call, () => countRunning(tx, actor.streetId, shift.id))
  return { code, nextAt: nextAt.toISOString(), title: activity.title, here }
})

/** Tries are counted beside the act, so that a refusal takes no count back. @throws Refusal of the code */
async function checkCode(call: Acting, shift: ShiftRow, code: string): Promise<void> {
  const { at, actor } = call
  if (!isOnSiteTime(shift, at)) throw new Refusal('volunteering/not-now')
  const hits = await call.takeNumber((pool) =>
    takeHits(txOn(pool), `site-code:${actor.accountId}:${shift.id}`, at, codeTryWindowSeconds),
  )
  if (hits > codeTries)
    throw new Refusal('volunteering/code-too-often', { retryAfterSeconds: codeTryWindowSeconds })
  if (!isSiteCode(hashOf(call), shift.id, code, at)) throw new Refusal('volunteering/code-wrong')
}

/**
 * Whoever can show the board to themselves has no evidence in its code: they count as lead, and a witness has to
 * confirm them.
 */
async function capacityOnSite(call: Acting, me: PersonRow, activity: ActivityRow): Promise<Capacity> {
  if (activity.lead_id === me.id || runs(call.actor, activity.area)) return 'lead'
  const mine = await humansBehind(call)
  for (const account of [activity.created_by, activity.opened_by])
    if (account !== null && (await isSameHuman(call, account, mine))) return 'lead'
  return 'volunteer'
}

/** 到场. The database holds one person in one place, whatever is pressed where at once. */
export const arrive = operation(contract.arrive, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const { shift, activity } = await shiftOf(call, call.params.id)
  const me = await myself(call)
  if (activity.state !== 'open') throw new Refusal('volunteering/wrong-state')
  await checkCode(call, shift, body.code)
  const capacity = await capacityOnSite(call, me, activity)
  const id = call.newId()
  const row = await inStreet(call, async () => {
    if ((await findSignUp(tx, streetId, shift.id, me.id))?.state !== 'joined')
      throw new Refusal('volunteering/not-joined')
    await closeForgotten(call, me.id)
    const startedAt = new Date(Math.max(at.getTime(), shift.starts_at.getTime()))
    try {
      await insertSession(tx, streetId, {
        id,
        area: activity.area,
        person: me,
        groupId: activity.group_id,
        activityId: activity.id,
        shiftId: shift.id,
        needId: null,
        sheetId: null,
        servedId: null,
        source: 'on-site',
        startedAt,
        endedAt: null,
        noticeUntil: null,
        by: actor.accountId,
        at,
      })
    } catch (error) {
      if (isOverlap(error)) throw new Refusal('volunteering/elsewhere-now')
      throw error
    }
    await note(
      call,
      { id, area: activity.area, account_id: me.account_id },
      {
        kind: 'arrived',
        capacity,
        byPerson: me.id,
        device: body.device,
      },
    )
    return findSession(tx, streetId, id)
  })
  call.audit({ subjectType: 'person', subjectId: me.id, detail: { shift: shift.id, arrived: capacity } })
  if (!row) throw new Error('just inserted')
  return sessionView(call, undefined, row)
})

/** 离场: the hours go on notice from here. */
export const leave = operation(contract.leave, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const { shift, activity } = await shiftOf(call, call.params.id)
  const me = await myself(call)
  await checkCode(call, shift, body.code)
  const running = await runningOf(tx, streetId, me.id)
  if (running?.shift_id !== shift.id) throw new Refusal('volunteering/not-arrived')
  const capacity = await capacityOnSite(call, me, activity)
  const row = await inStreet(call, async () => {
    const session = await findSession(tx, streetId, running.id)
    if (!session) throw new Refusal('volunteering/not-arrived')
    const endedAt = new Date(Math.min(at.getTime(), shift.ends_at.getTime() + overtimeMs))
    await note(call, session, { kind: 'left', capacity, byPerson: me.id, device: body.device })
    await endOrStrike(call, session, endedAt, '开始之前就离开了')
    return findSession(tx, streetId, running.id)
  })
  call.audit({ subjectType: 'person', subjectId: me.id, detail: { shift: shift.id, left: capacity } })
  if (!row) throw new Error('locked above')
  return sessionView(call, undefined, row)
})

/** 代为离场: for those who forgot; without their own code such hours wait for a witness. */
export const endForOthers = operation(contract.endForOthers, async (call) => {
  const { tx, actor, at, body } = call
  const { shift, activity } = await shiftToLead(call, call.params.id)
  const endedAt = new Date(body.endedAt)
  if (endedAt > at || endedAt <= shift.starts_at || endedAt.getTime() > shift.ends_at.getTime() + overtimeMs)
    throw new Refusal('volunteering/times-wrong')
  const ended = await inStreet(call, async () => {
    const rows = await runningInShift(tx, actor.streetId, shift.id)
    for (const row of rows) {
      await note(call, row, { kind: 'left', capacity: 'lead', byPerson: null })
      await endOrStrike(call, row, endedAt, '离场时间早于到场时间')
    }
    return rows.length
  })
  call.audit({ subjectType: 'activity', subjectId: activity.id, detail: { shift: shift.id, ended } })
  return { ended }
})

/** Who forgot to leave is taken to have left when the shift ended; the caller reaches the rows. */
export async function closeForgotten(call: Noting, personId?: string): Promise<void> {
  const before = new Date(call.at.getTime() - forgottenMs)
  for (const row of await forgotten(call.tx, call.actor.streetId, before, personId)) {
    await note(call, row, { kind: 'left', capacity: 'lead', byPerson: null })
    await endOrStrike(call, row, row.ends_at, '没有离场，也没有到开始时间')
  }
}

async function endOrStrike(
  call: Noting,
  row: Pick<SessionRow, 'id' | 'started_at'>,
  endedAt: Date,
  words: string,
): Promise<void> {
  const { tx, actor, at } = call
  if (endedAt.getTime() - row.started_at.getTime() < minuteMs)
    await strikeSessions(tx, actor.streetId, [row.id], { account: actor.accountId, words, at })
  else await endSession(tx, actor.streetId, row.id, endedAt, await noticeEnd(call), at)
}

export interface NewNote {
  kind: EvidenceKind
  capacity: Capacity
  byPerson: string | null
  words?: string | null
  /** The mark that the browser drew by lot, if it said one. */
  device?: string | undefined
}

/** One line of evidence by whoever acts; sign-in and browser are kept as keyed hashes, which only say "the same again". */
export async function note(
  call: Noting,
  session: Pick<SessionRow, 'id' | 'area' | 'account_id'>,
  { kind, capacity, byPerson, words = null, device }: NewNote,
): Promise<void> {
  const { tx, actor, at, services } = call
  await insertEvidence(tx, actor.streetId, {
    id: call.newId(),
    sessionId: session.id,
    area: session.area,
    accountId: session.account_id,
    kind,
    capacity,
    by: actor.accountId,
    byPerson,
    signIn: actor.sessionId === null ? null : services.keys.blindIndex('sign-in', actor.sessionId),
    device: device === undefined ? null : services.keys.blindIndex('device-mark', device),
    words,
    at,
  })
}
