import { expect, test } from 'vitest'
import type { CaseState, Urgency } from '../words.ts'
import { mustCallOut } from './call-out.ts'

const facts = (urgency: Urgency, state: CaseState = 'pending', reopen_count = 0) => ({
  urgency,
  state,
  reopen_count,
})

test.each([
  ['filed as P0', null, facts('P0'), true],
  ['filed as P1', null, facts('P1'), false],
  ['raised to P0 by the desk', facts('P2'), facts('P0', 'accepted'), true],
  ['already P0: an act does not call anew', facts('P0'), facts('P0', 'accepted'), false],
  ['said again: a new round', facts('P0', 'closed'), facts('P0', 'accepted', 1), true],
  ['raised while somebody works on it', facts('P2', 'in-progress'), facts('P0', 'in-progress'), false],
  ['solved on the spot while it was raised', facts('P2'), facts('P0', 'result-submitted'), false],
] as const)('%s', (_, before, after, expected) => {
  expect(mustCallOut(before, after)).toBe(expected)
})
