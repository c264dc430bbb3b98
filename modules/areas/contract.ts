/** areas 区域与网格: the area tree of a street, its levels, boundaries and buildings; locating a place. */
import { type Static, Type } from 'typebox'
import {
  Day,
  defineOperation,
  Id,
  IdParams,
  Nullable,
  Page,
  type RefusalCatalogue,
  Words,
} from '../../lib/contract.ts'
import { areaKinds } from './area-kinds.ts'
import { draftOperations, draftRefusals } from './draft-operations.ts'
import { groundOperations, groundRefusals } from './ground-operations.ts'

export { type AreaKind, areaKinds } from './area-kinds.ts'
export * from './draft-operations.ts'
export * from './draft-views.ts'
export * from './ground-operations.ts'
export * from './ground-views.ts'

export const refusals = {
  'areas/not-found': 404,
  'areas/place-outside': 422,
  ...draftRefusals,
  ...groundRefusals,
} as const satisfies RefusalCatalogue

export const datums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const
export type DatumName = (typeof datums)[number]

/** A point on the earth with the datum it was measured in; GCJ-02 and WGS-84 differ by some 500 m. */
export const Place = Type.Object(
  {
    lng: Type.Number({ minimum: -180, maximum: 180 }),
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    datum: Words(datums),
  },
  { additionalProperties: false },
)

/** The tree, its boundaries, figures and buildings as they were, or will be, on a day; today unless said. */
const AsOf = Day

export const AreaRef = Type.Object({ id: Id, code: Type.String(), level: Type.String(), name: Type.String() })

/** `path` is the ltree path from the street down, of the codes that each began with: `s990101001.c01.g02.m03`. */
export const AreaView = Type.Object({
  id: Id,
  code: Type.String(),
  level: Type.String(),
  levelName: Type.String(),
  name: Type.String(),
  kind: Words(areaKinds),
  parentId: Nullable(Id),
  path: Type.String(),
  /** Described bounds 四至, where no boundary is drawn. */
  boundsText: Nullable(Type.String()),
  hasBoundary: Type.Boolean(),
})
export type AreaView = Static<typeof AreaView>

export const AreaFigure = Type.Object({
  name: Type.String(),
  value: Type.Number(),
  unit: Type.String(),
  scope: Type.String(),
  onDay: Day,
  source: Type.String(),
})

export const listAreas = defineOperation({
  name: 'areas.listAreas',
  method: 'GET',
  path: '/api/areas',
  summary: 'The area tree of a day, flat and in tree order; filter by level or parent',
  who: 'signed-in',
  query: Type.Object(
    {
      level: Type.Optional(Type.String({ maxLength: 40 })),
      parentId: Type.Optional(Id),
      onDay: Type.Optional(AsOf),
    },
    { additionalProperties: false },
  ),
  output: Page(AreaView),
})

export const getArea = defineOperation({
  name: 'areas.getArea',
  method: 'GET',
  path: '/api/areas/{id}',
  summary: 'One area with its figures, ancestors and number of children',
  who: 'signed-in',
  params: IdParams,
  query: Type.Object({ onDay: Type.Optional(AsOf) }, { additionalProperties: false }),
  output: Type.Object({
    area: AreaView,
    ancestors: Type.Array(AreaRef),
    children: Type.Array(AreaRef),
    figures: Type.Array(AreaFigure),
  }),
  refusals: ['areas/not-found'],
})

export const listAreaLevels = defineOperation({
  name: 'areas.listAreaLevels',
  method: 'GET',
  path: '/api/area-levels',
  summary: 'The levels of this street’s area tree, from the top down',
  who: 'signed-in',
  output: Type.Object({
    items: Type.Array(
      Type.Object({
        level: Type.String(),
        name: Type.String(),
        nameEn: Type.String(),
        position: Type.Integer(),
      }),
    ),
  }),
})

/** GeoJSON in WGS-84, ready for the map; `synthetic` says that the shapes were made up. */
export const getBoundaries = defineOperation({
  name: 'areas.getBoundaries',
  method: 'GET',
  path: '/api/area-boundaries',
  summary: 'Boundaries in force on a day, today unless said, as one GeoJSON feature collection',
  who: 'signed-in',
  query: Type.Object(
    { level: Type.Optional(Type.String({ maxLength: 40 })), onDay: Type.Optional(AsOf) },
    { additionalProperties: false },
  ),
  output: Type.Object({
    type: Type.Literal('FeatureCollection'),
    synthetic: Type.Boolean(),
    features: Type.Array(
      Type.Object({
        type: Type.Literal('Feature'),
        id: Id,
        properties: Type.Object({ level: Type.String(), name: Type.String(), code: Type.String() }),
        geometry: Type.Unsafe<{
          type: 'Polygon' | 'MultiPolygon'
          coordinates: number[][][] | number[][][][]
        }>(Type.Any()),
      }),
    ),
  }),
})

/**
 * The one leaf area at a place. `leaf` is null outside every boundary: such a case goes to the street desk's
 * queue and is not lost. The same point on a shared border always gives the same leaf.
 */
export const locate = defineOperation({
  name: 'areas.locate',
  method: 'GET',
  path: '/api/areas/locate',
  summary: 'Which micro-grid a place, an address text or a building code lies in',
  who: 'signed-in',
  query: Type.Object(
    {
      lng: Type.Optional(Type.Number({ minimum: -180, maximum: 180 })),
      lat: Type.Optional(Type.Number({ minimum: -90, maximum: 90 })),
      datum: Type.Optional(Words(datums)),
      address: Type.Optional(Type.String({ maxLength: 200 })),
      buildingCode: Type.Optional(Type.String({ maxLength: 40 })),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({
    leaf: Nullable(AreaRef),
    /** From the community down: what a screen says back in words. */
    chain: Type.Array(AreaRef),
    building: Nullable(Type.Object({ id: Id, code: Type.String(), name: Type.String() })),
  }),
})

export const BuildingView = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  address: Type.String(),
  compound: Nullable(Type.String()),
  area: AreaRef,
  lng: Nullable(Type.Number()),
  lat: Nullable(Type.Number()),
})

export const listBuildings = defineOperation({
  name: 'areas.listBuildings',
  method: 'GET',
  path: '/api/buildings',
  summary: 'Buildings whose name, code or address contains the words asked for',
  who: 'signed-in',
  query: Type.Object(
    {
      q: Type.Optional(Type.String({ maxLength: 60 })),
      areaId: Type.Optional(Id),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
      onDay: Type.Optional(AsOf),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ items: Type.Array(BuildingView) }),
})

export const listDivisions = defineOperation({
  name: 'areas.listDivisions',
  method: 'GET',
  path: '/api/divisions',
  summary: 'Official division codes right below the street, as far as a list of them came in',
  who: 'staff',
  output: Type.Object({ items: Type.Array(Type.Object({ code: Type.String(), name: Type.String() })) }),
})

export const operations = [
  listAreas,
  getArea,
  listAreaLevels,
  getBoundaries,
  locate,
  listBuildings,
  listDivisions,
  ...draftOperations,
  ...groundOperations,
] as const
