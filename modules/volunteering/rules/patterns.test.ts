import { expect, test } from 'vitest'
import { type ActivityFacts, drawSample, findPatterns, type SessionFact } from './patterns.ts'

const at = new Date('2026-09-14T10:00:00Z')
const after = (minutes: number) => new Date(at.getTime() + minutes * 60_000)

/** One who came by code; `more` makes it something else. */
const session = (id: string, more: Partial<SessionFact> = {}): SessionFact => ({
  id,
  person: `p-${id}`,
  phone: `phone-${id}`,
  signIn: `sign-in-${id}`,
  devices: [`device-${id}`],
  source: 'on-site',
  byCode: true,
  minutes: 120,
  recordedAt: after(-180),
  confirmedAt: [after(-10)],
  ...more,
})
/** A day of service that was planned a week ahead. */
const honest = (more: Partial<ActivityFacts> = {}): ActivityFacts => ({
  createdAt: after(-7 * 1440),
  firstStartsAt: after(-180),
  lastEndsAt: after(-60),
  places: 20,
  sessions: ['a', 'b', 'c', 'd'].map((id) => session(id)),
  monthMinutes: new Map([['p-a', 600]]),
  ...more,
})
const found = (facts: ActivityFacts) => findPatterns(facts, at).map(({ pattern }) => pattern)
const byHand = (id: string, more: Partial<SessionFact> = {}) =>
  session(id, {
    source: 'by-hand',
    byCode: false,
    signIn: 'desk',
    devices: [],
    recordedAt: after(-30),
    confirmedAt: [],
    ...more,
  })

test('an honest activity raises nothing, and its sheet of latecomers neither', () => {
  expect(found(honest())).toEqual([])
  expect(found(honest({ sessions: [session('a'), byHand('b'), byHand('c'), byHand('d')] }))).toEqual([])
})

test('the case of 2025: an administrator makes up an activity of the past and enters fifty people’s hours in two minutes', () => {
  const createdAt = after(-3)
  const sold = Array.from({ length: 50 }, (_, i) =>
    byHand(String(i), { recordedAt: after(-2), confirmedAt: [after(-1)], minutes: 480 }),
  )
  const facts = honest({ createdAt, places: 500, sessions: sold })
  expect(findPatterns(facts, at)).toMatchObject([
    { pattern: 'ghost-activity', facts: { people: 50, minutes: 24_000, places: 500 } },
    { pattern: 'entered-at-once', facts: { people: 50 } },
    { pattern: 'hasty-confirmation', facts: { people: 50 } },
    { pattern: 'nobody-came', facts: { places: 500, people: 50 } },
  ])
})

test.each([
  ['fifty places, and nobody came', { places: 50, sessions: [] }, ['nobody-came']],
  ['forty-nine places, and nobody came', { places: 49, sessions: [] }, []],
  ['fifty places of an activity that still runs', { places: 50, sessions: [], lastEndsAt: after(1) }, []],
  [
    'written down when it was over, by hand',
    { createdAt: after(-100), sessions: [byHand('a')] },
    ['ghost-activity'],
  ],
  [
    'written down when it was over, yet all came by code',
    { createdAt: after(-100), sessions: [session('a')] },
    [],
  ],
  [
    'written down when it was over, and one accomplice came by code',
    { createdAt: after(-100), sessions: [session('a'), byHand('b')] },
    ['ghost-activity'],
  ],
  [
    'fifty places filled on paper alone',
    { places: 50, sessions: ['a', 'b', 'c'].map((id) => byHand(id)) },
    ['nobody-came'],
  ],
  ['fifty places and one code', { places: 50, sessions: [session('a'), byHand('b')] }, []],
  [
    'entered two minutes after it was written down',
    { createdAt: after(-200), sessions: [byHand('a', { recordedAt: after(-198) })] },
    ['entered-at-once'],
  ],
  [
    'entered three minutes after',
    { createdAt: after(-200), sessions: [byHand('a', { recordedAt: after(-197) })] },
    [],
  ],
  [
    'confirmed two minutes after it was entered',
    { sessions: [byHand('a', { confirmedAt: [after(-28)] })] },
    ['hasty-confirmation'],
  ],
  ['confirmed three minutes after', { sessions: [byHand('a', { confirmedAt: [after(-27)] })] }, []],
  [
    'codes that the lead confirms at once',
    { sessions: [session('a', { recordedAt: after(-61), confirmedAt: [after(-60)] })] },
    [],
  ],
  [
    'one phone for three people',
    { sessions: ['a', 'b', 'c'].map((id) => session(id, { phone: 'one' })) },
    ['shared-phone'],
  ],
  ['one phone for a couple', { sessions: ['a', 'b'].map((id) => session(id, { phone: 'one' })) }, []],
  [
    'one sign-in that came for three',
    { sessions: ['a', 'b', 'c'].map((id) => session(id, { signIn: 'one' })) },
    ['shared-phone'],
  ],
  [
    'three people who sign in and out on one phone',
    { sessions: ['a', 'b', 'c'].map((id) => session(id, { devices: [`of-${id}`, 'one'] })) },
    ['shared-phone'],
  ],
  [
    'a phone lent to a neighbour',
    { sessions: ['a', 'b'].map((id) => session(id, { devices: [`of-${id}`, 'one'] })) },
    [],
  ],
  [
    'people without a phone',
    { sessions: ['a', 'b', 'c'].map((id) => session(id, { phone: undefined })) },
    [],
  ],
  ['forty hours in a month', { monthMinutes: new Map([['p-a', 2400]]) }, []],
  ['more than forty hours in a month', { monthMinutes: new Map([['p-a', 2401]]) }, ['steep-month']],
] as const)('%s', (_, more, patterns) => {
  expect(found(honest(more as Partial<ActivityFacts>))).toEqual(patterns)
})

test('a sample is a tenth and three at least, drawn by the check and not by a person', () => {
  const ids = Array.from({ length: 100 }, (_, i) => `session-${i}`)
  const sample = drawSample(ids, 'check-1')
  expect(sample).toHaveLength(10)
  expect(new Set(sample).size).toBe(10)
  expect(drawSample([...ids].reverse(), 'check-1')).toEqual(sample)
  expect(drawSample(ids, 'check-2')).not.toEqual(sample)
  expect(drawSample(ids.slice(0, 5), 'check-1')).toHaveLength(3)
  expect(drawSample(ids.slice(0, 2), 'check-1')).toHaveLength(2)
})
