/** Alike cases: for a resident before filing, for a desk as clusters, and what is said most by day and area. */
import { type Static, Type } from 'typebox'
import { Day, defineOperation, Id, Instant, Nullable, type Who, Words } from '../../lib/contract.ts'
import { AreaRef, Place } from '../areas/contract.ts'
import { MatterRef } from './case-views.ts'
import { publicStages } from './gathering-words.ts'
import { caseStates } from './words.ts'

const strict = { additionalProperties: false } as const

/** A public matter nearby that staff said in their own words. Nobody's name, phone, door or words are in it. */
export const NearCase = Type.Object(
  {
    id: Id,
    summary: Type.String(),
    place: Type.String(),
    stage: Words(publicStages),
    saidOn: Day,
    /** How many said it, the first one counted. */
    people: Type.Integer(),
  },
  strict,
)
export type NearCase = Static<typeof NearCase>

export const listNearCases = defineOperation({
  name: 'cases.listNearCases',
  method: 'POST',
  path: '/api/near-cases',
  summary:
    'Open cases of public matters near and like what a resident is about to say, each by its published summary',
  who: ['resident'],
  audit: 'none',
  idempotency: 'unstored',
  body: Type.Object(
    {
      text: Type.Optional(Type.String({ maxLength: 4000 })),
      matterCode: Type.Optional(Type.String({ maxLength: 20 })),
      place: Type.Optional(Place),
      addressText: Type.Optional(Type.String({ maxLength: 200 })),
      buildingCode: Type.Optional(Type.String({ maxLength: 40 })),
    },
    strict,
  ),
  output: Type.Object({ items: Type.Array(NearCase, { maxItems: 3 }) }, strict),
})

const desk: Who = ['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor']

export const ClusterCase = Type.Object({
  id: Id,
  number: Type.String(),
  title: Type.String(),
  state: Words(caseStates),
  area: Nullable(AreaRef),
  createdAt: Instant,
  version: Type.Integer(),
  /** Joining it to the first case of the cluster is the actor's to do. */
  mayMerge: Type.Boolean(),
})

export const CaseCluster = Type.Object({
  matter: Nullable(MatterRef),
  /** The area that holds them all. */
  area: Nullable(AreaRef),
  from: Instant,
  to: Instant,
  /** 0 to 1: how alike the least alike neighbours in it are. */
  alike: Type.Number(),
  /** The oldest open one first: the others would be joined to it. */
  cases: Type.Array(ClusterCase),
})
export type CaseCluster = Static<typeof CaseCluster>

export const listClusters = defineOperation({
  name: 'cases.listClusters',
  method: 'GET',
  path: '/api/case-clusters',
  summary: 'Open cases that seem to be about one thing, by meaning, place and time; a person joins them',
  who: desk,
  query: Type.Object({ areaId: Type.Optional(Id) }, strict),
  output: Type.Object({
    /** How many open cases were compared; with more than this the newest were. */
    compared: Type.Integer(),
    items: Type.Array(CaseCluster),
  }),
})

export const HotMatter = Type.Object({
  day: Day,
  area: Nullable(AreaRef),
  matter: MatterRef,
  count: Type.Integer(),
  /** Mean a day of the 28 days before. */
  usual: Type.Number(),
})
export type HotMatter = Static<typeof HotMatter>

export const listHotMatters = defineOperation({
  name: 'cases.listHotMatters',
  method: 'GET',
  path: '/api/hot-matters',
  summary: 'Matters that were said much more often than usual, by day and community',
  who: [...desk, 'viewer'],
  query: Type.Object({ from: Day, to: Day }, strict),
  output: Type.Object({
    from: Day,
    to: Day,
    /** What makes a matter hot. */
    atLeast: Type.Integer(),
    timesUsual: Type.Number(),
    items: Type.Array(HotMatter),
  }),
  refusals: ['cases/period-wrong'],
})

export const nearOperations = [listNearCases, listClusters, listHotMatters] as const
