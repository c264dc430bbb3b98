import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { WhistleTaskState } from '../whistle-words.ts'
import {
  climbedSteps,
  decideWhistle,
  type WhistleAct,
  type WhistleActor,
  type WhistleFacts,
} from './whistle.ts'

const organisations = ['enforcement', 'water', 'property']
const handlerOf = (organisationId: string): WhistleActor => ({
  accountId: `handler-${organisationId}`,
  posts: [{ id: `post-${organisationId}`, role: 'handler', organisationId }],
})
const leadOf = (organisationId: string): WhistleActor => ({
  accountId: `lead-${organisationId}`,
  posts: [{ id: `lead-post-${organisationId}`, role: 'organisation-lead', organisationId }],
})
const caller: WhistleActor = {
  accountId: 'grid-head',
  posts: [{ id: 'post-grid-head', role: 'grid-head', organisationId: null }],
}
const departments = organisations.flatMap((one) => [handlerOf(one), leadOf(one)])

const fresh = (): WhistleFacts => ({
  released: false,
  raisedBy: 'grid-head',
  raisedPost: 'post-grid-head',
  calls: [
    { organisationId: 'enforcement', isLead: true, arrived: false, rated: false },
    { organisationId: 'water', isLead: false, arrived: false, rated: false },
  ],
  tasks: [{ id: 't0', organisationId: 'water', state: 'open' }],
})

/** What an allowed act makes of a whistle, as the statements do. */
function after(facts: WhistleFacts, actor: WhistleActor, what: WhistleAct, accept: boolean): WhistleFacts {
  const task = (id: string, state: WhistleTaskState) =>
    facts.tasks.map((one) => (one.id === id ? { ...one, state } : one))
  const call = (id: string, more: { arrived: true } | { rated: true }) =>
    facts.calls.map((one) => (one.organisationId === id ? { ...one, ...more } : one))
  switch (what.act) {
    case 'arrive':
      return { ...facts, calls: call(actor.posts[0]?.organisationId ?? '', { arrived: true }) }
    case 'give-task':
      return {
        ...facts,
        tasks: [
          ...facts.tasks,
          { id: `t${facts.tasks.length}`, organisationId: what.organisationId, state: 'open' },
        ],
      }
    case 'finish':
      return { ...facts, tasks: task(what.taskId, 'done') }
    case 'judge':
      return { ...facts, tasks: task(what.taskId, accept ? 'accepted' : 'vetoed') }
    case 'rate':
      return { ...facts, calls: call(what.organisationId, { rated: true }) }
    case 'release':
      return { ...facts, released: true }
  }
}

const anyOrganisation = fc.constantFrom(...organisations)
const anyTask = fc.nat(4).map((n) => `t${n}`)
const anyAct: fc.Arbitrary<WhistleAct> = fc.oneof(
  fc.constant<WhistleAct>({ act: 'arrive' }),
  anyOrganisation.map((organisationId): WhistleAct => ({ act: 'give-task', organisationId })),
  anyTask.map((taskId): WhistleAct => ({ act: 'finish', taskId })),
  anyTask.map((taskId): WhistleAct => ({ act: 'judge', taskId })),
  anyOrganisation.map((organisationId): WhistleAct => ({ act: 'rate', organisationId })),
  fc.constant<WhistleAct>({ act: 'release' }),
)
/** Everything confirmed and rated: only the last word is missing. */
const ready = (): WhistleFacts => ({
  ...fresh(),
  calls: fresh().calls.map((one) => ({ ...one, arrived: true, rated: true })),
  tasks: fresh().tasks.map((one) => ({ ...one, state: 'accepted' })),
})
const stepsOf = (actors: readonly WhistleActor[]) =>
  fc.array(fc.tuple(fc.constantFrom(...actors), anyAct, fc.boolean()), { minLength: 10, maxLength: 80 })

function play(
  steps: readonly [WhistleActor, WhistleAct, boolean][],
  from: WhistleFacts = fresh(),
): WhistleFacts[] {
  const seen = [from]
  for (const [actor, what, accept] of steps) {
    const now = seen.at(-1) as WhistleFacts
    if (decideWhistle(now, actor, what).ok) seen.push(after(now, actor, what, accept))
  }
  return seen
}

test('whatever departments do, in whatever order and however many, they never end a whistle, confirm a task or rate', () => {
  fc.assert(
    fc.property(stepsOf(departments), (steps) => {
      for (const facts of play(steps)) {
        expect(facts.released).toBe(false)
        expect(facts.tasks.some(({ state }) => state === 'accepted' || state === 'vetoed')).toBe(false)
        expect(facts.calls.some(({ rated }) => rated)).toBe(false)
      }
    }),
    { numRuns: 300 },
  )
})

test('also when everything is confirmed and rated no department ends it, and the caller does', () => {
  fc.assert(
    fc.property(stepsOf(departments), (steps) => play(steps, ready()).every(({ released }) => !released)),
    { numRuns: 200 },
  )
  for (const actor of departments)
    expect(decideWhistle(ready(), actor, { act: 'release' })).toEqual({
      ok: false,
      why: 'cases/whistle-not-yours',
    })
  expect(decideWhistle(ready(), caller, { act: 'release' })).toEqual({ ok: true })
})

test('with the caller among them a whistle ends only by the caller, with every task confirmed and everybody rated', () => {
  let ended = 0
  fc.assert(
    fc.property(stepsOf([...departments, caller, caller, caller]), (steps) => {
      let facts = fresh()
      for (const [actor, what, accept] of steps) {
        if (!decideWhistle(facts, actor, what).ok) continue
        if (what.act === 'release') {
          ended++
          expect(actor).toBe(caller)
          expect(facts.tasks.every(({ state }) => state === 'accepted')).toBe(true)
          expect(facts.calls.every(({ rated }) => rated)).toBe(true)
        }
        facts = after(facts, actor, what, accept)
      }
    }),
    { numRuns: 1500, seed: 7 },
  )
  // Else nothing would have been shown.
  expect(ended).toBeGreaterThan(0)
})

test('a veto blocks the end until the task is done again and confirmed', () => {
  const vetoed: WhistleFacts = {
    ...fresh(),
    calls: fresh().calls.map((one) => ({ ...one, arrived: true, rated: true })),
    tasks: [{ id: 't0', organisationId: 'water', state: 'vetoed' }],
  }
  const release: WhistleAct = { act: 'release' }
  expect(decideWhistle(vetoed, caller, release)).toEqual({ ok: false, why: 'cases/whistle-vetoed' })
  const again = after(vetoed, handlerOf('water'), { act: 'finish', taskId: 't0' }, true)
  expect(decideWhistle(again, caller, release)).toEqual({ ok: false, why: 'cases/whistle-task-open' })
  const confirmed = after(again, caller, { act: 'judge', taskId: 't0' }, true)
  expect(decideWhistle(confirmed, caller, release)).toEqual({ ok: true })
  const unrated = { ...confirmed, calls: fresh().calls }
  expect(decideWhistle(unrated, caller, release)).toEqual({ ok: false, why: 'cases/whistle-unrated' })
})

test('who stands in for the caller’s post is the caller; a colleague with another post is not', () => {
  const standIn: WhistleActor = { accountId: 'other', posts: caller.posts }
  const colleague: WhistleActor = {
    accountId: 'other',
    posts: [{ id: 'post-2', role: 'grid-head', organisationId: null }],
  }
  const judge: WhistleAct = { act: 'rate', organisationId: 'water' }
  expect(decideWhistle(fresh(), standIn, judge).ok).toBe(true)
  expect(decideWhistle(fresh(), colleague, judge)).toEqual({ ok: false, why: 'cases/whistle-not-yours' })
})

test('the organisation in the lead gives tasks to those called; an assistant and a stranger do not', () => {
  const task: WhistleAct = { act: 'give-task', organisationId: 'water' }
  expect(decideWhistle(fresh(), leadOf('enforcement'), task).ok).toBe(true)
  expect(decideWhistle(fresh(), leadOf('water'), task).ok).toBe(false)
  expect(decideWhistle(fresh(), leadOf('property'), task).ok).toBe(false)
  expect(decideWhistle(fresh(), caller, { act: 'give-task', organisationId: 'property' })).toEqual({
    ok: false,
    why: 'cases/organisation-unknown',
  })
})

test('an unanswered call climbs by its minutes, the instant itself being in time', () => {
  const due = new Date('2026-09-14T02:00:00Z')
  const at = (minutes: number, ms = 0) => new Date(due.getTime() + minutes * 60_000 + ms)
  const steps = (now: Date) => climbedSteps(due, now, { supervisor: 15, 'street-head': 60 })
  expect(steps(at(0))).toEqual([])
  expect(steps(at(0, 1))).toEqual(['unanswered'])
  expect(steps(at(15))).toEqual(['unanswered'])
  expect(steps(at(15, 1))).toEqual(['unanswered', 'supervisor'])
  expect(steps(at(60, 1))).toEqual(['unanswered', 'supervisor', 'street-head'])
})
