/** Folds the history of a demo case into where the case stands. Later entries win; nothing else decides. */
import type { DemoAct, DemoActor, DemoCaseNow } from './types.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

const keyOf = (by: DemoActor) => ('post' in by ? by.post : 'resident' in by ? by.resident : 'system')

/** @param communityFirst whether the case began at a community desk. Throws on an empty history. */
export function foldHistory(history: readonly DemoAct[], communityFirst: boolean): DemoCaseNow {
  const last = history.at(-1)
  if (last === undefined) throw new Error('a case without history')
  const now: Mutable<DemoCaseNow> = {
    state: last.toState,
    desk: communityFirst ? 'community' : 'street',
    outcome: null,
    organisation: null,
    helpers: [],
    holderPost: null,
    assignedBy: null,
    acceptedAt: null,
    contactedAt: null,
    answeredAt: null,
    closedAt: null,
    answer: null,
    rating: null,
    reviewOn: null,
    parentCase: null,
    reworkCount: 0,
    reopenCount: 0,
    supervised: false,
    marked: null,
    pendingApproval: null,
  }
  let draft: string | null = null
  for (const entry of history) {
    if (entry.data.answer !== undefined) draft = entry.data.answer
    applyEntry(now, entry)
    if (entry.toState === 'answered' && entry.act === 'check') {
      now.answer = draft
      now.answeredAt = entry.at
    }
  }
  return now
}

const asks = (entry: DemoAct) =>
  ['return', 'extend', 'defer', 'suspend'].includes(entry.act) ||
  (entry.act === 'close' && entry.fromState === entry.toState)

function applyEntry(now: Mutable<DemoCaseNow>, entry: DemoAct): void {
  const { data, at } = entry
  if (asks(entry)) {
    now.pendingApproval = {
      act: entry.act as 'return',
      by: keyOf(entry.by),
      at,
      reason: entry.words ?? '',
      until: data.until ?? null,
      outcome: data.outcome ?? null,
      reviewOn: data.reviewOn ?? null,
    }
    return
  }
  switch (entry.act) {
    case 'accept':
      now.acceptedAt = at
      break
    case 'escalate':
      now.desk = 'street'
      break
    case 'send-down':
      now.desk = 'community'
      break
    case 'assign':
      now.organisation = data.organisation ?? null
      now.holderPost = data.post ?? null
      now.helpers = data.helpers ?? []
      now.assignedBy = keyOf(entry.by)
      break
    case 'hand-on':
      now.holderPost = data.post ?? null
      break
    case 'take':
      if (now.holderPost === null) now.holderPost = keyOf(entry.by)
      break
    case 'contact':
      if (data.reached) now.contactedAt ??= at
      break
    case 'solve-on-spot':
      now.outcome = 'solved'
      now.holderPost = keyOf(entry.by)
      break
    case 'submit-result':
      now.outcome = data.outcome ?? null
      break
    case 'check':
      if (!data.pass) {
        now.reworkCount++
        now.outcome = null
      }
      break
    case 'supervise':
      now.supervised = true
      break
    case 'merge':
      now.parentCase = data.parentCase ?? null
      break
    case 'rate':
      now.rating = {
        at,
        reached: data.reached ?? false,
        solved: data.solved ?? false,
        satisfaction: data.satisfaction ?? 'fair',
        words: entry.words,
      }
      break
    default:
      applyEnding(now, entry)
  }
}

function applyEnding(now: Mutable<DemoCaseNow>, entry: DemoAct): void {
  const { data, at } = entry
  switch (entry.act) {
    case 'answer-now':
      Object.assign(now, { outcome: 'solved', answer: data.answer ?? null, answeredAt: at, closedAt: at })
      break
    case 'decline':
      Object.assign(now, { answer: data.answer ?? null, answeredAt: at, closedAt: at })
      break
    case 'close':
      now.outcome = data.outcome ?? now.outcome
      now.closedAt = at
      break
    case 'reopen':
      now.reopenCount++
      Object.assign(now, {
        acceptedAt: at,
        contactedAt: null,
        answeredAt: null,
        closedAt: null,
        answer: null,
      })
      Object.assign(now, { outcome: null, rating: null, reviewOn: null, marked: null })
      Object.assign(now, { organisation: null, holderPost: null, helpers: [], assignedBy: null })
      break
    case 'approve': {
      const asked = now.pendingApproval
      now.pendingApproval = null
      if (asked?.act === 'return') Object.assign(now, { organisation: null, holderPost: null, helpers: [] })
      else if (asked?.act === 'close')
        Object.assign(now, { outcome: asked.outcome, reviewOn: asked.reviewOn, closedAt: at })
      else if (asked?.until) now.marked = { act: asked.act, until: asked.until }
      break
    }
    case 'refuse':
      now.pendingApproval = null
      break
    default:
  }
}
