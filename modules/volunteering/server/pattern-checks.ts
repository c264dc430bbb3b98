/** 异常核查: patterns in the records ask for a sample to be called back; until then nothing of the activity is entered. */
import { maskPhone } from '../../../lib/mask.ts'
import { dayMs } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaChain } from '../../areas/server/index.ts'
import { contactOf, phoneIndexes } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { drawSample, findPatterns } from '../rules/patterns.ts'
import { type Acting, checks, humansBehind, inStreet, isSameHuman } from './acting.ts'
import type { Noting } from './on-site.ts'
import {
  activitiesToLookAt,
  type CallRow,
  type CheckRow,
  callsOf,
  checksOfActivities,
  checksShown,
  lockCheck,
  minutesSince,
  putCheck,
  sessionFacts,
  settleCheck,
  writeCall,
} from './pattern-store.ts'
import { findSession, strikeSessions, struckOf } from './session-store.ts'
import { tellStruck } from './tell-volunteers.ts'

const windowMs = 30 * dayMs

/** Looks through what these areas have on notice. @returns how many new checks it asks for */
export async function lookThrough(call: Noting, areas: readonly string[]): Promise<number> {
  const { tx, actor, at } = call
  const { streetId } = actor
  const since = new Date(at.getTime() - windowMs)
  const activities = await activitiesToLookAt(tx, streetId, areas, since)
  if (activities.length === 0) return 0
  const ids = activities.map(({ id }) => id)
  const sessions = await sessionFacts(tx, streetId, ids)
  const people = [...new Set(sessions.map((row) => row.person_id))]
  const phones = await phoneIndexes(tx, streetId, people)
  const monthMinutes = await minutesSince(tx, streetId, people, since)
  const looked = await checksOfActivities(tx, streetId, ids)
  let found = 0
  for (const activity of activities) {
    const facts = {
      createdAt: activity.created_at,
      firstStartsAt: activity.first_starts_at,
      lastEndsAt: activity.last_ends_at,
      places: activity.places,
      monthMinutes,
      sessions: sessions
        .filter((row) => row.activity_id === activity.id)
        .map((row) => ({
          id: row.id,
          person: row.person_id,
          phone: phones.get(row.person_id),
          signIn: row.sign_in ?? undefined,
          devices: row.devices,
          source: row.source,
          byCode: row.by_code,
          minutes: row.minutes,
          recordedAt: row.recorded_at,
          confirmedAt: row.confirmed_at.map((text) => new Date(text)),
        })),
    }
    for (const finding of findPatterns(facts, at)) {
      const settled = looked.filter(
        (one) => one.activity_id === activity.id && one.pattern === finding.pattern && one.state !== 'open',
      )
      // What was called back once is not asked again; what came afterwards is.
      const known = new Set(settled.flatMap((one) => one.session_ids))
      const fresh = finding.sessions.filter((id) => !known.has(id))
      if (settled.length > 0 && fresh.length === 0) continue
      const isNew = await putCheck(tx, streetId, {
        id: call.newId(),
        area: activity.area,
        activityId: activity.id,
        pattern: finding.pattern,
        facts: finding.facts,
        sessions: fresh,
        sample: (checkId) => drawSample(fresh, checkId),
        at,
      })
      if (isNew) found += 1
    }
  }
  return found
}

export const lookForPatterns = operation(contract.lookForPatterns, async (call) => {
  const found = await lookThrough(call, call.actor.scope.areas)
  call.audit({ subjectType: 'hour-patterns', detail: { found } })
  return { found }
})

async function checkViews(call: Acting, rows: readonly CheckRow[]): Promise<contract.PatternView[]> {
  const { tx, actor, services } = call
  const calls = await callsOf(
    tx,
    actor.streetId,
    rows.map(({ id }) => id),
  )
  const views: contract.PatternView[] = []
  for (const row of rows) {
    const [area] = (await areaChain(tx, actor.streetId, row.area)).slice(-1)
    const sampled: contract.PatternView['sample'] = []
    for (const each of calls) if (each.check_id === row.id) sampled.push(await sampleView(each))
    views.push({
      id: row.id,
      activityId: row.activity_id,
      title: row.title,
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

/** By somebody who neither made the activity nor leads it. @throws Refusal */
async function checkToSettle(call: Acting, id: string): Promise<CheckRow> {
  const row = await lockCheck(call.tx, call.actor.streetId, id)
  if (!row || !checks(call.actor, row.area)) throw new Refusal('volunteering/not-found')
  if (row.state !== 'open') throw new Refusal('volunteering/settled-already')
  const mine = await humansBehind(call)
  if ((row.lead_id !== null && mine.has(row.lead_id)) || (await isSameHuman(call, row.created_by, mine)))
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
