import { expect, test } from 'vitest'
import { caseStates } from '../../cases/contract.ts'
import { countLines, decideListing, isMeasurable, mayHandOver, violationStage } from './violation.ts'

test('every state of a case is a stage; put right only what was re-checked and solved, never what was handed over', () => {
  expect(caseStates.map((state) => violationStage(state, 'solved', false))).toEqual([
    'to-give',
    'to-give',
    'rectifying',
    'rectifying',
    'to-check',
    'put-right',
    'put-right',
    'dropped',
    'dropped',
  ])
  for (const state of ['answered', 'closed'] as const) {
    expect(violationStage(state, 'unsolved', true)).toBe('handed-over')
    expect(violationStage(state, 'unsolved', false)).toBe('left')
    expect(violationStage(state, 'partly', true)).toBe('left')
    expect(violationStage(state, null, false)).toBe('left')
  }
})

const plain = {
  state: 'pending' as const,
  isPetition: false,
  isTask: false,
  special: null,
  isOrderFromAbove: false,
  photosBefore: 1,
  photosAfter: 0,
}
test.each([
  [{}, 'given'],
  [{ state: 'accepted' as const, special: 'violation' as const }, 'given'],
  [{ photosBefore: 0 }, 'safety/photo-before-missing'],
  [{ state: 'result-submitted' as const, photosAfter: 1 }, 'listed'],
  [{ state: 'answered' as const, photosAfter: 2 }, 'listed'],
  [{ state: 'answered' as const }, 'safety/photo-after-missing'],
  [{ state: 'answered' as const, special: 'violation' as const, photosAfter: 1 }, 'safety/case-elsewhere'],
  [{ state: 'in-progress' as const }, 'safety/case-elsewhere'],
  [{ state: 'closed' as const, photosAfter: 1 }, 'safety/case-elsewhere'],
  [{ special: 'hazard' as const }, 'safety/case-elsewhere'],
  [{ special: 'mediation' as const }, 'safety/case-elsewhere'],
  [{ isTask: true }, 'safety/case-elsewhere'],
  [{ isOrderFromAbove: true }, 'safety/case-elsewhere'],
  [{ isPetition: true, state: 'in-progress' as const }, 'safety/petition-is-no-violation'],
])('a case that is %j: %s', (more, said) => {
  const decision = decideListing({ ...plain, ...more })
  expect(decision.ok ? decision.as : decision.why).toBe(said)
})

test('a size is written down until somebody else has re-checked; what waits or stands still is not handed over', () => {
  expect(caseStates.filter(isMeasurable)).toEqual(['assigned', 'in-progress', 'result-submitted'])
  const calm = { waits: false, suspended: false }
  expect(caseStates.filter((state) => mayHandOver({ state, ...calm }))).toEqual(['assigned', 'in-progress'])
  expect(mayHandOver({ state: 'assigned', waits: true, suspended: false })).toBe(false)
  expect(mayHandOver({ state: 'assigned', waits: false, suspended: true })).toBe(false)
})

test('lines are counted once each; square metres only of what was put right, with how many were measured', () => {
  const line = { kind: 'structure', areaId: 'c1', month: '2026-09', stage: 'put-right' as const }
  const counted = countLines([
    { ...line, removedCm2: 123_500 },
    { ...line, removedCm2: 1 },
    { ...line, removedCm2: null },
    { ...line, stage: 'to-check', removedCm2: 700_000 },
    { ...line, month: '2026-10', kind: 'posting', removedCm2: null },
  ])
  expect(counted).toEqual([
    { ...line, count: 3, measured: 2, removedCm2: 123_501 },
    { ...line, stage: 'to-check', count: 1, measured: 0, removedCm2: 0 },
    { ...line, month: '2026-10', kind: 'posting', count: 1, measured: 0, removedCm2: 0 },
  ])
})
