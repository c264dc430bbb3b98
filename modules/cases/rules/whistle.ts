/**
 * Who may do what with a whistle, and how a call that nobody answers climbs. Pure.
 * Rule: rules.md 4.2 art. 16 (吹哨报到), 33 (双考核); edge.md 4.8: no department closes a whistle, the caller's veto holds.
 */
import type { Role } from '../../../lib/contract.ts'
import type { CaseRefusal } from '../refusals.ts'
import type { WhistleStep, WhistleTaskState } from '../whistle-words.ts'

export interface WhistleFacts {
  readonly released: boolean
  readonly raisedBy: string
  readonly raisedPost: string | null
  readonly calls: readonly {
    readonly organisationId: string
    readonly isLead: boolean
    readonly arrived: boolean
    readonly rated: boolean
  }[]
  readonly tasks: readonly {
    readonly id: string
    readonly organisationId: string
    readonly state: WhistleTaskState
  }[]
}

export interface WhistleActor {
  readonly accountId: string
  readonly posts: readonly {
    readonly id: string
    readonly role: Role
    readonly organisationId: string | null
  }[]
}

/** An act, and what it is about. */
export type WhistleAct =
  | { readonly act: 'arrive' }
  | { readonly act: 'give-task'; readonly organisationId: string }
  | { readonly act: 'finish'; readonly taskId: string }
  | { readonly act: 'judge'; readonly taskId: string }
  | { readonly act: 'rate'; readonly organisationId: string }
  | { readonly act: 'release' }

export type WhistleDecision = { readonly ok: true } | { readonly ok: false; readonly why: CaseRefusal }

const yes: WhistleDecision = { ok: true }
const no = (why: CaseRefusal): WhistleDecision => ({ ok: false, why })

/** Whoever blew it; while they are away, whoever holds their post. */
export const isCaller = ({ raisedBy, raisedPost }: WhistleFacts, actor: WhistleActor): boolean =>
  actor.accountId === raisedBy || (raisedPost !== null && actor.posts.some(({ id }) => id === raisedPost))

/** Works for this organisation in a capacity that answers for it. */
export const answersFor = (actor: WhistleActor, organisationId: string): boolean =>
  actor.posts.some(
    (post) =>
      post.organisationId === organisationId &&
      (post.role === 'handler' || post.role === 'organisation-lead'),
  )

export function decideWhistle(facts: WhistleFacts, actor: WhistleActor, what: WhistleAct): WhistleDecision {
  if (facts.released) return no('cases/whistle-over')
  const caller = isCaller(facts, actor)
  switch (what.act) {
    case 'arrive': {
      const own = facts.calls.filter(({ organisationId }) => answersFor(actor, organisationId))
      if (own.length === 0) return no('cases/whistle-not-yours')
      return own.some(({ arrived }) => !arrived) ? yes : no('cases/whistle-arrived')
    }
    case 'give-task': {
      const lead = facts.calls.some((one) => one.isLead && answersFor(actor, one.organisationId))
      if (!caller && !lead) return no('cases/whistle-not-yours')
      const isCalled = facts.calls.some(({ organisationId }) => organisationId === what.organisationId)
      return isCalled ? yes : no('cases/organisation-unknown')
    }
    case 'finish': {
      const task = facts.tasks.find(({ id }) => id === what.taskId)
      if (task === undefined || !answersFor(actor, task.organisationId)) return no('cases/whistle-not-yours')
      return task.state === 'open' || task.state === 'vetoed' ? yes : no('cases/wrong-state')
    }
    case 'judge': {
      if (!caller) return no('cases/whistle-not-yours')
      return facts.tasks.find(({ id }) => id === what.taskId)?.state === 'done'
        ? yes
        : no('cases/wrong-state')
    }
    case 'rate': {
      if (!caller) return no('cases/whistle-not-yours')
      const one = facts.calls.find(({ organisationId }) => organisationId === what.organisationId)
      if (one === undefined) return no('cases/organisation-unknown')
      return one.rated ? no('cases/already-rated') : yes
    }
    case 'release':
      return caller ? releaseDecision(facts) : no('cases/whistle-not-yours')
  }
}

/** Nothing is left open, no veto stands, and everybody who was called is rated: arriving late or never is rated too. */
function releaseDecision({ calls, tasks }: WhistleFacts): WhistleDecision {
  if (tasks.some(({ state }) => state === 'vetoed')) return no('cases/whistle-vetoed')
  if (tasks.some(({ state }) => state !== 'accepted')) return no('cases/whistle-task-open')
  return calls.every(({ rated }) => rated) ? yes : no('cases/whistle-unrated')
}

export interface ClimbMinutes {
  readonly supervisor: number
  readonly 'street-head': number
}

/** The steps that an unanswered call has reached. The instant itself is still in time. */
export function climbedSteps(dueAt: Date, at: Date, minutes: ClimbMinutes): WhistleStep[] {
  const late = at.getTime() - dueAt.getTime()
  if (late <= 0) return []
  const after = (amount: number) => late > amount * 60_000
  return [
    'unanswered',
    ...(after(minutes.supervisor) ? (['supervisor'] as const) : []),
    ...(after(minutes['street-head']) ? (['street-head'] as const) : []),
  ]
}
