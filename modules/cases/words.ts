/** The fixed words of a case: states, kinds, channels, outcomes, acts. Labels for people stand in messages.ts. */
export const caseStates = [
  'pending',
  'accepted',
  'assigned',
  'in-progress',
  'result-submitted',
  'answered',
  'closed',
  'declined',
  'merged',
] as const
export type CaseState = (typeof caseStates)[number]

export const caseKinds = ['inquiry', 'help', 'complaint', 'report', 'suggestion', 'praise'] as const
export type CaseKind = (typeof caseKinds)[number]

export const channels = [
  'resident-app',
  'field',
  'desk',
  'phone',
  'meeting',
  'upstream',
  'import',
  'task',
] as const
export type Channel = (typeof channels)[number]

export const urgencies = ['P0', 'P1', 'P2', 'P3'] as const
export type Urgency = (typeof urgencies)[number]

/** Who sends orders from above; a street may add sources of these kinds. */
export const upstreamKinds = [
  'hotline',
  'district-centre',
  'petition',
  'school',
  'consumer',
  'other',
] as const
export type UpstreamKind = (typeof upstreamKinds)[number]

/** How long before the outside deadline our own one ends. */
export const insideUnits = ['hours', 'working-days'] as const
export type InsideUnit = (typeof insideUnits)[number]

/** What was found at the end; apart from the state, which only says where the work stands. */
export const outcomes = ['solved', 'partly', 'unsolved'] as const
export type Outcome = (typeof outcomes)[number]

/** 满意 / 基本满意 / 一般 / 不满意, in this order everywhere. */
export const satisfactions = ['satisfied', 'mostly', 'fair', 'dissatisfied'] as const
export type Satisfaction = (typeof satisfactions)[number]

/** Which desk holds a case: the community's (clerk, secretary) or the street centre's (dispatcher, duty-head). */
export const desks = ['community', 'street'] as const
export type Desk = (typeof desks)[number]

/** Why a case is not taken on: the branches of the Beijing hotline regulation, article 11 (rules.md 4.2). */
export const declineReasons = [
  'emergency-number',
  'legal-channel',
  'same-matter-known',
  'secret-or-privacy',
  'outside-competence',
  'against-law',
] as const
export type DeclineReason = (typeof declineReasons)[number]

/** The only reasons for which a clock may stand still (rights.md: suspend only for a listed reason). */
export const suspendReasons = ['waiting-for-resident', 'on-site-check', 'force-majeure'] as const
export type SuspendReason = (typeof suspendReasons)[number]

/** Whom a late case climbs to, lowest first. */
export const rungs = ['supervisor', 'street-head'] as const
export type Rung = (typeof rungs)[number]

/** What a clock gives, each once: warnings, then up the ladder. */
export const ladderSteps = ['response-due-soon', 'response-overdue', 'due-soon', 'overdue', ...rungs] as const
export type LadderStep = (typeof ladderSteps)[number]

export const contactModes = ['phone', 'visit', 'message', 'meeting'] as const
export const checkModes = ['on-site', 'call-back'] as const
export const evidenceModes = ['letter', 'call', 'photo'] as const

/** Every act of rights.md, in its order. `file` makes the case; all others are `POST /api/cases/{id}/{act}`. */
export const acts = [
  'file',
  'add',
  'accept',
  'answer-now',
  'decline',
  'merge',
  'split',
  'escalate',
  'send-down',
  'assign',
  'take',
  'return',
  'hand-on',
  'recall',
  'contact',
  'submit-result',
  'solve-on-spot',
  'answer',
  'check',
  'rate',
  'close',
  'reopen',
  'extend',
  'defer',
  'suspend',
  'resume',
  'approve',
  'refuse',
  'remind',
  'supervise',
  'dispute',
  'adjudicate',
  'return-upstream',
  'settle-upstream',
  'reply-upstream',
  'rate-upstream',
  'register-petition',
  'pass-petition',
  'notice-petition',
  'extend-petition',
  'settle-petition',
  'record-rating',
  'find-unreasonable',
  'finish-task',
  'call-off-task',
  'unmask',
] as const
export type Act = (typeof acts)[number]

/** What stands in a case's history: its acts, and calls of people for an urgent one. */
export const entryActs = [
  ...acts,
  'call-out',
  'answer-call',
  'climb',
  'whistle',
  'whistle-arrive',
  'whistle-task',
  'whistle-done',
  'whistle-accept',
  'whistle-veto',
  'whistle-rate',
  'whistle-release',
  'withdraw',
  'blind-call-back',
  'give-task',
  'end-task',
  'undo',
  'mediation',
  'hazard',
  'violation',
] as const
export type EntryAct = (typeof entryActs)[number]
