import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Called, callOrder, nextCall } from './roster-chain.ts'

const start = new Date('2026-09-14T18:00:00Z')
const after = (minutes: number) => new Date(start.getTime() + minutes * 60_000)
const order = callOrder('head', 5, [
  { accountId: 'second', waitMinutes: 10 },
  { accountId: 'head', waitMinutes: 3 },
  { accountId: 'third', waitMinutes: 15 },
])

test('the head on duty is first and stands in the order once', () => {
  expect(order.map((step) => [step.accountId, step.waitMinutes, step.part])).toEqual([
    ['head', 5, 'on-duty'],
    ['second', 10, 'chain'],
    ['third', 15, 'chain'],
  ])
  expect(callOrder(undefined, 5, [])).toEqual([])
})

const calledAt = (...names: [string, number][]): Called[] =>
  names.map(([accountId, minutes]) => ({ accountId, calledAt: after(minutes) }))

test.each([
  ['nobody yet: the head', [], 0, 'head'],
  ['the head has all of their minutes', calledAt(['head', 0]), 4.9, 'wait'],
  ['then the next', calledAt(['head', 0]), 5, 'second'],
  ['each has their own minutes', calledAt(['head', 0], ['second', 5]), 14, 'wait'],
  ['and so on', calledAt(['head', 0], ['second', 5]), 15, 'third'],
  ['the last has theirs too', calledAt(['head', 0], ['second', 5], ['third', 15]), 29, 'wait'],
  ['then nobody is left', calledAt(['head', 0], ['second', 5], ['third', 15]), 30, 'exhausted'],
  ['late by hours, still one after the other', calledAt(['head', 0]), 600, 'second'],
] as const)('%s', (_, called, minutes, expected) => {
  const next = nextCall(order, called, after(minutes))
  expect(next.do === 'call' ? next.step.accountId : next.do).toBe(expected)
})

test('a head who comes on duty meanwhile is called before the rest of the chain', () => {
  const morning = callOrder('morning head', 5, [{ accountId: 'third', waitMinutes: 15 }])
  const next = nextCall(morning, calledAt(['head', 0], ['second', 5]), after(15))
  expect(next.do === 'call' && next.step.accountId).toBe('morning head')
})

test('without a chain and without anybody on duty nobody is left at once', () => {
  expect(nextCall([], [], start)).toEqual({ do: 'exhausted' })
})

test('however often it is asked, everybody is called once and in order, and it ends', () => {
  const chains = fc.uniqueArray(
    fc.record({ accountId: fc.string({ minLength: 1 }), waitMinutes: fc.integer({ min: 1, max: 60 }) }),
    { maxLength: 8, selector: (step) => step.accountId },
  )
  const steps = fc.array(fc.integer({ min: 0, max: 90 }), { minLength: 40, maxLength: 60 })
  fc.assert(
    fc.property(chains, steps, (chain, looks) => {
      const plan = callOrder('head', 5, chain)
      const called: Called[] = []
      let now = 0
      let ended = false
      for (const minutes of [...looks, ...Array.from({ length: 20 }, () => 60)]) {
        now += minutes
        const next = nextCall(plan, called, after(now))
        if (next.do === 'call') {
          if (ended) return false
          called.push({ accountId: next.step.accountId, calledAt: after(now) })
        } else if (next.do === 'wait' && next.until <= after(now)) return false
        ended ||= next.do === 'exhausted'
      }
      return (
        ended && called.map((one) => one.accountId).join('|') === plan.map((one) => one.accountId).join('|')
      )
    }),
  )
})
