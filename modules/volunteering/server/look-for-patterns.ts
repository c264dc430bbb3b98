/** Looks through the records for what asks for a call-back: in activities, and between two people. */
import { dayMs } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { phoneIndexes } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { findPairPatterns, type PairFinding, pairOf } from '../rules/pair-patterns.ts'
import { drawSample, type Finding, findPatterns } from '../rules/patterns.ts'
import type { Noting } from './on-site.ts'
import { type PairServiceRow, pairServices, type SeenRow, seenSince } from './pair-store.ts'
import {
  activitiesToLookAt,
  type CheckRow,
  checksOfActivities,
  checksOfPairs,
  minutesSince,
  putCheck,
  sessionFacts,
} from './pattern-store.ts'

const windowMs = 30 * dayMs
/** Rule: decision 0043: what two people do for one another comes slowly. */
const pairWindowMs = 90 * dayMs

/** Looks through what these areas have on notice. @returns how many new checks it asks for */
export async function lookThrough(call: Noting, areas: readonly string[]): Promise<number> {
  return (await lookAtActivities(call, areas)) + (await lookAtPairs(call, areas))
}

async function lookAtActivities(call: Noting, areas: readonly string[]): Promise<number> {
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
      const before = looked.filter((one) => one.activity_id === activity.id)
      const about = { activityId: activity.id }
      if (await askAbout(call, { about, area: activity.area, finding, before })) found += 1
    }
  }
  return found
}

async function lookAtPairs(call: Noting, areas: readonly string[]): Promise<number> {
  const { tx, actor, at } = call
  const { streetId } = actor
  const since = new Date(at.getTime() - pairWindowMs)
  const pairs = new Map<string, PairServiceRow[]>()
  for (const row of await pairServices(tx, streetId, areas, since)) {
    const key = pairOf(row).join(':')
    pairs.set(key, [...(pairs.get(key) ?? []), row])
  }
  if (pairs.size === 0) return 0
  const people = [...new Set([...pairs.values()].flat().flatMap(pairOf))]
  const seen = await seenSince(tx, streetId, people, since)
  const looked = await checksOfPairs(tx, streetId, people)
  let found = 0
  for (const services of pairs.values()) {
    const [newest] = services
    if (!newest) continue
    const pair = pairOf(newest)
    const before = looked.filter((one) => one.one_person === pair[0] && one.other_person === pair[1])
    for (const finding of findPairPatterns({ services, seenElsewhere: seenBeside(seen, pair) }))
      if (await askAbout(call, { about: { pair }, area: newest.area, finding, before })) found += 1
  }
  return found
}

function seenBeside(seen: readonly SeenRow[], pair: readonly [string, string]): Map<string, number> {
  const sums = new Map<string, number>()
  for (const { person_id, served_id, minutes } of seen)
    if (served_id === null || !pair.includes(served_id))
      sums.set(person_id, (sums.get(person_id) ?? 0) + minutes)
  return sums
}

interface Asking {
  about: { activityId: string } | { pair: readonly [string, string] }
  area: string
  finding: Finding | PairFinding
  /** What was asked about the same before. */
  before: readonly CheckRow[]
}

/** What was called back once is not asked again; what came afterwards is. @returns whether the check is new */
async function askAbout(call: Noting, { about, area, finding, before }: Asking): Promise<boolean> {
  const settled = before.filter((one) => one.pattern === finding.pattern && one.state !== 'open')
  const known = new Set(settled.flatMap((one) => one.session_ids))
  const fresh = finding.sessions.filter((id) => !known.has(id))
  if (settled.length > 0 && fresh.length === 0) return false
  return putCheck(call.tx, call.actor.streetId, {
    id: call.newId(),
    area,
    about,
    pattern: finding.pattern,
    facts: finding.facts,
    sessions: fresh,
    sample: (checkId) => drawSample(fresh, checkId),
    at: call.at,
  })
}

export const lookForPatterns = operation(contract.lookForPatterns, async (call) => {
  const found = await lookThrough(call, call.actor.scope.areas)
  call.audit({ subjectType: 'hour-patterns', detail: { found } })
  return { found }
})
