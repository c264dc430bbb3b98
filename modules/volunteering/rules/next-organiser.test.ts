import { expect, test } from 'vitest'
import { nextOrganiser, type Turn } from './next-organiser.ts'

const turn = (organisationId: string, on: string): Turn => ({ organisationId, on })

test.each([
  ['nobody yet', [], undefined],
  ['one alone takes no turns', [turn('fire', '2026-01-01'), turn('fire', '2026-02-01')], undefined],
  ['whoever did it longest ago', [turn('gas', '2026-03-01'), turn('fire', '2026-01-01')], 'fire'],
  [
    'what counts is the last time of each',
    [turn('gas', '2026-03-01'), turn('fire', '2026-01-01'), turn('fire', '2026-06-01')],
    'gas',
  ],
  [
    'three in turn',
    [turn('gas', '2026-03-01'), turn('fire', '2026-04-01'), turn('power', '2026-02-01')],
    'power',
  ],
  ['the same day: always the same answer', [turn('gas', '2026-03-01'), turn('fire', '2026-03-01')], 'fire'],
] as const)('%s', (_, turns, next) => {
  expect(nextOrganiser(turns)).toBe(next)
})
