/**
 * May this person do this act on this case now? Pure: the same answer serves the operation, which refuses,
 * and the view's `can`, which tells the screens.
 */
import type { Role } from '../../../lib/contract.ts'
import type { CaseRefusal } from '../refusals.ts'
import type { SpecialKind } from '../special-words.ts'
import { type Act, acts, type CaseState, type Desk } from '../words.ts'
import { taskAllows } from './duty-task.ts'
import { type OrderFacts, upstreamRefusal } from './order-refusal.ts'
import { type PetitionFacts, petitionAllows, petitionRefusal } from './petition.ts'
import { specialAllows } from './special.ts'
import { timeRefusal } from './time-refusal.ts'
import type { Party, Transition } from './transition.ts'
import { transitionOf } from './transitions.ts'

export interface PostFacts {
  id: string
  role: Role
  areaPath: string | null
  organisationId: string | null
}

export interface ActorFacts {
  accountId: string
  posts: readonly PostFacts[]
}

export interface CaseFacts {
  state: CaseState
  desk: Desk
  /** ltree path of the case's area. */
  area: string
  organisationId: string | null
  holderPostId: string | null
  holderAccountId: string | null
  reporterId: string | null
  handledBy: readonly string[]
  handledOrganisations: readonly string[]
  assignedBy: readonly string[]
  pendingApproval: { act: Act; byAccount: string } | null
  suspended: boolean
  confidential: boolean
  rated: boolean
  /** What an order from above adds; null for a case of our own. */
  fromAbove: OrderFacts | null
  /** Found unlawful or impossible by two people. */
  found: boolean
  /** The resident has been answered; a merged case is answered with its parent. */
  answered: boolean
  closedAt: Date | null
  /** Closed unsolved with a day of review 挂账. */
  longTerm: boolean
  assignedAt: Date | null
  /** A duty task of a grid, and no case that somebody reported. */
  task: boolean
  /** Run as a mediation, hazard or violation; null for an ordinary case. */
  special: SpecialKind | null
  /** A mandatory report was made about it: it goes no further in the loop. */
  guarded: boolean
  /** Null for an ordinary case. */
  petition: PetitionFacts | null
  /** An objection to the duty that waits for its adjudicator. */
  dispute: { adjudicator: string; decideBy: Date } | null
}

/** Whom the duty roster lets act at this moment. */
export interface DutyFacts {
  /** ltree paths of the desks at which only those on duty, and who heads the desk, accept and assign now. */
  readonly decides: readonly string[]
  /** Paths of the desks at which this person is on duty now. */
  readonly onDuty: readonly string[]
}

/** Numbers that a street may change. */
export interface ActSettings {
  /** Absent where a street does not let its roster decide. */
  duty?: DutyFacts | undefined
  /** Hours after assignment in which a holder may ask to return an order. */
  returnWithinHours: number
  /** Hours after assignment in which an organisation may object to its duty. */
  disputeWithinHours: number
  /** Days after closing in which the reporter may still rate. */
  rateWithinDays: number
  /** Days after closing in which a case may be reported again; 0: without limit. Long-term cases have none. */
  reopenWithinDays: number
  /** Minutes in which whoever did an act may take it back. */
  undoWithinMinutes: number
}

/** What holds where a street has set nothing (settings.ts). */
export const defaultActSettings: ActSettings = {
  returnWithinHours: 48,
  disputeWithinHours: 24,
  rateWithinDays: 30,
  reopenWithinDays: 0,
  undoWithinMinutes: 30,
}

export type ActDecision = { ok: true; post: PostFacts | null } | { ok: false; why: CaseRefusal }

const rolesOf: Record<Exclude<Party, 'reporter' | 'holder' | 'organisation' | 'desk'>, readonly Role[]> = {
  'community-desk': ['clerk', 'secretary'],
  'street-desk': ['dispatcher', 'duty-head'],
  'community-staff': ['clerk', 'secretary'],
  'street-staff': ['dispatcher', 'duty-head'],
  'organisation-lead': ['organisation-lead'],
  grid: ['micro-grid-member', 'grid-worker', 'grid-head'],
  'grid-staff': ['grid-worker', 'grid-head'],
  verifier: ['verifier'],
  supervisor: ['supervisor'],
  'duty-head': ['duty-head'],
}

/** The roles that make somebody this party; none for reporter and holder, whom the case itself names. */
export function rolesOfParty(party: Party): readonly Role[] {
  if (party === 'reporter' || party === 'holder' || party === 'organisation') return []
  if (party === 'desk') return [...rolesOf['community-desk'], ...rolesOf['street-desk']]
  return rolesOf[party]
}

/** `area` lies in the subtree of `ancestor`; both are ltree paths. */
export function liesUnder(area: string, ancestor: string): boolean {
  return area === ancestor || area.startsWith(`${ancestor}.`)
}

/** How narrow a capacity is: for oneself, then inside an organisation, then by the depth of the area. */
function narrowness(post: PostFacts | null): number {
  if (post === null) return Number.POSITIVE_INFINITY
  return post.areaPath === null ? Number.MAX_SAFE_INTEGER : post.areaPath.length
}

const narrowestFirst = (a: PostFacts | null, b: PostFacts | null): number => {
  const [left, right] = [narrowness(a), narrowness(b)]
  return left === right ? 0 : right - left
}

/** Posts with one of these roles whose area covers the case. */
function areaPosts(posts: readonly PostFacts[], roles: readonly Role[], area: string): PostFacts[] {
  return posts.filter(
    (post) => roles.includes(post.role) && post.areaPath !== null && liesUnder(area, post.areaPath),
  )
}

/** Every capacity in which a person is this party; null stands for a resident, who acts without a post. */
function capacities(
  party: Party,
  facts: CaseFacts,
  posts: readonly PostFacts[],
  accountId: string,
): (PostFacts | null)[] {
  switch (party) {
    case 'reporter':
      return facts.reporterId === accountId ? [reporterPost(facts, posts)] : []
    case 'desk':
      return areaPosts(posts, rolesOf[`${facts.desk}-desk`], facts.area)
    case 'community-desk':
    case 'street-desk':
      return `${facts.desk}-desk` === party ? areaPosts(posts, rolesOf[party], facts.area) : []
    case 'holder':
      return holderPosts(facts, posts)
    case 'organisation':
      return holderPosts(facts, posts).filter(({ organisationId }) => organisationId !== null)
    case 'organisation-lead':
      return leadsOf(facts, posts)
    default:
      return areaPosts(posts, rolesOf[party], facts.area)
  }
}

/** Undefined: not this party. Null: this party, without a post (a resident). */
export function postAs(party: Party, facts: CaseFacts, actor: ActorFacts): PostFacts | null | undefined {
  return capacities(party, facts, actor.posts, actor.accountId).sort(narrowestFirst)[0]
}

/** Staff who reported something themselves are named by their narrowest post there, a resident by none. */
function reporterPost(facts: CaseFacts, posts: readonly PostFacts[]): PostFacts | null {
  return areaPosts(posts, Object.values(rolesOf).flat(), facts.area).sort(narrowestFirst)[0] ?? null
}

const leadsOf = (facts: CaseFacts, posts: readonly PostFacts[]): PostFacts[] =>
  facts.organisationId === null
    ? []
    : posts.filter(
        (post) => post.role === 'organisation-lead' && post.organisationId === facts.organisationId,
      )

/** The person the order was given to; otherwise any handler of the organisation, and always its lead. */
function holderPosts(facts: CaseFacts, posts: readonly PostFacts[]): PostFacts[] {
  const { holderPostId, organisationId } = facts
  const own = posts.filter((post) => post.id === holderPostId)
  if (organisationId === null) return own
  const handlers =
    holderPostId === null
      ? posts.filter((post) => post.role === 'handler' && post.organisationId === organisationId)
      : []
  return [...own, ...handlers, ...leadsOf(facts, posts)]
}

/** Who settles the request that waits, if one does. */
function approvers(facts: CaseFacts): readonly Party[] {
  return facts.pendingApproval === null ? [] : (transitionOf(facts.pendingApproval.act).approvedBy ?? [])
}

function partiesFor(transition: Transition, facts: CaseFacts): readonly Party[] {
  if ((transition.act === 'approve' || transition.act === 'refuse') && facts.pendingApproval !== null)
    return approvers(facts)
  return transition.who
}

/** Why a person whose role could do the act may not do it on this case. */
function notTheirs(transition: Transition): CaseRefusal {
  if (transition.who.includes('organisation')) return 'cases/not-the-holder'
  if (transition.who.includes('holder') && !transition.who.includes('desk')) return 'cases/not-the-holder'
  if (
    transition.who.includes('desk') ||
    transition.who.includes('community-desk') ||
    transition.who.includes('street-desk')
  )
    return 'cases/not-at-your-desk'
  return transition.who.length === 1 && transition.who[0] === 'reporter'
    ? 'cases/not-the-reporter'
    : 'cases/not-your-act'
}

/** Decides one act. The post is the narrowest that permits it; null for a resident acting for themselves. */
export function decideAct(
  act: Act,
  facts: CaseFacts,
  actor: ActorFacts,
  at: Date,
  settings: ActSettings = defaultActSettings,
): ActDecision {
  const transition = transitionOf(act)
  const capable = [
    ...partiesFor(transition, facts).flatMap((party) =>
      capacities(party, facts, actor.posts, actor.accountId),
    ),
    ...onDutyPosts(act, facts, actor, settings.duty),
  ].sort(narrowestFirst)
  const [narrowest] = capable
  if (narrowest === undefined) return { ok: false, why: notTheirs(transition) }
  // One post may be barred from what another post of the same person permits.
  const barred = (one: PostFacts | null) => contactRefusal(act, facts, one) ?? notTaken(act, facts, one)
  const post = capable.find((one) => barred(one) === undefined)
  const why =
    (post === undefined ? barred(narrowest) : undefined) ??
    dutyRefusal(act, post ?? null, settings.duty) ??
    stateRefusal(transition, facts) ??
    separationRefusal(transition, facts, actor, at) ??
    timeRefusal(act, facts, at, settings)
  return why || post === undefined ? { ok: false, why: why ?? 'cases/not-your-act' } : { ok: true, post }
}

const decidedByDuty: readonly Act[] = ['accept', 'assign']

/** Rule: issue 3 item 2: who is on duty may act for the desk, whatever their role is there. */
function onDutyPosts(
  act: Act,
  facts: CaseFacts,
  actor: ActorFacts,
  duty: DutyFacts | undefined,
): PostFacts[] {
  if (duty === undefined || !decidedByDuty.includes(act)) return []
  return actor.posts.filter(
    ({ areaPath }) =>
      areaPath !== null &&
      duty.onDuty.includes(areaPath) &&
      liesUnder(facts.area, areaPath) &&
      // The street's own path has one label.
      (facts.desk === 'street') === !areaPath.includes('.'),
  )
}

/** Where the roster decides, the others of the desk leave it to who is on duty; who heads the desk may always. */
function dutyRefusal(act: Act, post: PostFacts | null, duty: DutyFacts | undefined): CaseRefusal | undefined {
  if (duty === undefined || post === null || post.areaPath === null || !decidedByDuty.includes(act))
    return undefined
  const heads = post.role === 'secretary' || post.role === 'duty-head'
  return !heads && duty.decides.includes(post.areaPath) && !duty.onDuty.includes(post.areaPath)
    ? 'cases/not-on-duty'
    : undefined
}

/** Its reporter notices nothing, and whoever watches over it may reach them. */
const openWhileGuarded: readonly Act[] = ['add', 'unmask']

function stateRefusal(transition: Transition, facts: CaseFacts): CaseRefusal | undefined {
  const { act } = transition
  if (facts.guarded && !openWhileGuarded.includes(act)) return 'cases/guarded'
  if (!taskAllows(transition, facts.task)) return facts.task ? 'cases/is-task' : 'cases/not-task'
  if (!specialAllows(act, facts.special)) return 'cases/is-special'
  const elsewhere =
    upstreamRefusal(transition, facts.fromAbove) ?? petitionRefusal(transition, facts.petition)
  if (elsewhere !== undefined) return elsewhere
  if (act === 'approve' || act === 'refuse')
    return facts.pendingApproval === null ? 'cases/nothing-to-approve' : undefined
  if (act === 'adjudicate' && facts.dispute === null) return 'cases/nothing-disputed'
  if (act === 'dispute' && facts.dispute !== null) return 'cases/already-disputed'
  if (!transition.from.includes(facts.state)) return 'cases/wrong-state'
  if (act === 'resume' && !facts.suspended) return 'cases/wrong-state'
  if (act === 'rate' && facts.state === 'merged' && !facts.answered) return 'cases/wrong-state'
  if (facts.pendingApproval !== null && !transition.whilePending) return 'cases/approval-pending'
  return undefined
}

function separationRefusal(
  transition: Transition,
  facts: CaseFacts,
  actor: ActorFacts,
  at: Date,
): CaseRefusal | undefined {
  const { act } = transition
  const asked = facts.pendingApproval
  if ((act === 'approve' || act === 'refuse') && asked?.byAccount === actor.accountId)
    return 'cases/asker-may-not-approve'
  // Whoever approves a closing closes: what bars from the one bars from the other.
  const barred = act === 'approve' && asked !== null ? transitionOf(asked.act).barred : transition.barred
  if (barred === undefined) return undefined
  // Rule: rights.md, separation by person; the handler's whole organisation is barred from checking its own work.
  const handled =
    facts.handledBy.includes(actor.accountId) ||
    actor.posts.some(
      (post) => post.organisationId !== null && facts.handledOrganisations.includes(post.organisationId),
    )
  if (barred === 'assigned') {
    if (facts.assignedBy.includes(actor.accountId)) return 'cases/assigner-may-not-adjudicate'
    // The named adjudicator; once their time has passed, anybody who could have been named.
    const named = facts.dispute === null || facts.dispute.adjudicator === actor.accountId
    return named || (facts.dispute && at > facts.dispute.decideBy) ? undefined : 'cases/not-the-adjudicator'
  }
  if (barred === 'handled') return handled ? 'cases/handler-may-not-check' : undefined
  return handled || facts.assignedBy.includes(actor.accountId) ? 'cases/handler-may-not-close' : undefined
}

/**
 * Rule: rights.md, "Contacts of the reporter": members never; grid workers and heads, and handlers, while the case is
 * with them; nobody in an organisation on a confidential case.
 */
function contactRefusal(act: Act, facts: CaseFacts, post: PostFacts | null): CaseRefusal | undefined {
  if (act !== 'unmask' || post === null) return undefined
  if (post.role === 'micro-grid-member') return 'cases/not-your-act'
  if (post.organisationId !== null && facts.confidential) return 'cases/confidential'
  const withThem =
    facts.state === 'assigned' || facts.state === 'in-progress' || facts.state === 'result-submitted'
  if (post.organisationId !== null) return withThem ? undefined : 'cases/wrong-state'
  if (post.role !== 'grid-worker' && post.role !== 'grid-head') return undefined
  if (facts.holderPostId !== post.id) return 'cases/not-the-holder'
  return withThem ? undefined : 'cases/wrong-state'
}

/**
 * A holder takes the order before its result. Rule: issue 3 item 5: for a firm that never signs in the desk records what
 * its letter, call or photo says, though nobody took the order.
 */
function notTaken(act: Act, facts: CaseFacts, post: PostFacts | null): CaseRefusal | undefined {
  if (act !== 'submit-result' || facts.state !== 'assigned') return undefined
  const atDesk = post !== null && areaPosts([post], rolesOf[`${facts.desk}-desk`], facts.area).length > 0
  return atDesk ? undefined : 'cases/wrong-state'
}

/**
 * Everything for the view: acts that this person's capacity on this case makes theirs, each allowed or with the
 * reason why not now. Acts of other parties are absent, so that a screen shows only what could ever concern them.
 */
export function decideAll(
  facts: CaseFacts,
  actor: ActorFacts,
  at: Date,
  settings?: ActSettings,
): Partial<Record<Act, { ok: true } | { ok: false; why: CaseRefusal }>> {
  const can: Partial<Record<Act, { ok: true } | { ok: false; why: CaseRefusal }>> = {}
  for (const act of acts) {
    if (act === 'file') continue
    const transition = transitionOf(act)
    if (transition.onlyFromAbove && facts.fromAbove === null) continue
    // Neither the acts of a petition on an ordinary case nor the other way round: nobody looks for them there.
    if (!petitionAllows(transition, facts.petition)) continue
    if ((facts.guarded && !openWhileGuarded.includes(act)) || !taskAllows(transition, facts.task)) continue
    if (!specialAllows(act, facts.special)) continue
    const theirs =
      partiesFor(transition, facts).some((party) => postAs(party, facts, actor) !== undefined) ||
      onDutyPosts(act, facts, actor, settings?.duty).length > 0
    if (!theirs) continue
    const decision = decideAct(act, facts, actor, at, settings)
    can[act] = decision.ok ? { ok: true } : decision
  }
  return can
}
