/** Meetings and visits as sources 走访与会议: one gathering, many needs, and what became of them. */
import { type Static, Type } from 'typebox'
import {
  Cursor,
  Day,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nullable,
  Page,
  type Who,
  Words,
} from '../../lib/contract.ts'
import { AreaRef, Place } from '../areas/contract.ts'
import { ByPost, MatterRef } from './case-views.ts'
import { caseRoutes, gatheringKinds, nextSteps, publicStages } from './gathering-words.ts'
import type { CaseRefusal } from './refusals.ts'
import { caseKinds, caseStates } from './words.ts'

const strict = { additionalProperties: false } as const

/** Who holds gatherings and writes down what was said; each in the area of a post. */
export const whoGathers: Who = [
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
]
const whoReads: Who = [...whoGathers, 'verifier', 'supervisor']

export const mostNeedsAtOnce = 60

/**
 * One row as it was typed. Loose on purpose: a row that is not right is refused by its own name, and the others are
 * kept. `id` is made by the screen and becomes the id of the case.
 */
export const NeedRow = Type.Object(
  {
    id: Id,
    text: Type.String({ maxLength: 10000 }),
    addressText: Type.Optional(Type.String({ maxLength: 400 })),
    buildingCode: Type.Optional(Type.String({ maxLength: 40 })),
    place: Type.Optional(Place),
    kind: Type.Optional(Type.String({ maxLength: 20 })),
    matterCode: Type.Optional(Type.String({ maxLength: 20 })),
    route: Type.Optional(Type.String({ maxLength: 20 })),
    name: Type.Optional(Type.String({ maxLength: 100 })),
    phone: Type.Optional(Type.String({ maxLength: 40 })),
    /** The speaker agreed that name and phone are kept for the answer. */
    consent: Type.Optional(Type.Boolean()),
    /** The open case that this need is the same as. */
    joinCaseId: Type.Optional(Id),
  },
  strict,
)
export type NeedRow = Static<typeof NeedRow>

/**
 * What became of a row. `kept`: its own case; `joined`: merged into an open one; `asked`: its own case, and the desk
 * is told which one it may be the same as; `there`: it was sent before; `refused`: nothing was written, and why.
 */
export const NeedOutcome = Type.Object({
  id: Id,
  outcome: Words(['kept', 'joined', 'asked', 'there', 'refused'] as const),
  number: Nullable(Type.String()),
  /** Number of the case that it joined or may join. */
  parentNumber: Nullable(Type.String()),
  why: Type.Unsafe<CaseRefusal | null>(Nullable(Type.String())),
})
export type NeedOutcome = Static<typeof NeedOutcome>

const gatheringFields = {
  heldAt: Instant,
  placeText: Type.Optional(Type.String({ maxLength: 100 })),
  /** Posts that held it. */
  heldBy: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  /** How many came; never who. */
  attendees: Type.Optional(Type.Integer({ minimum: 0, maximum: 100000 })),
  note: Type.Optional(Type.String({ maxLength: 1000 })),
}

export const StateCount = Type.Object({ stage: Words(publicStages), count: Type.Integer() })

export const GatheringView = Type.Object({
  id: Id,
  kind: Words(gatheringKinds),
  area: Nullable(AreaRef),
  heldAt: Instant,
  placeText: Nullable(Type.String()),
  heldBy: Type.Array(ByPost),
  heldByIds: Type.Array(Id),
  attendees: Nullable(Type.Integer()),
  note: Nullable(Type.String()),
  by: ByPost,
  createdAt: Instant,
  version: Type.Integer(),
  /** All that were written down; `stages` holds those that the reader may see. */
  needs: Type.Integer(),
  stages: Type.Array(StateCount),
  mayAdd: Type.Boolean(),
})
export type GatheringView = Static<typeof GatheringView>

const CaseName = Type.Object({ id: Id, number: Type.String(), title: Type.String() })

export const GatheringNeed = Type.Object({
  caseId: Id,
  number: Type.String(),
  title: Type.String(),
  matter: Nullable(MatterRef),
  route: Nullable(Words(caseRoutes)),
  state: Words(caseStates),
  /** Of the case that it joined, once it has. */
  stage: Words(publicStages),
  next: Words(nextSteps),
  nextBy: Nullable(Instant),
  joined: Nullable(CaseName),
  /** Found to be the same, and not merged yet. */
  maybeSame: Nullable(CaseName),
  mayMerge: Type.Boolean(),
})
export type GatheringNeed = Static<typeof GatheringNeed>

export const recordGathering = defineOperation({
  name: 'cases.recordGathering',
  method: 'POST',
  path: '/api/gatherings',
  summary: 'A gathering with its needs; a row that is not right is named, and all others are kept',
  who: whoGathers,
  status: 201,
  body: Type.Object(
    {
      id: Type.Optional(Id),
      kind: Words(gatheringKinds),
      areaId: Id,
      ...gatheringFields,
      needs: Type.Array(NeedRow, { maxItems: mostNeedsAtOnce }),
    },
    strict,
  ),
  output: Type.Object({ gathering: GatheringView, needs: Type.Array(NeedOutcome) }),
  refusals: [
    'cases/gathering-not-yours',
    'cases/gathering-taken',
    'cases/post-unknown',
    'cases/date-in-future',
  ],
})

export const addNeeds = defineOperation({
  name: 'cases.addNeeds',
  method: 'POST',
  path: '/api/gatherings/{id}/needs',
  summary: 'More needs of a gathering that is there already',
  who: whoGathers,
  params: IdParams,
  body: Type.Object({ needs: Type.Array(NeedRow, { minItems: 1, maxItems: mostNeedsAtOnce }) }, strict),
  output: Type.Object({ gathering: GatheringView, needs: Type.Array(NeedOutcome) }),
  refusals: ['cases/gathering-unknown', 'cases/gathering-not-yours'],
})

export const correctGathering = defineOperation({
  name: 'cases.correctGathering',
  method: 'POST',
  path: '/api/gatherings/{id}/correct',
  summary: 'Corrects when, where, by whom and how many; what people said stays with its cases',
  who: whoGathers,
  params: IdParams,
  body: Type.Partial(Type.Object(gatheringFields), strict),
  output: GatheringView,
  refusals: [
    'cases/gathering-unknown',
    'cases/gathering-not-yours',
    'cases/stale-version',
    'cases/post-unknown',
    'cases/date-in-future',
  ],
})

export const listGatherings = defineOperation({
  name: 'cases.listGatherings',
  method: 'GET',
  path: '/api/gatherings',
  summary: 'Gatherings within the areas of the reader, the newest first',
  who: whoReads,
  query: Type.Object(
    {
      areaId: Type.Optional(Id),
      /** Held or written down by this post. */
      postId: Type.Optional(Id),
      kind: Type.Optional(Words(gatheringKinds)),
      from: Type.Optional(Day),
      to: Type.Optional(Day),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    strict,
  ),
  output: Page(GatheringView),
})

export const getGathering = defineOperation({
  name: 'cases.getGathering',
  method: 'GET',
  path: '/api/gatherings/{id}',
  summary: 'A gathering and what became of each of its needs',
  who: whoReads,
  audit: 'read',
  params: IdParams,
  output: Type.Object({
    gathering: GatheringView,
    items: Type.Array(GatheringNeed),
    /** Needs whose case lies where the reader may not look. */
    outOfSight: Type.Integer(),
  }),
  refusals: ['cases/gathering-unknown'],
})

/** One line in words that name nobody: a summary that was published, or the matter. */
export const PlainLine = Type.Object({
  words: Type.String(),
  wordsEn: Type.String(),
  place: Type.String(),
  route: Nullable(Words(caseRoutes)),
  stage: Words(publicStages),
  next: Words(nextSteps),
  nextBy: Nullable(Instant),
  saidOn: Day,
  settledOn: Nullable(Day),
})
export type PlainLine = Static<typeof PlainLine>

export const getReplySheet = defineOperation({
  name: 'cases.getReplySheet',
  method: 'GET',
  path: '/api/gatherings/{id}/reply-sheet',
  summary: 'For the next gathering: what became of what was said, without personal data',
  who: whoReads,
  params: IdParams,
  output: Type.Object({
    kind: Words(gatheringKinds),
    areaName: Type.String(),
    heldAt: Instant,
    placeText: Nullable(Type.String()),
    attendees: Nullable(Type.Integer()),
    asOf: Instant,
    stages: Type.Array(StateCount),
    lines: Type.Array(PlainLine),
  }),
  refusals: ['cases/gathering-unknown'],
})

/** While a row is being typed: which matter it is, and which open cases of the same matter are near. */
export const suggestForNeed = defineOperation({
  name: 'cases.suggestForNeed',
  method: 'POST',
  path: '/api/need-suggestions',
  summary: 'The matter of a need by its words, and open public cases nearby that may be the same',
  who: whoGathers,
  audit: 'none',
  idempotency: 'unstored',
  body: Type.Object(
    {
      areaId: Id,
      text: Type.String({ maxLength: 10000 }),
      matterCode: Type.Optional(Type.String({ maxLength: 20 })),
      addressText: Type.Optional(Type.String({ maxLength: 400 })),
      buildingCode: Type.Optional(Type.String({ maxLength: 40 })),
    },
    strict,
  ),
  output: Type.Object({
    matters: Type.Array(Type.Object({ matter: MatterRef, kind: Words(caseKinds), why: Type.String() })),
    alike: Type.Array(
      Type.Object({
        id: Id,
        number: Type.String(),
        title: Type.String(),
        state: Words(caseStates),
        area: Nullable(AreaRef),
        createdAt: Instant,
      }),
    ),
  }),
})

export type OutputOfSuggestions = Static<typeof suggestForNeed.output>

export const gatheringOperations = [
  recordGathering,
  addNeeds,
  correctGathering,
  listGatherings,
  getGathering,
  getReplySheet,
  suggestForNeed,
] as const
