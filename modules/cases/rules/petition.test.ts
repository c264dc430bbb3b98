import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayOf, daysBetween } from '../../../lib/time.ts'
import { at, calm, personWith, postOf } from '../../testing/act-facts.ts'
import { type Act, acts } from '../words.ts'
import { calendarAfter } from './calendar-history.ts'
import { type CaseFacts, decideAct, decideAll } from './decide-act.ts'
import { latestPetitionEnd, petitionClocks } from './petition.ts'

const calendar = calendarAfter([])
const dayBy = (instant: Date) => dayOf(instant)

describe('fifteen days to be told, sixty from being taken on, thirty more', () => {
  test.each([
    // 2026-09-14 + 15 = 09-29, a Tuesday.
    ['2026-09-14', null, '2026-09-29', '2026-11-30'],
    // The fifteenth day falls into the October holidays: the first worked day after it.
    ['2026-09-17', null, '2026-10-08', '2026-12-01'],
    // Taken on after four days: sixty from then.
    ['2026-09-14', '2026-09-18', '2026-09-29', '2026-11-17'],
  ])('received %s, taken on %s: told by %s, settled by %s', (received, takenOn, told, settled) => {
    const clocks = petitionClocks(received, takenOn, calendar)
    expect([dayBy(clocks.noticeBy), dayBy(clocks.settleBy)]).toEqual([told, settled])
    expect(clocks.provisional).toBe(false)
  })

  test('a year that is not announced is counted and said to be provisional', () => {
    const clocks = petitionClocks('2026-12-10', null, calendar)
    expect(clocks.provisional).toBe(true)
    expect(clocks.words.zh).toMatch(/尚未导入/)
  })

  test('never sooner than the law counts, and never on a day off that it would have rolled over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 250 }), fc.integer({ min: 0, max: 15 }), (offset, taken) => {
        const received = addDays('2026-01-01', offset)
        const { noticeBy, settleBy } = petitionClocks(received, addDays(received, taken), calendar)
        expect(daysBetween(received, dayBy(noticeBy))).toBeGreaterThanOrEqual(15)
        expect(daysBetween(addDays(received, taken), dayBy(settleBy))).toBeGreaterThanOrEqual(60)
        const extended = latestPetitionEnd(settleBy, calendar)
        expect(daysBetween(dayBy(settleBy), dayBy(extended))).toBeGreaterThanOrEqual(30)
        expect(daysBetween(dayBy(settleBy), dayBy(extended))).toBeLessThanOrEqual(30 + 12)
      }),
      { numRuns: 200 },
    )
  })
})

const petition = (more: Partial<CaseFacts> = {}): CaseFacts => ({
  ...calm,
  desk: 'street',
  state: 'in-progress',
  petition: { takenOn: true, extended: false },
  ...more,
})
const street = personWith(postOf('dispatcher'))
const everybody = personWith(
  ...(['dispatcher', 'clerk', 'verifier', 'supervisor', 'handler', 'grid-worker'] as const).map((role) =>
    postOf(role),
  ),
)
const why = (act: Act, facts: CaseFacts, actor = street) => {
  const decision = decideAct(act, facts, actor, at)
  return decision.ok ? 'ok' : decision.why
}

test('no act of an ordinary order is ever open on a petition, and none of its own on an ordinary case', () => {
  const own: readonly Act[] = ['pass-petition', 'notice-petition', 'extend-petition', 'settle-petition']
  const left = Object.keys(decideAll(petition(), everybody, at))
  expect(left.sort()).toEqual(['add', 'approve', 'refuse', 'supervise', 'unmask', ...own].sort())
  for (const act of acts.filter((one) => !left.includes(one) && one !== 'file'))
    expect(why(act, petition(), everybody), act).not.toBe('ok')
  for (const act of own) expect(why(act, { ...petition(), petition: null })).toBe('cases/not-petition')
})

test('told before it is answered, put off once, and told once', () => {
  const waiting = petition({ petition: { takenOn: false, extended: false } })
  expect(why('settle-petition', waiting)).toBe('cases/wrong-state')
  expect(why('extend-petition', waiting)).toBe('cases/wrong-state')
  expect(why('notice-petition', waiting)).toBe('ok')
  expect(why('notice-petition', petition())).toBe('cases/wrong-state')
  expect(why('extend-petition', petition())).toBe('ok')
  expect(why('extend-petition', petition({ petition: { takenOn: true, extended: true } }))).toBe(
    'cases/petition-extended',
  )
  expect(why('settle-petition', petition())).toBe('ok')
})

test('the street desk passes on, a community never; whoever it was passed to answers for themselves', () => {
  const received = petition({ state: 'accepted', petition: { takenOn: false, extended: false } })
  expect(why('pass-petition', received)).toBe('ok')
  expect(why('pass-petition', received, personWith(postOf('clerk')))).toBe('cases/not-at-your-desk')
  expect(why('settle-petition', petition(), personWith(postOf('handler')))).toBe('ok')
  expect(why('register-petition', received)).toBe('cases/is-petition')
})
