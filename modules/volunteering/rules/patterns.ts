import type { ActivityPattern, SessionSource } from '../hour-words.ts'

export interface SessionFact {
  readonly id: string
  readonly person: string
  /** Blind index of the person's phone. */
  readonly phone: string | undefined
  /** Blind index of the sign-in that entered it. */
  readonly signIn: string | undefined
  /** Blind indexes of the marks of the browsers by which they came and left. */
  readonly devices: readonly string[]
  readonly source: SessionSource
  /** Came by the code on site. */
  readonly byCode: boolean
  readonly minutes: number
  readonly recordedAt: Date
  readonly confirmedAt: readonly Date[]
}

export interface ActivityFacts {
  readonly createdAt: Date
  readonly firstStartsAt: Date
  readonly lastEndsAt: Date
  readonly places: number
  readonly sessions: readonly SessionFact[]
  /** Minutes of each person over thirty days, this activity included. */
  readonly monthMinutes: ReadonlyMap<string, number>
}

export interface Finding {
  readonly pattern: ActivityPattern
  /** Counts and minutes that make it one. */
  readonly facts: Readonly<Record<string, number>>
  /** The records that it is about; empty where nobody came. */
  readonly sessions: readonly string[]
}

const minuteMs = 60_000
/** Rule: CCTV, 17 July 2025 (edge.md 3.10): hours were entered within two minutes and sold at eight yuan. */
const hastyMs = 2 * minuteMs
/** Rule: rules.md §8: the same phone for three people or more; more than forty hours in a month. */
const peoplePerPhone = 3
const steepMinutes = 40 * 60
/** Rule: edge.md 3.10: activities of fifty to five hundred places made up for a target. */
const manyPlaces = 50

/** What in the records of one activity asks for a check by call-back. It accuses nobody: a person calls and decides. */
export function findPatterns(facts: ActivityFacts, at: Date): Finding[] {
  return [ghost, enteredAtOnce, hastyConfirmation, sharedPhone, nobodyCame, steepMonth].flatMap(
    (find) => find(facts, at) ?? [],
  )
}

const idsOf = (sessions: readonly SessionFact[]) => sessions.map(({ id }) => id)
const minutesOf = (sessions: readonly SessionFact[]) =>
  sessions.reduce((sum, { minutes }) => sum + minutes, 0)

/** One accomplice who comes by code hides nobody: who came without is asked about all the same. */
function ghost(facts: ActivityFacts): Finding | undefined {
  const { createdAt, firstStartsAt } = facts
  const unseen = facts.sessions.filter(({ byCode }) => !byCode)
  if (unseen.length === 0 || createdAt < firstStartsAt) return undefined
  return {
    pattern: 'ghost-activity',
    facts: { people: unseen.length, minutes: minutesOf(unseen), places: facts.places },
    sessions: idsOf(unseen),
  }
}

function enteredAtOnce({ sessions, createdAt }: ActivityFacts): Finding | undefined {
  const quick = sessions.filter(
    ({ byCode, recordedAt }) => !byCode && recordedAt.getTime() - createdAt.getTime() <= hastyMs,
  )
  if (quick.length === 0) return undefined
  return {
    pattern: 'entered-at-once',
    facts: { people: quick.length, minutes: minutesOf(quick) },
    sessions: idsOf(quick),
  }
}

function hastyConfirmation({ sessions }: ActivityFacts): Finding | undefined {
  const hasty = sessions.filter(
    ({ source, recordedAt, confirmedAt }) =>
      source !== 'on-site' && confirmedAt.some((one) => one.getTime() - recordedAt.getTime() <= hastyMs),
  )
  if (hasty.length === 0) return undefined
  return {
    pattern: 'hasty-confirmation',
    facts: { people: hasty.length, minutes: minutesOf(hasty) },
    sessions: idsOf(hasty),
  }
}

function sharedPhone({ sessions }: ActivityFacts): Finding | undefined {
  const shared = (keysOf: (one: SessionFact) => readonly string[]) => {
    const people = new Map<string, Set<string>>()
    for (const one of sessions)
      for (const key of keysOf(one)) people.set(key, (people.get(key) ?? new Set()).add(one.person))
    return sessions.filter((one) => keysOf(one).some((key) => (people.get(key)?.size ?? 0) >= peoplePerPhone))
  }
  const found = new Set([
    ...shared(({ phone }) => (phone === undefined ? [] : [phone])),
    ...shared(({ devices }) => devices),
    // A sheet is entered for many from one sign-in; codes are the volunteers' own.
    ...shared(({ signIn, source }) => (source === 'by-hand' || signIn === undefined ? [] : [signIn])),
  ])
  if (found.size === 0) return undefined
  return { pattern: 'shared-phone', facts: { people: found.size }, sessions: idsOf([...found]) }
}

/** Names on a paper sheet are nobody who came: a large activity without a single code is asked about. */
function nobodyCame({ places, sessions, lastEndsAt }: ActivityFacts, at: Date): Finding | undefined {
  if (places < manyPlaces || at <= lastEndsAt || sessions.some(({ byCode }) => byCode)) return undefined
  return { pattern: 'nobody-came', facts: { places, people: sessions.length }, sessions: idsOf(sessions) }
}

function steepMonth({ sessions, monthMinutes }: ActivityFacts): Finding | undefined {
  const steep = sessions.filter(({ person }) => (monthMinutes.get(person) ?? 0) > steepMinutes)
  if (steep.length === 0) return undefined
  const most = Math.max(...steep.map(({ person }) => monthMinutes.get(person) ?? 0))
  return { pattern: 'steep-month', facts: { people: steep.length, minutes: most }, sessions: idsOf(steep) }
}

const smallestSample = 3
const sampleShare = 0.1

/**
 * Whom to call back: a tenth, three at least, drawn by the id of the check, so that nobody picks and the same check
 * always draws the same. Rule: rules.md §8 asks for five per cent or more.
 */
export function drawSample(sessions: readonly string[], checkId: string): string[] {
  const size = Math.min(sessions.length, Math.max(smallestSample, Math.ceil(sessions.length * sampleShare)))
  return sessions
    .map((id) => ({ id, draw: hashOf(`${checkId}:${id}`) }))
    .sort((a, b) => a.draw - b.draw || a.id.localeCompare(b.id))
    .slice(0, size)
    .map(({ id }) => id)
}

/** FNV-1a over 32 bits: an even spread is all that a draw needs. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0
  return hash
}
