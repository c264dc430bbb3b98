import { expect, test } from 'vitest'
import { caseStates } from '../../cases/contract.ts'
import { campaignRuns, candidateRefusal, hazardStage } from './hazard.ts'

test('every state of a case is a stage on the ledger; done only after the re-check, and unsolved is never done', () => {
  expect(caseStates.map((state) => [state, hazardStage(state, 'solved')])).toEqual([
    ['pending', 'to-give'],
    ['accepted', 'to-give'],
    ['assigned', 'rectifying'],
    ['in-progress', 'rectifying'],
    ['result-submitted', 'to-check'],
    ['answered', 'done'],
    ['closed', 'done'],
    ['declined', 'dropped'],
    ['merged', 'dropped'],
  ])
  expect(hazardStage('closed', 'unsolved')).toBe('long-term')
})

const plain = {
  state: 'pending' as const,
  isPetition: false,
  isTask: false,
  special: null,
  isOrderFromAbove: false,
}
test.each([
  [{}, undefined],
  [{ state: 'accepted' as const }, undefined],
  [{ state: 'accepted' as const, special: 'hazard' as const }, undefined],
  [{ isPetition: true }, 'safety/petition-is-no-hazard'],
  [{ isPetition: true, state: 'in-progress' as const }, 'safety/petition-is-no-hazard'],
  [{ special: 'mediation' as const }, 'safety/case-elsewhere'],
  [{ isTask: true }, 'safety/case-elsewhere'],
  [{ isOrderFromAbove: true }, 'safety/case-elsewhere'],
  [{ state: 'in-progress' as const }, 'safety/case-elsewhere'],
  [{ state: 'closed' as const }, 'safety/case-elsewhere'],
])('a case that is %j: %s', (more, refusal) => {
  expect(candidateRefusal({ ...plain, ...more })).toBe(refusal)
})

test('a campaign runs from its first day to its last, or until somebody ends it', () => {
  const days = { from: '2026-09-01', until: '2026-09-30', ended: false }
  expect(
    ['2026-08-31', '2026-09-01', '2026-09-30', '2026-10-01'].map((day) => campaignRuns(days, day)),
  ).toEqual([false, true, true, false])
  expect(campaignRuns({ ...days, ended: true }, '2026-09-10')).toBe(false)
})
