import { expect, test } from 'vitest'
import { caseStates } from '../words.ts'
import { mergeRefusal } from './merge-target.ts'

const leak = { standard: 'local', code: 'LX01' }
const child = { id: 'child', matter: leak }
const parent = { id: 'parent', state: 'in-progress' as const, matter: { ...leak, isPublic: true } }

test('two cases of one public matter merge; a case without a matter takes on its parent’s', () => {
  expect(mergeRefusal(child, parent)).toBeUndefined()
  expect(mergeRefusal({ ...child, matter: null }, parent)).toBeUndefined()
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
    { ...parent, matter: { ...leak, isPublic: false } },
    { ...parent, matter: { ...leak, code: 'LX02', isPublic: true } },
    { ...parent, matter: { ...leak, standard: 'GB/T 47678.5', isPublic: true } },
    { ...parent, matter: null },
  ])
    expect(mergeRefusal(child, other)).toBe('cases/merge-matter-differs')
})

test('one word that came by two ways is joined whatever its matter, while the parent is open', () => {
  const personal = { ...parent, matter: { ...leak, isPublic: false } }
  expect(mergeRefusal(child, personal, true)).toBeUndefined()
  expect(mergeRefusal(child, { ...personal, matter: null }, true)).toBeUndefined()
  expect(mergeRefusal(child, { ...personal, state: 'closed' }, true)).toBe('cases/merge-target-wrong')
})

test('one matter in two versions of the catalogue is one matter', () => {
  const older = { ...leak, id: 'version of 2025', isPublic: true }
  const newer = { ...leak, id: 'version of 2026' }
  expect(mergeRefusal({ ...child, matter: newer }, { ...parent, matter: older })).toBeUndefined()
})
