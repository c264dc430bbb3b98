/** Written from rights.md, apart from the table: who may do what on a case in which state. */
import { describe, expect, test } from 'vitest'
import { type Role, roles } from '../../../lib/contract.ts'
import {
  at,
  calm,
  holderRoles,
  organisationB,
  personWith,
  postOf,
  resident,
} from '../../testing/act-facts.ts'
import { type Act, acts, type CaseState, caseStates, desks } from '../words.ts'
import { type CaseFacts, decideAct, decideAll, defaultActSettings, type PostFacts } from './decide-act.ts'

type Somebody = Role | 'desk' | 'holder'

const open: CaseState[] = ['pending', 'accepted', 'assigned', 'in-progress', 'result-submitted', 'answered']
const underWay: CaseState[] = ['accepted', 'assigned', 'in-progress', 'result-submitted']
const grid: Role[] = ['micro-grid-member', 'grid-worker', 'grid-head']
const everywhere: CaseState[] = [...caseStates]

const deskStaff = ['clerk', 'secretary', 'dispatcher', 'duty-head'] as const

/** rights.md, "Acts on a case"; `resident` is the reporter. What only asks or settles is told apart below. */
type AboveAct = 'return-upstream' | 'settle-upstream' | 'reply-upstream' | 'rate-upstream'
/** Told in petition.test.ts. */
type PetitionAct = 'pass-petition' | 'notice-petition' | 'extend-petition' | 'settle-petition'
/** Told in duty-task.test.ts. */
type TaskAct = 'finish-task' | 'call-off-task'
const rights: Record<
  Exclude<Act, 'file' | 'approve' | 'refuse' | 'dispute' | 'adjudicate' | AboveAct | PetitionAct | TaskAct>,
  [who: Somebody[], states: CaseState[]]
> = {
  add: [['resident', 'desk', 'holder', ...grid], open],
  accept: [['desk'], ['pending']],
  'answer-now': [['desk'], ['pending', 'accepted']],
  decline: [['desk'], ['pending', 'accepted']],
  merge: [['desk'], ['pending', 'accepted']],
  split: [['desk'], ['merged']],
  escalate: [
    ['desk', 'grid-worker', 'grid-head'],
    ['pending', 'accepted'],
  ],
  'send-down': [['desk'], ['pending', 'accepted']],
  assign: [['desk'], ['accepted']],
  take: [['holder'], ['assigned']],
  return: [['holder'], ['assigned', 'in-progress']],
  'hand-on': [['organisation-lead'], ['assigned', 'in-progress']],
  // Not on the page: decision 0010.
  recall: [['desk'], ['assigned', 'in-progress']],
  contact: [['holder', 'desk'], underWay],
  // The desk also records what came back on paper before anybody took the order: decision 0010.
  'submit-result': [
    ['holder', 'desk'],
    ['assigned', 'in-progress'],
  ],
  'solve-on-spot': [grid, ['pending', 'accepted']],
  answer: [
    ['desk', 'holder'],
    ['in-progress', 'result-submitted'],
  ],
  check: [['verifier', 'supervisor'], ['result-submitted']],
  rate: [['resident'], ['answered', 'closed', 'merged']],
  close: [['verifier', 'supervisor'], ['answered']],
  reopen: [
    ['resident', ...deskStaff, ...grid, 'holder', 'verifier', 'supervisor'],
    ['answered', 'closed'],
  ],
  extend: [['holder'], ['assigned', 'in-progress']],
  defer: [['holder'], ['assigned', 'in-progress']],
  suspend: [['holder'], ['assigned', 'in-progress']],
  resume: [
    ['holder', 'supervisor', 'duty-head'],
    ['assigned', 'in-progress'],
  ],
  remind: [
    ['desk', 'supervisor'],
    ['assigned', 'in-progress'],
  ],
  supervise: [['supervisor'], underWay],
  // Not on the page: decision 0042.
  'record-rating': [
    ['desk', 'verifier', 'supervisor'],
    ['answered', 'closed'],
  ],
  'find-unreasonable': [
    ['holder', 'desk'],
    [...underWay, 'answered'],
  ],
  // Not on the page: decision 0040.
  'register-petition': [['desk'], ['pending', 'accepted']],
  // "Contacts of the reporter": residents have no need to; members, viewers and administrators never; a grid worker
  // only as holder; a handler while the case is with the organisation.
  // Desk staff wherever the case is in their scope.
  unmask: [[...deskStaff, 'verifier', 'supervisor', 'handler', 'organisation-lead'], everywhere],
}

const deskRoles = { community: ['clerk', 'secretary'], street: ['dispatcher', 'duty-head'] } as const

function expected(act: keyof typeof rights, role: Role, facts: CaseFacts): boolean {
  const [who, states] = rights[act]
  const atDesk = deskRoles[facts.desk].some((one) => one === role)
  if (!states.includes(facts.state)) return false
  if (act === 'escalate' && facts.desk === 'street' && atDesk) return false
  if (act === 'send-down' && facts.desk === 'community') return false
  if (act === 'submit-result' && facts.state === 'assigned') return atDesk
  if (act === 'unmask' && holderRoles.includes(role))
    return ['assigned', 'in-progress', 'result-submitted'].includes(facts.state)
  return (
    who.includes(role) ||
    (who.includes('desk') && atDesk) ||
    (who.includes('holder') && holderRoles.includes(role))
  )
}

describe('every act of rights.md, by every role, in every state, at both desks', () => {
  test.each(Object.keys(rights) as (keyof typeof rights)[])('%s', (act) => {
    for (const role of roles)
      for (const desk of desks)
        for (const state of caseStates) {
          const facts = { ...calm, desk, state }
          const actor = role === 'resident' ? resident('reporter') : personWith(postOf(role))
          const decision = decideAct(act, facts, actor, at)
          expect(decision.ok, `${act} by ${role}, ${state} at the ${desk} desk`).toBe(
            expected(act, role, facts),
          )
        }
  })

  test.each(['return', 'extend', 'defer', 'suspend', 'close'] as const)('what was asked by %s', (asked) => {
    const settlers: Role[] = asked === 'return' ? ['clerk', 'secretary'] : ['supervisor', 'duty-head']
    for (const act of ['approve', 'refuse'] as const)
      for (const role of roles) {
        const facts: CaseFacts = {
          ...calm,
          state: asked === 'close' ? 'answered' : 'in-progress',
          pendingApproval: { act: asked, byAccount: 'asker' },
        }
        const actor = role === 'resident' ? resident('reporter') : personWith(postOf(role))
        expect(decideAct(act, facts, actor, at).ok, `${act} by ${role}`).toBe(settlers.includes(role))
      }
  })
})

test('the same roles in another place, another organisation, or as another resident may do nothing', () => {
  const strangers = [
    ...roles.map((role) => personWith(postOf(role, holderRoles.includes(role) ? organisationB : 's.c2'))),
    personWith(postOf('micro-grid-member', 's.c1.g1.m2')),
    personWith(postOf('grid-worker', 's.c1.g2')),
    // A path is not a prefix of letters: c1 does not cover c10.
    personWith(postOf('clerk', 's.c')),
    resident('neighbour'),
  ]
  for (const actor of strangers)
    for (const act of acts)
      for (const state of caseStates)
        expect(decideAct(act, { ...calm, state }, actor, at).ok, `${act} by ${JSON.stringify(actor)}`).toBe(
          false,
        )
})

test('an order given to one person is theirs: of their colleagues only the lead may act', () => {
  const colleague: PostFacts = { ...postOf('handler'), id: 'colleague' }
  const facts: CaseFacts = { ...calm, state: 'assigned', holderPostId: 'post-handler-s' }
  expect(decideAct('take', facts, personWith(postOf('handler')), at).ok).toBe(true)
  expect(decideAct('take', facts, personWith(postOf('organisation-lead')), at).ok).toBe(true)
  expect(decideAct('take', facts, personWith(colleague), at)).toEqual({
    ok: false,
    why: 'cases/not-the-holder',
  })
})

test('a grid worker unmasks only what they hold, a member never, nobody inside an organisation on a confidential case', () => {
  const worker = postOf('grid-worker')
  const member = postOf('micro-grid-member')
  const held: CaseFacts = { ...calm, state: 'in-progress', organisationId: null, holderPostId: worker.id }
  expect(decideAct('unmask', held, personWith(worker), at).ok).toBe(true)
  expect(decideAct('unmask', { ...held, holderPostId: 'other' }, personWith(worker), at)).toMatchObject({
    ok: false,
  })
  expect(decideAct('unmask', { ...held, state: 'closed' }, personWith(worker), at)).toMatchObject({
    ok: false,
  })
  expect(decideAct('unmask', { ...held, holderPostId: member.id }, personWith(member), at)).toEqual({
    ok: false,
    why: 'cases/not-your-act',
  })
  const secret: CaseFacts = { ...calm, state: 'in-progress', confidential: true }
  for (const role of holderRoles)
    expect(decideAct('unmask', secret, personWith(postOf(role)), at)).toEqual({
      ok: false,
      why: 'cases/confidential',
    })
  // Somebody who is also at the desk unmasks as the desk.
  expect(decideAct('unmask', secret, personWith(postOf('handler'), postOf('clerk')), at)).toMatchObject({
    ok: true,
    post: { role: 'clerk' },
  })
})

test('a return is asked for within 48 hours of the assignment, a rating given once and within 30 days of closing', () => {
  const assigned: CaseFacts = {
    ...calm,
    state: 'assigned',
    assignedAt: new Date(at.getTime() - 48 * 3_600_000),
  }
  const handler = personWith(postOf('handler'))
  expect(decideAct('return', assigned, handler, at).ok).toBe(true)
  expect(decideAct('return', assigned, handler, new Date(at.getTime() + 1))).toMatchObject({
    why: 'cases/return-too-late',
  })
  const closed: CaseFacts = {
    ...calm,
    state: 'closed',
    closedAt: new Date(at.getTime() - 30 * 24 * 3_600_000),
  }
  expect(decideAct('rate', closed, resident('reporter'), at).ok).toBe(true)
  expect(decideAct('rate', closed, resident('reporter'), new Date(at.getTime() + 1))).toMatchObject({
    why: 'cases/rating-closed',
  })
  expect(decideAct('rate', { ...closed, rated: true }, resident('reporter'), at)).toMatchObject({
    why: 'cases/already-rated',
  })
})

test('a street that sets days for reporting again keeps to them, and long-term cases have none', () => {
  const closed: CaseFacts = {
    ...calm,
    state: 'closed',
    closedAt: new Date(at.getTime() - 60 * 24 * 3_600_000),
  }
  const decided = (facts: CaseFacts, reopenWithinDays: number, when = at) =>
    decideAct('reopen', facts, resident('reporter'), when, { ...defaultActSettings, reopenWithinDays })
  expect(decided(closed, 60).ok).toBe(true)
  expect(decided(closed, 60, new Date(at.getTime() + 1))).toMatchObject({ why: 'cases/reopen-too-late' })
  expect(decided({ ...closed, longTerm: true }, 1).ok).toBe(true)
  expect(decided(closed, 0).ok).toBe(true)
})

test('whoever handled or assigned a case may not approve its closing either', () => {
  const facts: CaseFacts = {
    ...calm,
    state: 'answered',
    pendingApproval: { act: 'close', byAccount: 'asker' },
  }
  const head = personWith(postOf('duty-head'))
  expect(decideAct('approve', facts, head, at).ok).toBe(true)
  for (const more of [{ assignedBy: ['somebody'] }, { handledBy: ['somebody'] }])
    expect(decideAct('approve', { ...facts, ...more }, head, at)).toEqual({
      ok: false,
      why: 'cases/handler-may-not-close',
    })
  expect(decideAct('refuse', { ...facts, assignedBy: ['somebody'] }, head, at).ok).toBe(true)
})

// Anybody on any case ------------------------------------------------------------------------------------

const beforeEnd: CaseState[] = ['pending', 'accepted', 'assigned', 'in-progress']
const aboveRights: Record<AboveAct, CaseState[]> = {
  'return-upstream': beforeEnd,
  'settle-upstream': beforeEnd,
  'reply-upstream': ['answered', 'closed', 'declined', 'merged'],
  'rate-upstream': ['answered', 'closed', 'merged'],
}

describe('an order from above', () => {
  test.each(Object.entries(aboveRights) as [AboveAct, CaseState[]][])(
    '%s is for the desk and the centre, in its states, and on no case of our own',
    (act, states) => {
      const returnAsked = act === 'settle-upstream'
      for (const role of roles)
        for (const state of caseStates) {
          const facts = { ...calm, state, fromAbove: { returnAsked, rated: false } }
          const actor = role === 'resident' ? resident('reporter') : personWith(postOf(role))
          const checks = act === 'reply-upstream' || act === 'rate-upstream'
          const may =
            deskStaff.some((one) => one === role) || (checks && ['verifier', 'supervisor'].includes(role))
          expect(decideAct(act, facts, actor, at).ok, `${role}, ${state}`).toBe(may && states.includes(state))
          expect(decideAct(act, { ...facts, fromAbove: null }, actor, at).ok).toBe(false)
          expect(decideAll({ ...facts, fromAbove: null }, actor, at)[act]).toBeUndefined()
        }
    },
  )

  test('is asked back once, answered only when it was asked, and rated here only while nobody above asked', () => {
    const desk = personWith(postOf('clerk'))
    const above = (returnAsked: boolean, rated = false) => ({ ...calm, fromAbove: { returnAsked, rated } })
    expect(decideAct('return-upstream', above(true), desk, at)).toMatchObject({
      why: 'cases/return-asked-above',
    })
    expect(decideAct('settle-upstream', above(false), desk, at)).toMatchObject({
      why: 'cases/nothing-asked-above',
    })
    const answered = { ...above(false, true), state: 'answered' as const }
    expect(decideAct('rate', answered, resident('reporter'), at)).toMatchObject({ why: 'cases/rated-above' })
  })
})

test('an organisation that holds an order disputes it within its time and once; a post of the area never does', () => {
  const assigned: CaseFacts = { ...calm, state: 'assigned', assignedAt: at }
  const later = (hours: number, ms = 0) => new Date(at.getTime() + hours * 3_600_000 + ms)
  for (const role of roles) {
    const actor = role === 'resident' ? resident('reporter') : personWith(postOf(role))
    expect(decideAct('dispute', assigned, actor, later(24)).ok, role).toBe(holderRoles.includes(role))
  }
  const handler = personWith(postOf('handler'))
  expect(decideAct('dispute', assigned, handler, later(24, 1))).toMatchObject({
    why: 'cases/dispute-too-late',
  })
  const disputed: CaseFacts = { ...assigned, dispute: { adjudicator: 'other', decideBy: later(24) } }
  expect(decideAct('dispute', disputed, handler, at)).toMatchObject({ why: 'cases/already-disputed' })
  const clerk = postOf('clerk')
  const withPost: CaseFacts = { ...assigned, organisationId: null, holderPostId: clerk.id }
  expect(decideAct('dispute', withPost, personWith(clerk), at)).toMatchObject({ why: 'cases/not-the-holder' })
})

test('the named adjudicator decides a dispute, after their time any supervisor or duty head, never who gave the case out', () => {
  const decideBy = new Date(at.getTime() + 3_600_000)
  const disputed: CaseFacts = {
    ...calm,
    state: 'in-progress',
    dispute: { adjudicator: 'somebody', decideBy },
  }
  for (const role of roles.filter((one) => one !== 'resident'))
    expect(decideAct('adjudicate', disputed, personWith(postOf(role)), at).ok, role).toBe(
      role === 'supervisor' || role === 'duty-head',
    )
  const supervisor = personWith(postOf('supervisor'))
  const another: CaseFacts = { ...disputed, dispute: { adjudicator: 'another', decideBy } }
  expect(decideAct('adjudicate', another, supervisor, decideBy)).toMatchObject({
    why: 'cases/not-the-adjudicator',
  })
  expect(decideAct('adjudicate', another, supervisor, new Date(decideBy.getTime() + 1)).ok).toBe(true)
  expect(decideAct('adjudicate', { ...disputed, assignedBy: ['somebody'] }, supervisor, at)).toMatchObject({
    why: 'cases/assigner-may-not-adjudicate',
  })
  expect(decideAct('adjudicate', { ...disputed, dispute: null }, supervisor, at)).toMatchObject({
    why: 'cases/nothing-disputed',
  })
})
