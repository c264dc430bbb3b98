import { expect, test } from 'vitest'
import { evidenceOf } from './evidence.ts'

const entry = (act: string, files: readonly string[], pass?: boolean) => ({ act, pass, files })

test('what was found stands beside what is there now, and neither among what was said in between', () => {
  expect(
    evidenceOf([
      entry('file', ['a']),
      entry('violation', ['b']),
      entry('contact', ['letter']),
      entry('submit-result', ['c']),
      entry('check', ['d'], true),
    ]),
  ).toEqual({ before: ['a', 'b'], after: ['c', 'd'] })
})

test('a re-check that was not passed takes back what was shown as its end, and so does a reopening', () => {
  const failed = [entry('file', ['a']), entry('submit-result', ['b']), entry('check', ['c'], false)]
  expect(evidenceOf(failed)).toEqual({ before: ['a', 'c'], after: [] })
  expect(evidenceOf([...failed, entry('solve-on-spot', ['d'])])).toEqual({ before: ['a', 'c'], after: ['d'] })
  expect(evidenceOf([entry('file', ['a']), entry('solve-on-spot', ['b']), entry('reopen', ['c'])])).toEqual({
    before: ['a', 'c'],
    after: [],
  })
})

test('of what was solved on the spot the first photos show what was found, as many as were said', () => {
  const spot = { act: 'solve-on-spot', pass: undefined, files: ['a', 'b', 'c'] }
  expect(evidenceOf([{ ...spot, photosBefore: 1 }])).toEqual({ before: ['a'], after: ['b', 'c'] })
  expect(evidenceOf([spot])).toEqual({ before: [], after: ['a', 'b', 'c'] })
})
