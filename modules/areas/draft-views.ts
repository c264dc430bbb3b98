/** What the re-cut screens are shown: drafts, what they change, lineage, groupings, and a file before it is taken over. */
import { type Static, Type } from 'typebox'
import { Day, Id, Instant, Nullable, Words } from '../../lib/contract.ts'
import type { AreaGeometry } from '../../lib/geometry.ts'
import { areaKinds } from './area-kinds.ts'

const strict = { additionalProperties: false } as const

export const draftStates = ['draft', 'in-force', 'given-up'] as const
export type DraftState = (typeof draftStates)[number]

/**
 * `add` brings a new area, `redraw` gives one another boundary, `rename` other words and nothing else, `end` lets one
 * end on the day before.
 */
export const draftActs = ['add', 'redraw', 'rename', 'end'] as const

/** A Polygon or MultiPolygon of GeoJSON in WGS-84. */
export const Geometry = Type.Unsafe<AreaGeometry>(
  Type.Object(
    { type: Type.String({ enum: ['Polygon', 'MultiPolygon'] }), coordinates: Type.Array(Type.Any()) },
    strict,
  ),
)

/**
 * One area that a draft changes. `code`, `level`, `name` and `parentId` are needed for `add`. Of an area that is redrawn
 * or renamed `name`, `code` and `kind` are what it gets, and null where it keeps its own.
 */
export const DraftArea = Type.Object(
  {
    areaId: Id,
    act: Words(draftActs),
    code: Nullable(Type.String({ pattern: '^[A-Za-z0-9_]{1,40}$' })),
    level: Nullable(Type.String({ maxLength: 40 })),
    name: Nullable(Type.String({ minLength: 1, maxLength: 100 })),
    kind: Nullable(Words(areaKinds)),
    /** An area that stays, or another that the draft adds. */
    parentId: Nullable(Id),
    position: Type.Integer({ minimum: 0, maximum: 100_000 }),
    boundsText: Nullable(Type.String({ maxLength: 500 })),
    geometry: Nullable(Geometry),
    /** The areas that an added one takes the place of. */
    origins: Type.Array(Id, { maxItems: 200 }),
  },
  strict,
)
export type DraftArea = Static<typeof DraftArea>

export const DraftSummary = Type.Object({
  id: Id,
  name: Type.String(),
  state: Words(draftStates),
  /** The day whose areas it was begun from. */
  baseOn: Day,
  inForceOn: Nullable(Day),
  /** The number of the approval that ordered it. */
  approval: Nullable(Type.String()),
  changedAt: Instant,
  version: Type.Integer(),
  counts: Type.Object({
    add: Type.Integer(),
    redraw: Type.Integer(),
    /** Of those that stay, how many get another name, code or kind. */
    rename: Type.Integer(),
    end: Type.Integer(),
  }),
  /** The last time that it was ordered and taken back before its day. */
  recalled: Nullable(
    Type.Object({ at: Instant, inForceOn: Day, approval: Type.String(), reason: Type.String() }),
  ),
})
export type DraftSummary = Static<typeof DraftSummary>

/** Why a draft cannot be put in force as it stands; `areas` are those it is about. */
export const draftFaults = [
  'area-gone',
  'area-changed-later',
  'code-taken',
  'parent-missing',
  'level-order',
  'has-children',
  'bad-geometry',
  'nothing-changed',
] as const
export type DraftFaultKind = (typeof draftFaults)[number]
export const DraftFault = Type.Object({
  kind: Words(draftFaults),
  areas: Type.Array(Type.Object({ id: Id, name: Type.String() })),
})
export type DraftFault = Static<typeof DraftFault>

const Named = Type.Object({ id: Id, code: Type.String(), level: Type.String(), name: Type.String() })

/** From a day on, this share of `from` belongs to `to`. */
export const LineageLine = Type.Object({
  from: Named,
  to: Named,
  onDay: Day,
  /** Above 0 and at most 1. */
  share: Type.Number(),
  basis: Words(['households', 'surface', 'whole'] as const),
})
export type LineageLine = Static<typeof LineageLine>

const Called = Type.Object({ id: Id, code: Type.String(), name: Type.String(), kind: Words(areaKinds) })
const Counted = Type.Object({ buildings: Type.Integer(), households: Type.Integer() })

/** What a draft would change if it were put in force on a day, against the areas of that day without it. */
export const DraftChanges = Type.Object({
  onDay: Day,
  faults: Type.Array(DraftFault),
  added: Type.Array(
    Type.Object({ area: Named, after: Counted, origins: Type.Array(Type.Object({ name: Type.String() })) }),
  ),
  redrawn: Type.Array(Type.Object({ area: Named, before: Counted, after: Counted })),
  ended: Type.Array(Type.Object({ area: Named, before: Counted })),
  /** What they are called, and will be. */
  renamed: Type.Array(Type.Object({ area: Called, to: Called })),
  lineage: Type.Array(LineageLine),
  moved: Type.Object({
    buildings: Type.Integer(),
    households: Type.Integer(),
    /** Of all households that the street's buildings hold. */
    ofHouseholds: Type.Integer(),
    /** The first of them; `guessed` where a building has no place and went with the largest part. */
    items: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        address: Type.String(),
        households: Nullable(Type.Integer()),
        from: Type.String(),
        to: Type.String(),
        guessed: Type.Boolean(),
      }),
    ),
  }),
})
export type DraftChanges = Static<typeof DraftChanges>

export const GroupingView = Type.Object({
  id: Id,
  /** What such a grouping is called here: 片区. */
  kind: Type.String(),
  name: Type.String(),
  note: Nullable(Type.String()),
  validFrom: Day,
  validTo: Nullable(Day),
  version: Type.Integer(),
  areas: Type.Array(Named),
  counted: Counted,
})
export type GroupingView = Static<typeof GroupingView>

/** Other words for an area from a day on. */
export const RenameLine = Type.Object({
  onDay: Day,
  from: Type.Object({ code: Type.String(), name: Type.String(), kind: Words(areaKinds) }),
  to: Type.Object({ code: Type.String(), name: Type.String(), kind: Words(areaKinds) }),
  approval: Nullable(Type.String()),
})
export type RenameLine = Static<typeof RenameLine>

/** A boundary of an area with its days, and the approval that ordered it where a draft brought it. */
export const BoundaryVersion = Type.Object({
  validFrom: Day,
  validTo: Nullable(Day),
  approval: Nullable(Type.String()),
  draftName: Nullable(Type.String()),
})

/** Figures of one area on a day: what its buildings hold, and what the street gave, each with scope, day and source. */
export const AreaFigureLine = Type.Object({
  area: Named,
  parentId: Nullable(Id),
  counted: Type.Object({
    buildings: Type.Integer(),
    households: Type.Integer(),
    /** Buildings whose households are known: the denominator of the figure before. */
    buildingsWithHouseholds: Type.Integer(),
    leaves: Type.Integer(),
  }),
  given: Type.Array(
    Type.Object({
      name: Type.String(),
      scope: Type.String(),
      value: Type.Number(),
      unit: Type.String(),
      onDay: Day,
      source: Type.String(),
      /** The same figure of the areas below: what they add up to, how many gave it, of how many, and their days. */
      below: Nullable(
        Type.Object({
          sum: Type.Number(),
          gave: Type.Integer(),
          of: Type.Integer(),
          firstOn: Day,
          lastOn: Day,
        }),
      ),
    }),
  ),
})
export type AreaFigureLine = Static<typeof AreaFigureLine>

/** An area read out of a file, in WGS-84 already. */
export const ReadArea = Type.Object({
  line: Type.Integer(),
  code: Nullable(Type.String()),
  level: Nullable(Type.String()),
  name: Nullable(Type.String()),
  parentCode: Nullable(Type.String()),
  /** Null where the file does not say it: the area keeps its kind. */
  kind: Nullable(Words(areaKinds)),
  geometry: Nullable(Geometry),
})
export type ReadArea = Static<typeof ReadArea>
