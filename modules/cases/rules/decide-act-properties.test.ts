/** What holds of every act, person and case, whatever the table says. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { roles } from '../../../lib/contract.ts'
import { area, at, holderRoles, organisationA, organisationB, postOf } from '../../testing/act-facts.ts'
import { acts, caseStates, desks } from '../words.ts'
import { type ActorFacts, type CaseFacts, decideAct, decideAll, type PostFacts } from './decide-act.ts'
import { transitionOf, transitions } from './transitions.ts'

const places = ['s', 's.c1', 's.c1.g1', area, 's.c2', 's.c1.g2']
const anyPost: fc.Arbitrary<PostFacts> = fc
  .tuple(fc.constantFrom(...roles), fc.constantFrom(...places), fc.constantFrom(organisationA, organisationB))
  .map(([role, place, organisation]) => postOf(role, holderRoles.includes(role) ? organisation : place))
const anyAccount = fc.constantFrom('me', 'reporter', 'other')
const anyActor: fc.Arbitrary<ActorFacts> = fc.record({
  accountId: fc.constantFrom('me', 'reporter'),
  posts: fc.uniqueArray(anyPost, { maxLength: 5, selector: (post) => post.id }),
})
const anyFacts: fc.Arbitrary<CaseFacts> = fc.record({
  state: fc.constantFrom(...caseStates),
  desk: fc.constantFrom(...desks),
  area: fc.constant(area),
  organisationId: fc.constantFrom(null, organisationA),
  holderPostId: fc.oneof(
    fc.constant(null),
    anyPost.map((post) => post.id),
  ),
  holderAccountId: fc.constant(null),
  reporterId: fc.constantFrom(null, 'reporter'),
  handledBy: fc.subarray(['me', 'reporter', 'other']),
  handledOrganisations: fc.subarray([organisationA, organisationB]),
  assignedBy: fc.subarray(['me', 'reporter', 'other']),
  pendingApproval: fc.oneof(
    fc.constant(null),
    fc.record({
      act: fc.constantFrom(...transitions.filter((row) => row.approvedBy).map((row) => row.act)),
      byAccount: anyAccount,
    }),
  ),
  suspended: fc.boolean(),
  confidential: fc.boolean(),
  rated: fc.boolean(),
  answered: fc.boolean(),
  closedAt: fc.constant(null),
  longTerm: fc.boolean(),
  fromAbove: fc.constant(null),
  assignedAt: fc.constant(at),
  found: fc.boolean(),
  guarded: fc.boolean(),
  task: fc.boolean(),
  special: fc.constantFrom(null, 'mediation' as const, 'hazard' as const),
  petition: fc.oneof(fc.constant(null), fc.record({ takenOn: fc.boolean(), extended: fc.boolean() })),
  dispute: fc.oneof(
    fc.constant(null),
    fc.record({ adjudicator: anyAccount, decideBy: fc.constantFrom(at, new Date(at.getTime() - 1)) }),
  ),
})
const anyAct = fc.constantFrom(...acts)
const runs = { numRuns: 5_000 }

test('whoever handled does not check, nor does anybody of an organisation that handled', () => {
  fc.assert(
    fc.property(anyFacts, anyActor, (facts, actor) => {
      const inside = actor.posts.some(
        ({ organisationId: id }) => id !== null && facts.handledOrganisations.includes(id),
      )
      const barred = facts.handledBy.includes(actor.accountId) || inside
      return !(barred && decideAct('check', facts, actor, at).ok)
    }),
    runs,
  )
})

test('whoever handled or assigned does not close, and does not approve the closing', () => {
  fc.assert(
    fc.property(anyFacts, anyActor, (facts, actor) => {
      const inside = actor.posts.some(
        ({ organisationId: id }) => id !== null && facts.handledOrganisations.includes(id),
      )
      const barred = inside || [...facts.handledBy, ...facts.assignedBy].includes(actor.accountId)
      const closing = decideAct('close', facts, actor, at).ok
      const approving = facts.pendingApproval?.act === 'close' && decideAct('approve', facts, actor, at).ok
      return !(barred && (closing || approving))
    }),
    runs,
  )
})

test('whoever asked does not settle it', () => {
  fc.assert(
    fc.property(anyFacts, anyActor, (facts, actor) => {
      if (facts.pendingApproval?.byAccount !== actor.accountId) return true
      return !decideAct('approve', facts, actor, at).ok && !decideAct('refuse', facts, actor, at).ok
    }),
    runs,
  )
})

test('the post named is the narrowest of those that would permit the act alone', () => {
  const depth = (post: PostFacts) => (post.areaPath === null ? 99 : post.areaPath.split('.').length)
  fc.assert(
    fc.property(anyAct, anyFacts, anyActor, (act, facts, actor) => {
      fc.pre(act !== 'file')
      const decision = decideAct(act, facts, actor, at)
      if (!decision.ok) return true
      // For oneself: the narrowest post there, or none.
      if (facts.reporterId === actor.accountId && transitionOf(act).who.includes('reporter')) return true
      const alone = actor.posts.filter((post) => decideAct(act, facts, { ...actor, posts: [post] }, at).ok)
      return decision.post !== null && depth(decision.post) === Math.max(...alone.map(depth))
    }),
    runs,
  )
})

test('a person may do whatever one of their posts permits, unless another post bars them', () => {
  fc.assert(
    fc.property(anyAct, anyFacts, anyActor, (act, facts, actor) => {
      fc.pre(act !== 'file')
      const together = decideAct(act, { ...facts, handledOrganisations: [] }, actor, at).ok
      const alone = [[], ...actor.posts.map((post) => [post])].some(
        (posts) => decideAct(act, { ...facts, handledOrganisations: [] }, { ...actor, posts }, at).ok,
      )
      return together === alone
    }),
    runs,
  )
})

test('a view tells exactly what the operation would decide, and hides what never concerns the person', () => {
  fc.assert(
    fc.property(anyFacts, anyActor, (facts, actor) => {
      const can = decideAll(facts, actor, at)
      for (const act of acts) {
        if (act === 'file') continue
        const decision = decideAct(act, facts, actor, at)
        const told = can[act]
        if (told === undefined) expect(decision.ok).toBe(false)
        else expect(told).toEqual(decision.ok ? { ok: true } : decision)
      }
    }),
    { numRuns: 1_000 },
  )
})

test('while a request waits, the case moves only by settling it or by what changes no state', () => {
  fc.assert(
    fc.property(anyAct, anyFacts, anyActor, (act, facts, actor) => {
      if (facts.pendingApproval === null || act === 'approve' || act === 'file') return true
      return !decideAct(act, facts, actor, at).ok || transitionOf(act).to === 'stays'
    }),
    runs,
  )
})
