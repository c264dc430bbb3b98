/**
 * A year of one street's clocks in memory: cases that are accepted, reached, paused, put off, answered, reported again
 * and merged at random, under a job that wakes irregularly, sleeps for days, runs twice at once and is killed before it
 * commits. What the rules of modules/cases give is held against a plain count by days (count-by-hand.ts).
 */
import { createSeededRandom, type SeededRandom } from '../../lib/seeded-random.ts'
import { dueSoonRule } from '../../modules/cases/rules/clock.ts'
import { type LadderRules, reachedSteps, shippedLadders } from '../../modules/cases/rules/ladder.ts'
import { resumed } from '../../modules/cases/rules/resume-clock.ts'
import { startClocks } from '../../modules/cases/rules/start-clocks.ts'
import { buildWorkingCalendar, shippedCalendar } from '../../modules/cases/rules/working-days.ts'
import {
  type CaseKind,
  type CaseState,
  caseKinds,
  type Urgency,
  urgencies,
} from '../../modules/cases/words.ts'
import type { Violation } from '../proof.ts'
import { type HandCase, handAccept, handMove, handSteps } from './count-by-hand.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const underWay: readonly CaseState[] = ['accepted', 'assigned', 'in-progress', 'result-submitted']

const calendar = buildWorkingCalendar(shippedCalendar.years, shippedCalendar.exceptions)
const rules: LadderRules = { dueSoon: dueSoonRule, ladders: shippedLadders, calendar }

interface SimCase {
  readonly id: number
  readonly kind: CaseKind
  readonly urgency: Urgency
  state: CaseState
  round: number
  startAt: Date
  responseDueAt: Date
  respondedAt: Date | null
  dueAt: Date
  units: { response: string; finish: string }
  suspendedAt: Date | null
  suspendedUntil: Date | null
  /** The same case, counted by hand. */
  hand: HandCase
}

export interface YearResult {
  readonly steps: number
  readonly acts: number
  readonly violations: readonly Violation[]
}

const casesAYear = 12

export function simulateYear(seed: number): YearResult {
  const random = createSeededRandom(`clock-${seed}`)
  // Some years end in one whose days off nobody has announced.
  const begin = Date.parse('2024-01-01T00:00:00+08:00') + random.int(760) * dayMs
  const end = begin + 365 * dayMs
  const arrivals = Array.from({ length: casesAYear }, () => begin + random.int(360 * 24 * 60) * minuteMs)
  arrivals.sort((a, b) => a - b)
  const cases: SimCase[] = []
  const given = new Map<string, number>()
  const expected = new Map<string, number>()
  const violations: Violation[] = []
  let acts = 0
  let now = begin
  while (now < end) {
    now += nextGap(random)
    while ((arrivals[0] ?? Number.POSITIVE_INFINITY) <= now) {
      cases.push(accept(random, cases.length, new Date(arrivals.shift() ?? now)))
      acts++
    }
    for (const one of cases) if (random.chance(0.05) && act(random, one, new Date(now))) acts++
    takeTurn(random, cases, new Date(now), { given, expected, violations, seed })
  }
  for (const [key, at] of expected) {
    const took = given.get(key)
    if (took === undefined) violations.push({ what: 'a step was lost', where: `seed ${seed} ${key}` })
    else if (took !== at) violations.push({ what: 'a step came late', where: `seed ${seed} ${key}` })
  }
  for (const key of given.keys())
    if (!expected.has(key))
      violations.push({ what: 'a step that nothing asked for', where: `seed ${seed} ${key}` })
  return { steps: given.size, acts, violations }
}

/** Mostly minutes to hours; now and then the job sleeps for days. */
function nextGap(random: SeededRandom): number {
  const draw = random.next()
  if (draw < 0.5) return (1 + random.int(60)) * minuteMs
  if (draw < 0.9) return (60 + random.int(300)) * minuteMs
  return draw < 0.99 ? (6 + random.int(18)) * hourMs : (24 + random.int(72)) * hourMs
}

function accept(random: SeededRandom, id: number, at: Date): SimCase {
  const [kind, urgency] = [random.pick(caseKinds), random.pick(urgencies)]
  const clocks = startClocks(at, kind, urgency, null, calendar)
  return {
    id,
    kind,
    urgency,
    state: 'accepted',
    round: 0,
    startAt: at,
    responseDueAt: clocks.responseDueAt,
    respondedAt: null,
    dueAt: clocks.dueAt,
    units: { response: clocks.rule.response.unit, finish: clocks.rule.finish.unit },
    suspendedAt: null,
    suspendedUntil: null,
    hand: handAccept(at.getTime(), clocks.rule),
  }
}

/** Something that people do, if the case allows it now. */
function act(random: SeededRandom, one: SimCase, at: Date): boolean {
  const runs = underWay.includes(one.state)
  switch (random.int(8)) {
    case 0:
    case 1:
      if (!runs || one.respondedAt !== null) return false
      one.respondedAt = at
      one.hand.responded = true
      return true
    case 2:
      if (!runs || one.suspendedUntil !== null) return false
      one.suspendedAt = at
      one.suspendedUntil = new Date(at.getTime() + (1 + random.int(10 * 24)) * hourMs)
      one.hand.pause = { from: at.getTime(), until: one.suspendedUntil.getTime() }
      return true
    case 3:
      return runs && goOn(one, at)
    case 4: {
      if (!runs || one.suspendedUntil !== null) return false
      const later = Math.max(one.dueAt.getTime(), at.getTime()) + (1 + random.int(10)) * dayMs
      one.dueAt = new Date(later)
      one.hand.due = later
      return true
    }
    case 5:
      if (!runs) return false
      goOn(one, at)
      one.state = random.chance(0.8) ? 'answered' : 'merged'
      one.hand.underWay = false
      return true
    default:
      return one.state === 'answered' && reopen(one, at)
  }
}

function reopen(one: SimCase, at: Date): boolean {
  const clocks = startClocks(at, one.kind, one.urgency, null, calendar)
  one.state = 'accepted'
  one.round++
  one.startAt = at
  one.responseDueAt = clocks.responseDueAt
  one.respondedAt = null
  one.dueAt = clocks.dueAt
  one.hand = handAccept(at.getTime(), clocks.rule)
  return true
}

/** A pause ends: by hand, by the result, or with its day. */
function goOn(one: SimCase, at: Date): boolean {
  const until = one.suspendedUntil
  if (until === null) return false
  const after = resumed(one, at < until ? at : until, one.units, calendar)
  one.responseDueAt = after.responseDueAt ?? one.responseDueAt
  one.dueAt = after.dueAt ?? one.dueAt
  one.suspendedAt = null
  one.suspendedUntil = null
  handMove(one.hand, at.getTime())
  return true
}

interface Books {
  given: Map<string, number>
  expected: Map<string, number>
  violations: Violation[]
  seed: number
}

const keyOf = (one: SimCase, step: string, due: number) => `case ${one.id} ${step} round ${one.round} ${due}`

/** Both workers look at the same cases before either has written; each may be killed before it commits. */
function takeTurn(random: SeededRandom, cases: readonly SimCase[], at: Date, books: Books): void {
  const survivors = [0, 1].filter(() => !random.chance(0.05)).length
  if (survivors === 0) return
  for (const one of cases) if (one.suspendedUntil !== null && one.suspendedUntil <= at) goOn(one, at)
  const wanted = cases.flatMap((one) =>
    reachedSteps({ ...one, suspended: one.suspendedUntil !== null }, at, rules).map(({ step, dueAt }) =>
      keyOf(one, step, dueAt.getTime()),
    ),
  )
  for (let worker = 0; worker < survivors; worker++) {
    const seen = new Set<string>()
    for (const key of wanted) {
      if (seen.has(key))
        books.violations.push({ what: 'a step twice in one look', where: `seed ${books.seed} ${key}` })
      seen.add(key)
      // The unique key of the table: the second insert is refused and tells nobody.
      if (!books.given.has(key)) books.given.set(key, at.getTime())
    }
  }
  for (const one of cases)
    for (const { step, due } of handSteps(one.hand, one.urgency, at.getTime())) {
      const key = keyOf(one, step, due)
      if (!books.expected.has(key)) books.expected.set(key, at.getTime())
    }
}
