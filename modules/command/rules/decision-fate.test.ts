import { expect, test } from 'vitest'
import { decisionFate } from './decision-fate.ts'

const lastMoment = new Date('2026-09-18T15:59:59.999Z')
const after = new Date('2026-09-18T16:00:00Z')

test.each([
  ['answered on its last day: in time', lastMoment, after, 'in-time'],
  ['answered the day after: late', after, after, 'late'],
  ['not answered on its last day: still open', null, lastMoment, 'open'],
  ['not answered the day after: past its date', null, after, 'past-date'],
] as const)('%s', (_, answeredAt, at, fate) => {
  expect(decisionFate('2026-09-18', answeredAt, at)).toBe(fate)
})
