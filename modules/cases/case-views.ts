/** What the server shows of a case; the shapes that lists, records and acts answer with. */
import { type Static, Type } from 'typebox'
import { Day, Id, Instant, Nullable, Words } from '../../lib/contract.ts'
import { OrganisationRef } from '../accounts/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { ByPost } from './by-post.ts'
import { DisputeView } from './dispute-view.ts'
import { ExtraFields, ExtraValues } from './extra-fields.ts'
import { caseRoutes } from './gathering-words.ts'
import { PetitionView } from './petition-view.ts'
import type { CaseRefusal } from './refusals.ts'
import { specialKinds } from './special-words.ts'
import { taskKinds, taskNeeds } from './task-words.ts'
import { findingKinds, ratingWays } from './trust-words.ts'
import {
  type Act,
  acts,
  caseKinds,
  caseStates,
  channels,
  desks,
  entryActs,
  ladderSteps,
  outcomes,
  satisfactions,
  suspendReasons,
  urgencies,
} from './words.ts'

export { ByPost }

/** 1 to 4,000 characters that people wrote. */
export const Text = Type.String({ minLength: 1, maxLength: 4000 })
/** Imported messages run to 8,994 characters; what is typed by hand stays under 4,000. */
export const LongText = Type.String({ minLength: 1, maxLength: 10000 })
export const FileIds = Type.Array(Id, { maxItems: 9 })

export const MatterRef = Type.Object({
  code: Type.String(),
  name: Type.String(),
  nameEn: Type.String(),
  /** Plain words for residents; null for the street-space standard, whose names residents never see. */
  residentWords: Nullable(Type.String()),
})
export type MatterRef = Static<typeof MatterRef>

export const matterLevels = ['grid', 'community', 'street', 'department'] as const

export const MatterView = Type.Object({
  id: Id,
  code: Type.String(),
  standard: Type.String(),
  classCode: Type.String(),
  className: Type.String(),
  classNameEn: Nullable(Type.String()),
  name: Type.String(),
  nameEn: Type.String(),
  residentWords: Nullable(Type.String()),
  level: Words(matterLevels),
  kind: Words(caseKinds),
  urgency: Words(urgencies),
  /** The deadlines that hold for it, in words with their source. */
  clock: Type.Object({ zh: Type.String(), en: Type.String() }),
  isPublic: Type.Boolean(),
  sensitive: Type.Boolean(),
  onSiteCheck: Type.Boolean(),
  localExtension: Type.Boolean(),
  /** What the desk asks for at acceptance; null for nothing. */
  extraFields: Nullable(ExtraFields),
})
export type MatterView = Static<typeof MatterView>

/** Where a deadline stands, and the rule that set it. `fraction` is what is left, 0 to 1. */
export const Clock = Type.Object({
  state: Words(['none', 'running', 'due-soon', 'overdue', 'stopped', 'suspended'] as const),
  which: Nullable(Words(['response', 'finish'] as const)),
  dueAt: Nullable(Instant),
  fraction: Nullable(Type.Number()),
  minutesLeft: Nullable(Type.Integer()),
  rule: Nullable(Type.Object({ zh: Type.String(), en: Type.String() })),
  /** Why the clock stands still, since when and until when; null while it runs. */
  pause: Nullable(Type.Object({ reason: Nullable(Words(suspendReasons)), since: Instant, until: Instant })),
})
export type Clock = Static<typeof Clock>

export const Holder = Type.Object({
  organisation: Nullable(OrganisationRef),
  helpers: Type.Array(OrganisationRef),
  postId: Nullable(Id),
  /** The post, where the order was given to one person's. */
  post: Nullable(ByPost),
  /** Whoever held it is no longer there: nobody works on it. */
  vacant: Type.Boolean(),
})

export const Rating = Type.Object({
  reached: Type.Boolean(),
  solved: Type.Boolean(),
  satisfaction: Words(satisfactions),
  words: Nullable(Type.String()),
  at: Instant,
  /** False for a staff member who rated their own report: shown, never counted. */
  counts: Type.Boolean(),
  /** How it came in; null on ratings from before this was kept. */
  way: Nullable(Words(ratingWays)),
})

export const PendingApproval = Type.Object({
  act: Words([
    'return',
    'extend',
    'defer',
    'suspend',
    'close',
    'submit-result',
    'find-unreasonable',
  ] as const),
  by: ByPost,
  mine: Type.Boolean(),
  reason: Type.String(),
  until: Nullable(Instant),
  /** With `submit-result`: what the lead of the organisation is asked to let out. */
  outcome: Nullable(Words(outcomes)),
  answer: Nullable(Type.String()),
  at: Instant,
})

/** What the actor may do now: `{ok:true}`, or the refusal code that says why not. Acts that are never theirs are absent. */
export const Can = Type.Unsafe<Partial<Record<Act, { ok: true } | { ok: false; why: CaseRefusal }>>>(
  Type.Record(
    Type.String({ enum: [...acts] }),
    Type.Object({ ok: Type.Boolean(), why: Type.Optional(Type.String()) }),
  ),
)

/** What an order from above keeps of its own, beside the case that it became. */
export const UpstreamOrder = Type.Object({
  source: Type.String(),
  sourceName: Type.String(),
  sourceNameEn: Type.String(),
  number: Type.String(),
  class: Nullable(Type.String()),
  /** The deadline of those above; `dueAt` of the case is our own, earlier one. */
  dueAt: Nullable(Instant),
  dueRule: Nullable(Type.Object({ zh: Type.String(), en: Type.String() })),
  repliedAt: Nullable(Instant),
  returnAsked: Nullable(
    Type.Object({
      reason: Type.String(),
      by: ByPost,
      askedAt: Instant,
      outcome: Nullable(Words(['approved', 'refused'] as const)),
      confirmedBy: Nullable(Type.String()),
      settledAt: Nullable(Instant),
    }),
  ),
  rating: Nullable(
    Type.Object({
      scale: Type.String(),
      value: Type.String(),
      solved: Nullable(Type.Boolean()),
      words: Nullable(Type.String()),
      at: Instant,
    }),
  ),
})
export type UpstreamOrder = Static<typeof UpstreamOrder>

const summaryFields = {
  id: Id,
  number: Type.String(),
  kind: Nullable(Words(caseKinds)),
  state: Words(caseStates),
  outcome: Nullable(Words(outcomes)),
  urgency: Words(urgencies),
  title: Type.String(),
  /** Null for a role that sees lists and figures without texts (viewer). */
  text: Nullable(Type.String()),
  channel: Words(channels),
  /** 三办; null while nobody has said. */
  route: Nullable(Words(caseRoutes)),
  /** Null unless it is a duty task of a grid. */
  /** Run as a mediation, hazard or violation, which has a page of its own. */
  special: Nullable(Words(specialKinds)),
  task: Nullable(Type.Object({ kind: Words(taskKinds), needs: Words(taskNeeds), endsOn: Day })),
  matter: Nullable(MatterRef),
  area: Nullable(AreaRef),
  placeText: Nullable(Type.String()),
  desk: Words(desks),
  holder: Holder,
  /** Null for a case of our own. */
  order: Nullable(UpstreamOrder),
  responseDueAt: Nullable(Instant),
  dueAt: Nullable(Instant),
  clock: Clock,
  rating: Nullable(Rating),
  /** Somebody is asked again without knowing it: until then staff read no rating. */
  ratingInReview: Type.Boolean(),
  reviewOn: Nullable(Day),
  pendingApproval: Nullable(PendingApproval),
  version: Type.Integer(),
  createdAt: Instant,
  closedAt: Nullable(Instant),
}

export const CaseSummary = Type.Object(summaryFields)
export type CaseSummary = Static<typeof CaseSummary>

export const FileRef = Type.Object({ id: Id, mediaType: Type.String(), name: Nullable(Type.String()) })

export const EntryView = Type.Object({
  id: Id,
  at: Instant,
  act: Words(entryActs),
  by: ByPost,
  mine: Type.Boolean(),
  fromState: Nullable(Words(caseStates)),
  toState: Nullable(Words(caseStates)),
  words: Nullable(Type.String()),
  /** Codes and figures of the act: pass, mode, reason, until, reached … */
  detail: Type.Unsafe<Record<string, string | number | boolean | null>>(Type.Any()),
  files: Type.Array(FileRef),
})
export type EntryView = Static<typeof EntryView>

export const ReporterView = Type.Object({
  /** Masked by the server; `unmask` opens one field with a reason. */
  name: Nullable(Type.String()),
  phone: Nullable(Type.String()),
  address: Nullable(Type.String()),
  confidential: Type.Boolean(),
  isMe: Type.Boolean(),
})

export const CaseView = Type.Object({
  ...summaryFields,
  place: Nullable(Type.Object({ lng: Type.Number(), lat: Type.Number() })),
  areaChain: Type.Array(AreaRef),
  reporter: Nullable(ReporterView),
  files: Type.Array(FileRef),
  /** Values of the matter's extra fields, by their name. */
  extra: ExtraValues,
  reopenCount: Type.Integer(),
  reworkCount: Type.Integer(),
  /** How often this round was given to an organisation or post; one is right the first time. */
  hops: Type.Integer(),
  /** Why the community need not keep it; null where its duty list holds the matter, and at the street desk. */
  outsideDuty: Nullable(Type.Object({ zh: Type.String(), en: Type.String() })),
  /** Until when the route of the case promises it 承诺; null without a route. */
  promisedAt: Nullable(Instant),
  /** 不合理诉求, found by two people; null for residents and where there is none. */
  finding: Nullable(Type.Object({ kind: Words(findingKinds), reason: Type.String() })),
  /** Null unless the case was registered as a petition 信访. */
  petition: Nullable(PetitionView),
  /** Null for residents, and while nobody disputes the duty. */
  dispute: Nullable(DisputeView),
  parentCaseId: Nullable(Id),
  /** What the resident was answered, once it was sent. */
  answer: Nullable(Type.String()),
  /** What the reader may take back, and until when; null where there is nothing. */
  undo: Nullable(Type.Object({ acts: Type.Array(Words(acts)), until: Instant })),
  can: Can,
})
export type CaseView = Static<typeof CaseView>

/** A step of the case's clock: when it is taken, and when it was. */
export const LadderStepView = Type.Object({
  step: Words(ladderSteps),
  at: Instant,
  takenAt: Nullable(Instant),
})
export type LadderStepView = Static<typeof LadderStepView>

/** A settled case of the same person about the same thing. */
export const RepeatView = Type.Object({
  id: Id,
  number: Type.String(),
  title: Type.String(),
  state: Words(caseStates),
  outcome: Nullable(Words(outcomes)),
  createdAt: Instant,
  endedAt: Nullable(Instant),
})
export type RepeatView = Static<typeof RepeatView>

export const CaseWithEntries = Type.Object({
  case: CaseView,
  /** For staff of the place: what it repeats, newest first. It changes nothing about the case. */
  repeats: Type.Array(RepeatView),
  entries: Type.Array(EntryView),
  /** For staff, while the finish clock runs; lowest step first. */
  ladder: Type.Array(LadderStepView),
})
export type CaseWithEntries = Static<typeof CaseWithEntries>
