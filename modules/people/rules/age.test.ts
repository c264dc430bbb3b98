import { expect, test } from 'vitest'
import { ageOn, birthRefusal, consentState } from './age.ts'

test.each([
  ['2012-09-14', '2026-09-14', 14],
  ['2012-09-15', '2026-09-14', 13],
  ['2008-02-29', '2026-02-28', 17],
  ['2008-02-29', '2026-03-01', 18],
  ['1926-01-01', '2026-09-14', 100],
])('born %s, on %s somebody is %i', (birthOn, day, age) => {
  expect(ageOn(birthOn, day)).toBe(age)
})

test('the day before the fourteenth birthday nobody is registered, on the birthday they are', () => {
  expect(birthRefusal('2012-09-15', '2026-09-14')).toBe('people/too-young')
  expect(birthRefusal('2012-09-15', '2026-09-15')).toBeUndefined()
})

test('a birth day to come, no day at all, or one of another century is refused', () => {
  for (const wrong of ['2026-09-15', '2026-02-30', '1890-01-01', 'x'])
    expect(birthRefusal(wrong, '2026-09-14')).toBe('people/birth-wrong')
})

test('under eighteen the last word of the guardian counts, at eighteen nobody is asked', () => {
  expect(consentState('2010-01-01', '2026-09-14', null)).toBe('missing')
  expect(consentState('2010-01-01', '2026-09-14', 'given')).toBe('given')
  expect(consentState('2010-01-01', '2026-09-14', 'withdrawn')).toBe('withdrawn')
  expect(consentState('2008-09-14', '2026-09-14', 'withdrawn')).toBe('not-needed')
})
