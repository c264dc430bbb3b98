/** What the screens of checks, proposals and buildings are shown. */
import { type Static, Type } from 'typebox'
import { Day, Id, Instant, Nullable, Words } from '../../lib/contract.ts'
import { Geometry } from './draft-views.ts'

const strict = { additionalProperties: false } as const
const Named = Type.Object({ id: Id, code: Type.String(), level: Type.String(), name: Type.String() })
const Spot = Type.Object({ lng: Type.Number(), lat: Type.Number() })

export const findingKinds = [
  'gap',
  'overlap',
  'sliver',
  'outside-parent',
  'inside-another',
  'not-drawn',
  'building-nowhere',
  'building-twice',
  'building-elsewhere',
  'too-few-households',
  'too-many-households',
  'no-branch',
  'vacant-post',
  'no-lead',
  'too-many-posts',
] as const
export type FindingKind = (typeof findingKinds)[number]

/** One thing to mend. `figure` counts square metres of shapes, households of grids, areas of a person. */
export const FindingView = Type.Object({
  key: Type.String(),
  kind: Words(findingKinds),
  /** The areas it is about, the one to be mended first. */
  areas: Type.Array(Named),
  building: Nullable(
    Type.Object({ id: Id, code: Type.String(), name: Type.String(), address: Type.String() }),
  ),
  accountId: Nullable(Id),
  role: Nullable(Type.String()),
  figure: Nullable(Type.Number()),
  at: Nullable(Spot),
  shape: Nullable(Geometry),
})
export type FindingView = Static<typeof FindingView>

export const proposalStates = ['running', 'ready', 'cancelled', 'adopted'] as const

/** Every share is told by what it is a share of: `within` and `contiguous` of `groups`, `moved` of `placedBefore`. */
export const ProposalFigures = Type.Object(
  {
    groups: Type.Integer(),
    buildings: Type.Integer(),
    households: Type.Integer(),
    least: Type.Integer(),
    median: Type.Integer(),
    most: Type.Integer(),
    within: Type.Integer(),
    contiguous: Type.Integer(),
    /** Compounds that fit into one micro-grid, and those of them that lie in several. */
    wholeCompounds: Type.Integer(),
    splitCompounds: Type.Integer(),
    acrossBarriers: Type.Integer(),
    placedBefore: Type.Integer(),
    moved: Type.Integer(),
  },
  strict,
)
export type ProposalFigures = Static<typeof ProposalFigures>

export const ProposalSummary = Type.Object({
  id: Id,
  name: Type.String(),
  area: Named,
  level: Type.String(),
  target: Type.Integer(),
  /** A share of the target. */
  deviation: Type.Number(),
  seed: Type.Integer(),
  recut: Type.Boolean(),
  withBarriers: Type.Boolean(),
  state: Words(proposalStates),
  /** From 0 to 1. */
  doneShare: Type.Number(),
  /** Buildings without coordinates, which no proposal can place. */
  unplaced: Type.Integer(),
  figures: Nullable(ProposalFigures),
  createdAt: Instant,
  draftId: Nullable(Id),
})
export type ProposalSummary = Static<typeof ProposalSummary>

export const ProposalGroup = Type.Object({
  /** Within its parent, from 1. */
  number: Type.Integer(),
  parent: Named,
  /** The micro-grid of today that goes on in it; null for a new one. */
  before: Nullable(Named),
  buildings: Type.Integer(),
  households: Type.Integer(),
  geometry: Nullable(Geometry),
})
export type ProposalGroup = Static<typeof ProposalGroup>

export const BarrierView = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    /** Positions [lng, lat]. */
    line: Type.Array(Type.Array(Type.Number(), { minItems: 2, maxItems: 2 }), {
      minItems: 2,
      maxItems: 2_000,
    }),
  },
  strict,
)

export const CompoundView = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  buildings: Type.Integer(),
  households: Type.Integer(),
  /** Buildings whose households are known: the denominator of the figure before. */
  buildingsWithHouseholds: Type.Integer(),
  /** Micro-grids that its buildings lie in. */
  areas: Type.Integer(),
  validFrom: Day,
})

export const EntranceView = Type.Object({
  id: Id,
  /** What stands over its door: 1, 2, A. */
  code: Type.String(),
  floors: Nullable(Type.Integer()),
  validFrom: Day,
  validTo: Nullable(Day),
  dwellings: Type.Integer(),
})

export const BuildingRecord = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  address: Type.String(),
  compound: Nullable(Type.Object({ id: Id, code: Type.String(), name: Type.String() })),
  /** From the community down. */
  chain: Type.Array(Named),
  lng: Nullable(Type.Number()),
  lat: Nullable(Type.Number()),
  households: Nullable(Type.Integer()),
  hasDoorCode: Type.Boolean(),
  entrances: Type.Array(EntranceView),
  /** Those in force, in the order of entrance, floor and door. */
  dwellings: Type.Array(
    Type.Object({
      id: Id,
      entranceId: Nullable(Id),
      code: Type.String(),
      floor: Nullable(Type.Integer()),
      validFrom: Day,
    }),
  ),
  counts: Type.Array(Type.Object({ onDay: Day, households: Type.Integer(), source: Type.String() })),
  moves: Type.Array(Type.Object({ onDay: Day, from: Type.String(), to: Type.String() })),
})
export type BuildingRecord = Static<typeof BuildingRecord>

/** What a building has from today on. */
export const BuildingParts = Type.Object(
  {
    households: Nullable(Type.Integer({ minimum: 0, maximum: 5_000 })),
    compound: Nullable(Type.String({ minLength: 1, maxLength: 60 })),
    entrances: Type.Array(
      Type.Object(
        {
          code: Type.String({ minLength: 1, maxLength: 10 }),
          floors: Nullable(Type.Integer({ minimum: 1, maximum: 200 })),
          dwellings: Type.Array(Type.String({ minLength: 1, maxLength: 20 }), {
            maxItems: 500,
            uniqueItems: true,
          }),
        },
        strict,
      ),
      { maxItems: 60 },
    ),
  },
  strict,
)
export type BuildingParts = Static<typeof BuildingParts>
