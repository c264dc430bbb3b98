/** What one act of a demo history changes on its case. The acts themselves live in the cases module; a test holds both together. */
import { addDays, dayOf } from '../lib/time.ts'
import type { CaseRow, NewEntry } from '../modules/cases/server/index.ts'
import { wanted } from './load-place.ts'
import { type ActingParty, clocksFrom, type LoadWorld, partyOf } from './load-world.ts'
import type { DemoAct } from './types.ts'

type Detail = NewEntry['detail']

interface Step {
  readonly world: LoadWorld
  readonly row: CaseRow
  readonly act: DemoAct
  readonly at: Date
  readonly by: ActingParty
}

/** Changes the row and gives the detail of the entry. */
export function applyAct(world: LoadWorld, row: CaseRow, act: DemoAct): Detail {
  const step: Step = { world, row, act, at: new Date(act.at), by: partyOf(world, act.by) }
  const asks =
    ['return', 'extend', 'defer', 'suspend'].includes(act.act) ||
    (act.act === 'close' && act.fromState === act.toState)
  const detail = asks ? ask(step) : (steps[act.act]?.(step) ?? {})
  row.state = act.toState
  return detail
}

const add = (list: string[], id: string | null) => {
  if (id !== null && !list.includes(id)) list.push(id)
}

/** Who worked on it, and whose order it was: they neither check nor close. */
function handled({ row, by }: Step): void {
  row.handled_by = [...row.handled_by]
  row.handled_organisations = [...row.handled_organisations]
  add(row.handled_by, by.accountId)
  add(row.handled_organisations, row.organisation_id)
}

const steps: Partial<Record<DemoAct['act'], (step: Step) => Detail>> = {
  accept: accepted,
  'answer-now': ({ row, act, at }) => {
    const answer = act.data.answer ?? act.words
    const responded_at = row.responded_at ?? at
    Object.assign(row, { outcome: 'solved', answer, answered_at: at, responded_at, closed_at: at })
    return {}
  },
  decline: ({ row, act, at }) => {
    Object.assign(row, { answer: act.data.answer ?? act.words, answered_at: at, closed_at: at })
    return { reason: act.data.declineReason ?? null, whereToTurn: act.data.whereToTurn ?? null }
  },
  merge: ({ world, row, act }) => {
    row.parent_case_id = wanted(world.caseIds.get(act.data.parentCase ?? ''), 'parent case')
    return { parent: world.numbers.get(act.data.parentCase ?? '') ?? null }
  },
  escalate: ({ row }) => {
    row.desk = 'street'
    return { desk: 'street' }
  },
  'send-down': sentDown,
  assign: assigned,
  take: (step) => {
    handled(step)
    if (step.row.holder_post_id === null) hold(step.row, step.by.post)
    return {}
  },
  'hand-on': ({ world, row, act }) => {
    hold(row, wanted(world.posts.get(act.data.post ?? ''), 'post'))
    return { post: row.holder_post_id }
  },
  contact: ({ row, act, at }) => {
    if (act.data.reached) row.responded_at ??= at
    return { mode: act.data.mode ?? null, reached: act.data.reached ?? false, at: at.toISOString() }
  },
  'submit-result': (step) => {
    const { row, act } = step
    handled(step)
    row.outcome = act.data.outcome ?? null
    row.draft_answer = act.data.answer ?? row.draft_answer
    return { outcome: row.outcome, onBehalf: act.data.onBehalf ?? null }
  },
  'solve-on-spot': (step) => {
    handled(step)
    const { world, row, act, at, by } = step
    hold(row, by.post)
    if (row.clock_rule === null) Object.assign(row, clocksFrom(world, row, at))
    const responded_at = row.responded_at ?? at
    Object.assign(row, {
      outcome: 'solved',
      draft_answer: act.data.answer ?? null,
      assigned_at: at,
      responded_at,
    })
    return {}
  },
  answer: ({ row, act }) => {
    row.draft_answer = act.data.answer ?? act.words
    return {}
  },
  check: checked,
  rate: ({ row, act }) => {
    const { reached = false, solved = false, satisfaction = 'fair' } = act.data
    const rating = { reached, solved, satisfaction }
    row.rating = { ...rating, words: act.words, at: new Date(act.at).toISOString(), counts: true }
    return { ...rating, counts: true }
  },
  close: ({ row, act, at }) => {
    row.outcome = act.data.outcome ?? row.outcome
    row.closed_at = at
    const because = row.rating?.solved ? 'confirmed' : 'period-ended'
    return { outcome: row.outcome, ...('system' in act.by ? { because } : {}) }
  },
  reopen: reopened,
  supervise: ({ row, act }) => {
    row.supervised = true
    return { until: isoOf(act.data.until) }
  },
  approve: approved,
  refuse: ({ row }) => {
    const of = row.pending_approval?.act ?? null
    row.pending_approval = null
    return { of }
  },
}

const isoOf = (text: string | undefined): string | null =>
  text === undefined ? null : new Date(text).toISOString()

function hold(row: CaseRow, post: { id: string; accountId: string } | null): void {
  row.holder_post_id = post?.id ?? null
  row.holder_account_id = post?.accountId ?? null
}

function accepted({ world, row, act, at }: Step): Detail {
  const matterKey = act.data.matterKey ?? null
  row.kind = act.data.kind ?? row.kind
  row.urgency = act.data.urgency ?? row.urgency
  if (matterKey !== null) row.matter_id = wanted(world.matters.get(matterKey), matterKey).id
  Object.assign(row, { accepted_at: at, ...clocksFrom(world, row, at) })
  const dueAt = row.due_at?.toISOString() ?? null
  return { kind: row.kind, matter: matterKey, urgency: row.urgency, dueAt }
}

function sentDown({ world, row, act }: Step): Detail {
  const community = wanted(world.areas.get(act.data.areaCode ?? ''), 'community')
  row.desk = 'community'
  // A case without a place now stands in the community that answers for it.
  if (!`${row.area}.`.startsWith(`${community.path}.`))
    Object.assign(row, { area_id: community.id, area: community.path })
  return { desk: 'community', area: act.data.areaCode ?? null }
}

function assigned({ world, row, act, at, by }: Step): Detail {
  const { organisation, post, helpers = [] } = act.data
  row.organisation_id =
    organisation === undefined ? null : wanted(world.organisations.get(organisation), organisation)
  hold(row, post === undefined ? null : wanted(world.posts.get(post), post))
  row.shared_organisations = helpers.map((code) => wanted(world.organisations.get(code), code))
  row.assigned_at = at
  row.assigned_by = [...row.assigned_by]
  add(row.assigned_by, by.accountId)
  return { organisation: row.organisation_id, post: row.holder_post_id, helpers: helpers.length }
}

function checked({ row, act, at }: Step): Detail {
  const { pass = false, mode = null } = act.data
  if (pass) {
    row.answer = row.draft_answer
    row.answered_at = at
    row.responded_at ??= at
  } else row.rework_count += 1
  return { pass, mode }
}

function reopened({ world, row, at }: Step): Detail {
  hold(row, null)
  Object.assign(row, {
    accepted_at: at,
    ...clocksFrom(world, row, at),
    responded_at: null,
    assigned_at: null,
    organisation_id: null,
    shared_organisations: [],
    outcome: null,
    draft_answer: null,
    answer: null,
    answered_at: null,
    closed_at: null,
    rating: null,
    review_on: null,
  })
  row.reopen_count += 1
  return { dueAt: row.due_at?.toISOString() ?? null }
}

function ask({ row, act, at, by }: Step): Detail {
  const { outcome = null, reviewOn = null, suspendReason = null } = act.data
  const until = isoOf(act.data.until)
  row.pending_approval = {
    act: act.act as 'return',
    byAccount: by.accountId,
    byPost: by.post?.id ?? null,
    reason: act.words ?? '',
    until,
    at: at.toISOString(),
    more: act.act === 'close' ? { outcome, reviewOn } : suspendReason ? { kind: suspendReason } : {},
  }
  return { asked: act.act, until, ...row.pending_approval.more }
}

function approved({ row, at }: Step): Detail {
  const asked = row.pending_approval
  row.pending_approval = null
  if (asked === null) throw new Error('nothing was asked')
  const until = asked.until === null ? null : new Date(asked.until)
  switch (asked.act) {
    case 'return':
      hold(row, null)
      Object.assign(row, { organisation_id: null, shared_organisations: [], assigned_at: null })
      break
    case 'suspend':
      Object.assign(row, { suspended_until: until, suspended_at: at })
      break
    case 'close':
      row.outcome = 'unsolved'
      row.review_on = asked.more.reviewOn ?? addDays(dayOf(at), 90)
      row.closed_at = at
      break
    default:
      row.due_at = until ?? row.due_at
  }
  return { of: asked.act, until: asked.until, ...asked.more }
}
