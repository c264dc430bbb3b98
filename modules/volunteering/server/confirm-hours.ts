import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { personOfAccount } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { earns, gradeOf } from '../rules/evidence-grade.ts'
import { decideConfirm } from '../rules/may-confirm.ts'
import { type Acting, checks, humansBehind, inStreet, isSameHuman } from './acting.ts'
import { awardFor } from './award-for.ts'
import { groupsOfPeople } from './group-store.ts'
import { note } from './on-site.ts'
import {
  findSession,
  lockSession,
  lockSessions,
  type SessionRow,
  sessionsOnNotice,
  sessionsShown,
  strikeSessions,
} from './session-store.ts'
import { confirmFacts, isHeldByObjection, sessionView, sessionViews, witnessOf } from './session-view.ts'
import { tellStruck } from './tell-volunteers.ts'

/** 时长: what the actor's areas have to confirm, to look after and to enter. */
export const listSessions = operation(contract.listSessions, async (call) => {
  const { tx, actor, at, query } = call
  const rows = await sessionsShown(tx, actor.streetId, query.show, query.activityId, at)
  const items = await sessionViews(call, rows)
  call.audit({ subjectType: 'service-sessions', detail: { rows: items.length } })
  return { items }
})

/**
 * 确认: by a second person, in the capacity that they have. Each row by itself: one's own among many is refused by its
 * own name and the others are kept. What rises above honour after it was entered earns its points now.
 */
export const confirmHours = operation(contract.confirmHours, async (call) => {
  const { tx, actor, body } = call
  const { streetId } = actor
  const rows = await inStreet(call, () => lockSessions(tx, streetId, body.ids))
  const witness = await witnessOf(call, rows)
  const me = await personOfAccount(tx, streetId, actor.accountId)
  const items: { id: string; session: contract.SessionView | null; why: string | null }[] = []
  for (const id of body.ids) {
    const row = rows.find((one) => one.id === id)
    const facts = row && confirmFacts(call, witness, row)
    // Whoever has no part in it is told the same as of a row that is not there.
    if (!row || !facts || (facts.may.length === 0 && !facts.isOwn)) {
      items.push({ id, session: null, why: 'volunteering/not-found' })
      continue
    }
    const decision = decideConfirm(facts)
    if (!decision.ok) {
      items.push({ id, session: null, why: decision.why })
      continue
    }
    const now = await inStreet(call, async () => {
      await note(call, row, {
        kind: 'confirmed',
        capacity: decision.capacity,
        byPerson: me?.id ?? null,
      })
      const after = await findSession(tx, streetId, id)
      if (after) await awardIfRaised(call, row, after)
      return after
    })
    call.audit({ subjectType: 'service-session', subjectId: id, detail: { capacity: decision.capacity } })
    items.push({ id, session: now ? sessionView(call, witness, now) : null, why: null })
  }
  if (items.every(({ why }) => why !== null))
    call.audit({ subjectType: 'service-session', outcome: 'refused' })
  return { items }
})

/** The caller reaches the street. */
async function awardIfRaised(call: Acting, before: SessionRow, after: SessionRow): Promise<void> {
  const rose = !earns(gradeOf(before.source, before.evidence)) && earns(gradeOf(after.source, after.evidence))
  if (rose && after.state === 'entered') await awardFor(call, after)
}

/** 公示: what members of the recording organisation see, and object to, before it is entered. */
export const listNotice = operation(contract.listNotice, async (call) => {
  const { tx, actor, at } = call
  const people = await humansBehind(call)
  const items = await inStreet(call, async () => {
    const groups = await groupsOfPeople(tx, actor.streetId, [...people])
    return sessionsOnNotice(
      tx,
      actor.streetId,
      groups.map(({ id }) => id),
      at,
    )
  })
  return { items: await sessionViews(call, items) }
})

/** 异议: by a member, in the days of the notice; the record waits until somebody settles it. */
export const objectToHours = operation(contract.objectToHours, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const people = await humansBehind(call)
  const me = await personOfAccount(tx, streetId, actor.accountId)
  const row = await inStreet(call, async () => {
    const found = await lockSession(tx, streetId, call.params.id)
    const groups = await groupsOfPeople(tx, streetId, [...people])
    if (!found || !groups.some(({ id }) => id === found.group_id)) throw new Refusal('volunteering/not-found')
    if (found.state !== 'published' || found.notice_until === null || found.notice_until < at)
      throw new Refusal('volunteering/hours-over')
    const before = found.evidence.filter(
      ({ kind, byAccount }) => kind === 'objected' && byAccount === actor.accountId,
    )
    if (before.length > 0) throw new Refusal('volunteering/objected-already')
    await note(call, found, {
      kind: 'objected',
      capacity: 'member',
      byPerson: me?.id ?? null,
      words: body.words.trim(),
    })
    return findSession(tx, streetId, found.id)
  })
  call.audit({ subjectType: 'service-session', subjectId: call.params.id })
  if (!row) throw new Error('locked above')
  return sessionView(call, undefined, row)
})

/** 处理异议: by a third person: neither who recorded it nor whose hours they are. */
export const settleObjection = operation(contract.settleObjection, async (call) => {
  const { tx, actor, at, body } = call
  const row = await lockSession(tx, actor.streetId, call.params.id)
  if (!row || !checks(actor, row.area)) throw new Refusal('volunteering/not-found')
  if (row.state !== 'published' || !isHeldByObjection(row)) throw new Refusal('volunteering/settled-already')
  const mine = await humansBehind(call)
  if (mine.has(row.person_id)) throw new Refusal('volunteering/own-hours')
  if (await isSameHuman(call, row.recorded_by, mine)) throw new Refusal('volunteering/recorded-by-you')
  const words = body.words.trim()
  const open = row.evidence.filter(({ kind }) => kind === 'objected').length
  const settled = row.evidence.filter(({ kind }) => kind === 'objection-settled').length
  for (let left = open - settled; left > 0; left--)
    await note(call, row, { kind: 'objection-settled', capacity: 'staff', byPerson: null, words })
  if (body.upheld) {
    await strikeSessions(tx, actor.streetId, [row.id], { account: actor.accountId, words, at })
    tellStruck(call, [row])
  }
  call.audit({ subjectType: 'service-session', subjectId: row.id, detail: { upheld: body.upheld } })
  const after = await findSession(tx, actor.streetId, row.id)
  if (!after) throw new Error('locked above')
  return sessionView(call, undefined, after)
})
