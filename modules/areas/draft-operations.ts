/** 网格调整: drafts of areas and their versions, groupings across the tree, files in and out, and the tree of any day. */
import { Type } from 'typebox'
import {
  Bytes,
  Day,
  defineOperation,
  Id,
  IdParams,
  Nothing,
  Nullable,
  type RefusalCatalogue,
  type Who,
  Words,
  xlsxMediaType,
} from '../../lib/contract.ts'
import {
  AreaFigureLine,
  BoundaryVersion,
  DraftArea,
  DraftChanges,
  DraftSummary,
  GroupingView,
  LineageLine,
  ReadArea,
  RenameLine,
} from './draft-views.ts'

export const draftRefusals = {
  'areas/draft-not-found': 404,
  'areas/draft-settled': 409,
  'areas/draft-changed': 412,
  'areas/draft-unfit': 422,
  'areas/day-past': 422,
  'areas/draft-holds': 409,
  'areas/recall-staffed': 409,
  'areas/recall-built-upon': 409,
  'areas/grouping-not-found': 404,
  'areas/grouping-area-unknown': 422,
  'areas/file-unreadable': 422,
} as const satisfies RefusalCatalogue

/** Rule: rights.md: imports and catalogues are the system administrator's, the street's work the duty head's. */
export const drafters: Who = ['system-admin', 'duty-head']
/** Whoever answers for a community looks at a re-cut before it holds. */
const draftReaders: Who = ['system-admin', 'duty-head', 'secretary', 'dispatcher', 'supervisor']

const fileDatums = ['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const
const strict = { additionalProperties: false } as const
const OnDay = Type.Object({ onDay: Type.Optional(Day) }, strict)
const DraftName = Type.String({ minLength: 1, maxLength: 100 })

export const listDrafts = defineOperation({
  name: 'areas.listDrafts',
  method: 'GET',
  path: '/api/area-drafts',
  summary: 'Drafts of areas and those that were put in force, newest first; 200 at most',
  who: draftReaders,
  output: Type.Object({ items: Type.Array(DraftSummary) }),
})

export const createDraft = defineOperation({
  name: 'areas.createDraft',
  method: 'POST',
  path: '/api/area-drafts',
  summary: 'Begins a draft on the areas of today',
  who: drafters,
  status: 201,
  body: Type.Object({ id: Type.Optional(Id), name: DraftName }, strict),
  output: DraftSummary,
})

export const getDraft = defineOperation({
  name: 'areas.getDraft',
  method: 'GET',
  path: '/api/area-drafts/{id}',
  summary: 'A draft with all that it changes',
  who: draftReaders,
  params: IdParams,
  output: Type.Object({
    draft: DraftSummary,
    areas: Type.Array(DraftArea),
    /** Codes of areas that have ended or begin later: they are not used again. */
    takenCodes: Type.Array(Type.String()),
    /** The street's own tiles, with the datum they are drawn in; null where it has none. */
    tiles: Nullable(Type.Object({ path: Type.String(), datum: Words(fileDatums), maxZoom: Type.Integer() })),
  }),
  refusals: ['areas/draft-not-found'],
})

export const saveDraft = defineOperation({
  name: 'areas.saveDraft',
  method: 'PUT',
  path: '/api/area-drafts/{id}',
  summary:
    'Keeps what was drawn: `put` replaces areas of the draft by id, `drop` takes areas out of it again',
  who: drafters,
  bodyLimitBytes: 48 * 1024 * 1024,
  params: IdParams,
  body: Type.Object(
    {
      /** The version that the screen has; another one in between is refused, so that nobody's drawing is lost. */
      version: Type.Integer({ minimum: 1 }),
      name: Type.Optional(DraftName),
      put: Type.Array(DraftArea, { maxItems: 20_000 }),
      drop: Type.Array(Id, { maxItems: 20_000 }),
    },
    strict,
  ),
  output: DraftSummary,
  refusals: ['areas/draft-not-found', 'areas/draft-settled', 'areas/draft-changed'],
})

export const compareDraft = defineOperation({
  name: 'areas.compareDraft',
  method: 'GET',
  path: '/api/area-drafts/{id}/changes',
  summary:
    'What the draft would change on a day: areas, lineage, households moved, and what stands in its way',
  who: draftReaders,
  params: IdParams,
  query: OnDay,
  output: DraftChanges,
  refusals: ['areas/draft-not-found'],
})

export const putDraftInForce = defineOperation({
  name: 'areas.putDraftInForce',
  method: 'POST',
  path: '/api/area-drafts/{id}/put-in-force',
  summary:
    'Makes the draft a new version of the areas from a day on, today or later; the old one stays with its days',
  who: drafters,
  params: IdParams,
  body: Type.Object(
    {
      version: Type.Integer({ minimum: 1 }),
      onDay: Day,
      /** The number of the approval that ordered it. */
      approval: Type.String({ minLength: 1, maxLength: 100 }),
    },
    strict,
  ),
  output: DraftSummary,
  refusals: [
    'areas/draft-not-found',
    'areas/draft-settled',
    'areas/draft-changed',
    'areas/draft-unfit',
    'areas/day-past',
  ],
})

export const recallDraft = defineOperation({
  name: 'areas.recallDraft',
  method: 'POST',
  path: '/api/area-drafts/{id}/recall',
  summary:
    'Takes a draft back that was to hold from a later day: what it wrote for that day goes, and it can be drawn on again',
  who: drafters,
  params: IdParams,
  body: Type.Object(
    {
      version: Type.Integer({ minimum: 1 }),
      reason: Type.String({ minLength: 1, maxLength: 300 }),
    },
    strict,
  ),
  output: DraftSummary,
  refusals: [
    'areas/draft-not-found',
    'areas/draft-settled',
    'areas/draft-changed',
    'areas/draft-holds',
    'areas/recall-staffed',
    'areas/recall-built-upon',
  ],
})

export const giveUpDraft = defineOperation({
  name: 'areas.giveUpDraft',
  method: 'POST',
  path: '/api/area-drafts/{id}/give-up',
  summary: 'Gives a draft up; it stays to be looked at',
  who: drafters,
  params: IdParams,
  output: DraftSummary,
  refusals: ['areas/draft-not-found', 'areas/draft-settled'],
})

export const listBuildingPins = defineOperation({
  name: 'areas.listBuildingPins',
  method: 'GET',
  path: '/api/building-pins',
  summary: 'All buildings of a day as points with their households, for the editor’s map and its checks',
  who: draftReaders,
  query: OnDay,
  output: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Id,
        name: Type.String(),
        compound: Nullable(Type.String()),
        areaId: Id,
        lng: Nullable(Type.Number()),
        lat: Nullable(Type.Number()),
        households: Nullable(Type.Integer()),
      }),
    ),
  }),
})

export const getAreaHistory = defineOperation({
  name: 'areas.getAreaHistory',
  method: 'GET',
  path: '/api/areas/{id}/history',
  summary: 'The days of an area, its boundaries, which areas it came from and where it went; ended areas too',
  who: 'signed-in',
  params: IdParams,
  output: Type.Object({
    validFrom: Day,
    validTo: Nullable(Day),
    boundaries: Type.Array(BoundaryVersion),
    renames: Type.Array(RenameLine),
    cameFrom: Type.Array(LineageLine),
    wentTo: Type.Array(LineageLine),
  }),
  refusals: ['areas/not-found'],
})

export const listAreaFigures = defineOperation({
  name: 'areas.listAreaFigures',
  method: 'GET',
  path: '/api/area-figures',
  summary:
    'Figures of the areas on a day, in tree order: counted from buildings, so that a parent equals its children, beside those that were given',
  who: 'staff',
  query: Type.Object({ onDay: Type.Optional(Day), parentId: Type.Optional(Id) }, strict),
  output: Type.Object({ onDay: Day, items: Type.Array(AreaFigureLine) }),
})

export const exportAreaFigures = defineOperation({
  name: 'areas.exportAreaFigures',
  method: 'GET',
  path: '/api/area-figures/export',
  summary: 'The figures that were given, as of a day, as a workbook that can be brought in again',
  who: 'staff',
  audit: 'read',
  query: Type.Object(
    {
      onDay: Type.Optional(Day),
      /** Of this area and all below it. */
      areaId: Type.Optional(Id),
      language: Type.Optional(Words(['zh', 'en'] as const)),
    },
    strict,
  ),
  output: Bytes(xlsxMediaType),
})

export const listGroupings = defineOperation({
  name: 'areas.listGroupings',
  method: 'GET',
  path: '/api/area-groupings',
  summary: 'Groupings of areas across the tree, such as 片区, as of a day',
  who: 'signed-in',
  query: OnDay,
  output: Type.Object({ onDay: Day, items: Type.Array(GroupingView) }),
})

export const saveGrouping = defineOperation({
  name: 'areas.saveGrouping',
  method: 'PUT',
  path: '/api/area-groupings/{id}',
  summary: 'Adds a grouping or changes it from today on; the days before keep what they had',
  who: drafters,
  params: IdParams,
  body: Type.Object(
    {
      kind: Type.String({ minLength: 1, maxLength: 40 }),
      name: Type.String({ minLength: 1, maxLength: 100 }),
      note: Nullable(Type.String({ maxLength: 500 })),
      areaIds: Type.Array(Id, { minItems: 1, maxItems: 2_000, uniqueItems: true }),
    },
    strict,
  ),
  output: GroupingView,
  refusals: ['areas/grouping-area-unknown', 'areas/grouping-not-found'],
})

export const endGrouping = defineOperation({
  name: 'areas.endGrouping',
  method: 'POST',
  path: '/api/area-groupings/{id}/end',
  summary: 'Lets a grouping end with today; earlier days keep it',
  who: drafters,
  params: IdParams,
  output: Nothing,
  refusals: ['areas/grouping-not-found'],
})

export const areaFileFormats = ['geojson', 'shapefile'] as const

export const exportAreas = defineOperation({
  name: 'areas.exportAreas',
  method: 'GET',
  path: '/api/area-boundaries/export',
  summary: 'The boundaries of a day as GeoJSON or as a zipped shapefile, in the datum asked for',
  who: drafters,
  audit: 'read',
  query: Type.Object(
    {
      format: Words(areaFileFormats),
      datum: Words(fileDatums),
      onDay: Type.Optional(Day),
      level: Type.Optional(Type.String({ maxLength: 40 })),
    },
    strict,
  ),
  output: Bytes('application/octet-stream'),
})

export const readAreaFile = defineOperation({
  name: 'areas.readAreaFile',
  method: 'POST',
  path: '/api/area-files/read',
  summary:
    'Reads areas out of a GeoJSON file or a zipped shapefile in a declared datum, and keeps nothing: sample pins and a warning come before anything is taken over',
  who: drafters,
  audit: 'none',
  idempotency: 'unstored',
  bodyLimitBytes: 32 * 1024 * 1024,
  body: Type.Object(
    {
      fileName: Type.String({ minLength: 1, maxLength: 200 }),
      /** Base64. */
      content: Type.String({ minLength: 1 }),
      /** What the file's coordinates are measured in; never guessed. */
      datum: Words(fileDatums),
    },
    strict,
  ),
  output: Type.Object({
    areas: Type.Array(ReadArea),
    failed: Type.Array(Type.Object({ line: Type.Integer(), reason: Type.String() })),
    /** A few places spread over the file, as they would stand on the map. */
    samples: Type.Array(Type.Object({ lng: Type.Number(), lat: Type.Number(), label: Type.String() })),
    /** How far the file lies from what is drawn of the street; null while nothing is. */
    outside: Nullable(
      Type.Object({
        /** Areas of which a part lies more than 300 m outside. */
        count: Type.Integer(),
        of: Type.Integer(),
        farthestM: Type.Number(),
        /** The datum in which fewer would lie outside, where there is one. */
        better: Nullable(Words(fileDatums)),
      }),
    ),
  }),
  refusals: ['areas/file-unreadable'],
})

export const draftOperations = [
  listDrafts,
  createDraft,
  getDraft,
  saveDraft,
  compareDraft,
  putDraftInForce,
  recallDraft,
  giveUpDraft,
  listBuildingPins,
  getAreaHistory,
  listAreaFigures,
  exportAreaFigures,
  listGroupings,
  saveGrouping,
  endGrouping,
  exportAreas,
  readAreaFile,
] as const
