import { expect, test } from 'vitest'
import { singleKey } from './key-acts.ts'

const pressed = (key: string, more: Partial<Parameters<typeof singleKey>[0]> = {}) =>
  singleKey({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    shiftKey: false,
    isComposing: false,
    keyCode: 0,
    ...more,
  })

test.each([
  ['a letter', pressed('a'), 'a'],
  ['a letter under caps lock', pressed('A'), 'a'],
  ['the question mark, which needs shift', pressed('?', { shiftKey: true }), '?'],
  ['the question mark of a Chinese keyboard', pressed('？', { shiftKey: true }), '?'],
  ['a letter while an input method composes', pressed('a', { isComposing: true }), undefined],
  ['a letter that an input method took', pressed('a', { keyCode: 229 }), undefined],
  ['a key of the browser', pressed('a', { ctrlKey: true }), undefined],
  ['a key of a screen reader or the system', pressed('a', { altKey: true }), undefined],
  ['a capital letter', pressed('A', { shiftKey: true }), undefined],
  ['a key that is no letter', pressed('ArrowDown'), undefined],
])('%s', (_, key, wanted) => {
  expect(key).toBe(wanted)
})
