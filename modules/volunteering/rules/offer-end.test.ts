import { expect, test } from 'vitest'
import { offerEnd } from './offer-end.ts'

const at = new Date('2026-09-14T01:00:00Z')
const inHours = (hours: number) => new Date(at.getTime() + hours * 3_600_000)

test.each([
  ['a shift next week: twelve hours to answer', inHours(168), 12, inHours(12)],
  ['a shift this afternoon: until it begins', inHours(5), 12, inHours(5)],
  ['a shift that begins now is not offered any more', at, 12, undefined],
  ['nor one that began', inHours(-1), 12, undefined],
] as const)('%s', (_, startsAt, hours, end) => {
  expect(offerEnd(at, startsAt, hours)).toEqual(end)
})
