/** Random walks over the table: a case never comes to a point from which nobody can bring it to an end. */
import { expect, test } from 'vitest'
import { createSeededRandom } from '../../../lib/seeded-random.ts'
import { type Act, type CaseState, caseStates } from '../words.ts'
import type { Transition } from './transition.ts'
import { transitions } from './transitions.ts'

interface Standing {
  state: CaseState
  pending: Transition | null
}

const ends: readonly CaseState[] = ['declined', 'closed', 'merged']
const nextStates = ({ to }: Transition): readonly CaseState[] =>
  to === 'stays' ? [] : typeof to === 'string' ? [to] : to

/** What can follow; an act with approvers only asks, except a closing of what is not unsolved. */
function following({ state, pending }: Standing): { act: Act; next: Standing }[] {
  return transitions.flatMap((row): { act: Act; next: Standing }[] => {
    if (!row.from.includes(state) || (pending !== null && !row.whilePending)) return []
    const { act } = row
    if (act === 'approve' || act === 'refuse') {
      if (pending === null) return []
      const granted = act === 'approve' ? nextStates(pending) : []
      return (granted.length === 0 ? [state] : granted).map((one) => ({
        act,
        next: { state: one, pending: null },
      }))
    }
    const moves = nextStates(row).map((one) => ({ act, next: { state: one, pending: null } }))
    if (row.approvedBy === undefined) return moves.length > 0 ? moves : [{ act, next: { state, pending } }]
    const asked = { act, next: { state, pending: row } }
    return act === 'close' ? [asked, ...moves] : [asked]
  })
}

const moves = (standing: Standing) =>
  following(standing).filter(({ next }) => next.state !== standing.state || next.pending !== standing.pending)

test('10,000 steps meet every state and stop only where the loop ends', () => {
  const random = createSeededRandom(20260914)
  const seen = new Set<CaseState>()
  let standing: Standing = { state: 'pending', pending: null }
  for (let step = 0; step < 10_000; step++) {
    seen.add(standing.state)
    const onward = moves(standing)
    if (onward.length === 0) expect(ends).toContain(standing.state)
    standing = onward.length === 0 ? { state: 'pending', pending: null } : random.pick(onward).next
  }
  expect([...seen].sort()).toEqual([...caseStates].sort())
})

test('from every standing that can be reached an end can be reached', () => {
  const key = ({ state, pending }: Standing) => `${state} ${pending?.act ?? ''}`
  const reach = (from: Standing): Standing[] => {
    const found = new Map([[key(from), from]])
    for (const standing of found.values())
      for (const { next } of moves(standing)) if (!found.has(key(next))) found.set(key(next), next)
    return [...found.values()]
  }
  const all = reach({ state: 'pending', pending: null })
  expect(new Set(all.map(({ state }) => state)).size).toBe(caseStates.length)
  for (const standing of all)
    expect(
      reach(standing).some(({ state, pending }) => pending === null && ends.includes(state)),
      key(standing),
    ).toBe(true)
})
