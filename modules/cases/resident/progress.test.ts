import { expect, test } from 'vitest'
import type { CaseSummary, EntryView } from '../contract.ts'
import { progressOf, stepNow } from './progress.ts'

type Seen = Pick<CaseSummary, 'state' | 'rating'>
const at = (state: Seen['state']): Seen => ({ state, rating: null })
let minute = 0
const entry = (act: EntryView['act'], toState: EntryView['toState'] = null): EntryView => ({
  id: String(++minute),
  at: new Date(Date.UTC(2026, 8, 14, 1, minute)).toISOString(),
  act,
  by: { role: 'clerk', place: null },
  mine: false,
  fromState: null,
  toState,
  words: null,
  detail: {},
  files: [],
})
const said = (view: Seen, entries: EntryView[] = []) =>
  progressOf(view, entries).map(({ step, status }) => `${step}:${status}`)

test.each([
  ['pending', 'submitted'],
  ['accepted', 'accepted'],
  ['assigned', 'accepted'],
  ['in-progress', 'in-progress'],
  ['result-submitted', 'in-progress'],
  ['answered', 'to-rate'],
  ['closed', 'done'],
] as const)('%s is the step %s', (state, step) => {
  expect(stepNow(at(state))).toBe(step)
})

test('a new case shows 已受理 as still to come', () => {
  expect(said(at('pending'), [entry('file', 'pending')])).toEqual([
    'submitted:now',
    'accepted:later',
    'in-progress:later',
    'answered:later',
    'to-rate:later',
    'done:later',
  ])
})

test('settled on the spot without 受理, the step is never shown as done', () => {
  const entries = [entry('file', 'pending'), entry('solve-on-spot', 'result-submitted')]
  expect(said(at('result-submitted'), entries)).toEqual([
    'submitted:done',
    'in-progress:now',
    'answered:later',
    'to-rate:later',
    'done:later',
  ])
})

test('after 再次反映 only what came since counts', () => {
  const entries = [
    entry('file', 'pending'),
    entry('accept', 'accepted'),
    entry('take', 'in-progress'),
    entry('check', 'answered'),
    entry('reopen', 'accepted'),
  ]
  const steps = progressOf(at('accepted'), entries)
  expect(steps.map(({ status }) => status)).toEqual(['done', 'now', 'later', 'later', 'later', 'later'])
  expect(steps[1]?.at).toBe(entries[4]?.at)
  expect(steps[2]?.at).toBeNull()
})

test('closed without a rating does not claim that one was given', () => {
  const entries = [entry('file', 'pending'), entry('accept', 'accepted'), entry('answer-now', 'closed')]
  expect(said(at('closed'), entries)).toEqual([
    'submitted:done',
    'accepted:done',
    'answered:done',
    'done:done',
  ])
})

test('once rated, the rating is done although the case is still open', () => {
  const rating = {
    reached: true,
    solved: false,
    satisfaction: 'fair' as const,
    words: null,
    at: '2026-09-15T01:00:00Z',
    counts: true,
  }
  const steps = progressOf({ state: 'answered', rating })
  expect(steps.find(({ step }) => step === 'to-rate')?.status).toBe('done')
  expect(steps.find(({ step }) => step === 'done')?.status).toBe('later')
})

test('a declined case goes no further than what was submitted', () => {
  expect(said(at('declined'), [entry('file', 'pending')])).toEqual(['submitted:now'])
})

test('what was taken back did not happen for whoever waits, and what came again counts from then', () => {
  const [filed, first, given] = [
    entry('file', 'pending'),
    entry('accept', 'accepted'),
    entry('assign', 'assigned'),
  ]
  const undone = { ...entry('undo', 'pending'), detail: { acts: 'accept,assign' } }
  const steps = (view: Seen, entries: EntryView[]) =>
    progressOf(view, entries).find(({ step }) => step === 'accepted')
  expect(steps(at('pending'), [filed, first, given, undone])).toEqual({
    step: 'accepted',
    status: 'later',
    at: null,
  })
  const again = entry('accept', 'accepted')
  expect(steps(at('accepted'), [filed, first, given, undone, again])?.at).toBe(again.at)
})
