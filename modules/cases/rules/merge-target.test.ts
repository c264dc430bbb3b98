import { expect, test } from 'vitest'
import { caseStates } from '../words.ts'
import { mergeRefusal } from './merge-target.ts'

const child = { id: 'child', matterId: 'leak' }
const parent = { id: 'parent', state: 'in-progress' as const, matterId: 'leak', matterIsPublic: true }

test('two cases of one public matter merge; a case without a matter takes on its parent’s', () => {
  expect(mergeRefusal(child, parent)).toBeUndefined()
  expect(mergeRefusal({ ...child, matterId: null }, parent)).toBeUndefined()
})

test('a parent that is not there, is the case itself, or is at its end is no parent', () => {
  expect(mergeRefusal(child, undefined)).toBe('cases/merge-target-wrong')
  expect(mergeRefusal(child, { ...parent, id: 'child' })).toBe('cases/merge-target-wrong')
  for (const state of caseStates)
    expect(mergeRefusal(child, { ...parent, state }), state).toBe(
      ['closed', 'declined', 'merged'].includes(state) ? 'cases/merge-target-wrong' : undefined,
    )
})

test('a personal matter, another matter or none at all is never merged', () => {
  for (const other of [
    { ...parent, matterIsPublic: false },
    { ...parent, matterId: 'noise' },
    { ...parent, matterId: null },
  ])
    expect(mergeRefusal(child, other)).toBe('cases/merge-matter-differs')
})
