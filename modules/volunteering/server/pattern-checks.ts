/** 异常核查: patterns in the records ask for a sample to be called back; until then nothing of the activity is entered. */
import { maskPhone } from '../../../lib/mask.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaChain } from '../../areas/server/index.ts'
import { contactOf, peopleById } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { type Acting, checks, humansBehind, inStreet, isSameHuman } from './acting.ts'
import {
  type CallRow,
  type CheckRow,
  callsOf,
  checksShown,
  lockCheck,
  settleCheck,
  writeCall,
} from './pattern-store.ts'
import { findSession, strikeSessions, struckOf } from './session-store.ts'
import { tellStruck } from './tell-volunteers.ts'

const pairIn = ({ one_person, other_person }: CheckRow): string[] =>
  one_person === null || other_person === null ? [] : [one_person, other_person]

async function checkViews(call: Acting, rows: readonly CheckRow[]): Promise<contract.PatternView[]> {
  const { tx, actor, services } = call
  const calls = await callsOf(
    tx,
    actor.streetId,
    rows.map(({ id }) => id),
  )
  const pairs = await inStreet(call, () => peopleById(tx, actor.streetId, rows.flatMap(pairIn)))
  const views: contract.PatternView[] = []
  for (const row of rows) {
    const [area] = (await areaChain(tx, actor.streetId, row.area)).slice(-1)
    const sampled: contract.PatternView['sample'] = []
    for (const each of calls) if (each.check_id === row.id) sampled.push(await sampleView(each))
    views.push({
      id: row.id,
      activityId: row.activity_id,
      title: row.title,
      pair: pairIn(row).map((id) => pairs.get(id)?.name_masked ?? '***'),
      area: area ? { id: area.id, code: area.code, level: area.level, name: area.name } : null,
      pattern: row.pattern,
      facts: row.facts,
      foundAt: row.found_at.toISOString(),
      state: row.state,
      settledWords: row.settled_words,
      sample: sampled,
      can: row.state === 'open' && checks(actor, row.area),
    })
  }
  return views

  async function sampleView(one: CallRow) {
    const phone = (await contactOf(tx, services.keys, actor.streetId, one.person_id))?.phone
    return {
      sessionId: one.session_id,
      personId: one.person_id,
      name: one.name_masked,
      servedName: one.served_masked,
      startedAt: one.started_at.toISOString(),
      phoneMasked: phone === undefined ? null : maskPhone(phone),
      result: one.result,
      words: one.words,
    }
  }
}

export const listPatterns = operation(contract.listPatterns, async (call) => {
  const items = await checkViews(call, await checksShown(call.tx, call.actor.streetId))
  call.audit({ subjectType: 'hour-patterns', detail: { rows: items.length } })
  return { items }
})

/** By somebody who neither made the activity nor leads it, and is none of the two. @throws Refusal */
async function checkToSettle(call: Acting, id: string): Promise<CheckRow> {
  const row = await lockCheck(call.tx, call.actor.streetId, id)
  if (!row || !checks(call.actor, row.area)) throw new Refusal('volunteering/not-found')
  if (row.state !== 'open') throw new Refusal('volunteering/settled-already')
  const mine = await humansBehind(call)
  if (pairIn(row).some((id) => mine.has(id))) throw new Refusal('volunteering/own-hours')
  const made = row.created_by !== null && (await isSameHuman(call, row.created_by, mine))
  if (made || (row.lead_id !== null && mine.has(row.lead_id)))
    throw new Refusal('volunteering/recorded-by-you')
  return row
}

/** 回访: by phone, with what was said. */
export const noteCall = operation(contract.noteCall, async (call) => {
  const { tx, actor, at, body } = call
  const row = await checkToSettle(call, call.params.id)
  const session = await findSession(tx, actor.streetId, body.sessionId)
  const mine = await humansBehind(call)
  if (session && mine.has(session.person_id)) throw new Refusal('volunteering/own-hours')
  if (session && (await isSameHuman(call, session.recorded_by, mine)))
    throw new Refusal('volunteering/recorded-by-you')
  const written = await writeCall(tx, actor.streetId, {
    checkId: row.id,
    sessionId: body.sessionId,
    result: body.result,
    words: body.words?.trim() || null,
    by: actor.accountId,
    at,
  })
  if (!written) throw new Refusal('volunteering/not-found')
  call.audit({
    subjectType: 'pattern-check',
    subjectId: row.id,
    detail: { session: body.sessionId, result: body.result },
  })
  return one(call, row.id)
})

/** 核查结论: cleared only when somebody was reached and nobody said that they were not there. */
export const settlePattern = operation(contract.settlePattern, async (call) => {
  const { tx, actor, at, body } = call
  const row = await checkToSettle(call, call.params.id)
  const calls = await callsOf(tx, actor.streetId, [row.id])
  if (body.outcome === 'cleared') {
    if (calls.some(({ result }) => result === 'was-not-there'))
      throw new Refusal('volunteering/said-not-there')
    const reached = calls.filter(({ result }) => result === 'was-there').length
    if (calls.some(({ result }) => result === null) || (calls.length > 0 && reached * 2 < calls.length))
      throw new Refusal('volunteering/calls-missing')
  } else {
    const words = body.words.trim()
    await strikeSessions(tx, actor.streetId, row.session_ids, { account: actor.accountId, words, at })
    tellStruck(call, await inStreet(call, () => struckOf(tx, actor.streetId, row.session_ids)))
  }
  await settleCheck(tx, actor.streetId, row.id, {
    state: body.outcome,
    words: body.words.trim(),
    by: actor.accountId,
    at,
  })
  call.audit({ subjectType: 'pattern-check', subjectId: row.id, detail: { outcome: body.outcome } })
  return one(call, row.id)
})

async function one(call: Acting, id: string): Promise<contract.PatternView> {
  const row = await lockCheck(call.tx, call.actor.streetId, id)
  const [view] = row ? await checkViews(call, [row]) : []
  if (!view) throw new Error('locked above')
  return view
}
