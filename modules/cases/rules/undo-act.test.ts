import { describe, expect, test } from 'vitest'
import { keepsUndo, type UndoFacts, undoRefusal, undoUntil } from './undo-act.ts'

const at = new Date('2026-09-14T01:00:00Z')
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000)
const accepted: UndoFacts = {
  acts: ['accept', 'assign'],
  by: 'me',
  post: 'post',
  at,
  toldAt: later(3),
  version: 4,
  batch: 'batch',
}
const asked = { accountId: 'me', postIds: ['post'], version: 4, at: later(10), withinMinutes: 30 }

describe('what may be taken back', () => {
  test.each([
    ['by whoever did it, in time, with nothing after it', accepted, {}, undefined],
    ['at the very last instant', accepted, { at: later(30) }, undefined],
    ['as part of its batch', accepted, { batch: 'batch' }, undefined],
    ['nothing was done', null, {}, 'cases/nothing-to-undo'],
    ['somebody acted since', accepted, { version: 5 }, 'cases/undo-acted-since'],
    ['it was done again in another batch', accepted, { batch: 'other' }, 'cases/undo-acted-since'],
    ['somebody else did it', accepted, { accountId: 'you' }, 'cases/undo-not-yours'],
    ['the post has ended', accepted, { postIds: ['other'] }, 'cases/undo-not-yours'],
    ['too late', accepted, { at: new Date(later(30).getTime() + 1) }, 'cases/undo-over'],
    [
      'an answer that nobody was told yet',
      { ...accepted, acts: ['answer-now'] },
      { at: later(2) },
      undefined,
    ],
    ['an answer that was told', { ...accepted, acts: ['answer-now'] }, { at: later(3) }, 'cases/undo-told'],
    ['a refusal that was told', { ...accepted, acts: ['decline'] }, { at: later(4) }, 'cases/undo-told'],
  ] as const)('%s', (_, undo, more, why) => {
    expect(undoRefusal(undo as UndoFacts | null, { ...asked, ...more })).toBe(why)
  })

  test('an answer ends with being told, anything else with its minutes', () => {
    expect(undoUntil(accepted, 30)).toEqual(later(30))
    expect(undoUntil({ ...accepted, acts: ['decline'] }, 30).getTime()).toBe(later(3).getTime() - 1)
    expect(undoUntil({ ...accepted, acts: ['decline'] }, 1)).toEqual(later(1))
  })

  test('answers and refusals only where those concerned are told later; checks, ratings and closings never', () => {
    expect(
      ['accept', 'assign', 'merge', 'escalate', 'send-down'].map((act) => keepsUndo(act as never, false)),
    ).toEqual(Array(5).fill(true))
    expect([keepsUndo('answer-now', false), keepsUndo('answer-now', true)]).toEqual([false, true])
    expect((['take', 'check', 'close', 'rate', 'recall'] as const).some((act) => keepsUndo(act, true))).toBe(
      false,
    )
  })
})
