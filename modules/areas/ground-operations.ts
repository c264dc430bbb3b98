/** Checks of areas, proposals of micro-grids, and the records of compounds, buildings, entrances and dwellings. */
import { Type } from 'typebox'
import {
  Bytes,
  Day,
  defineOperation,
  Id,
  IdParams,
  Nullable,
  type RefusalCatalogue,
  type Who,
  Words,
  xlsxMediaType,
} from '../../lib/contract.ts'
import { drafters } from './draft-operations.ts'
import {
  BarrierView,
  BuildingParts,
  BuildingRecord,
  CompoundView,
  FindingView,
  findingKinds,
  ProposalGroup,
  ProposalSummary,
} from './ground-views.ts'

export const groundRefusals = {
  'areas/nothing-to-divide': 422,
  'areas/proposal-not-found': 404,
  'areas/proposal-not-ready': 409,
  'areas/proposal-outdated': 409,
  'areas/building-not-found': 404,
  'areas/no-such-door': 404,
  'areas/too-many-doors': 422,
} as const satisfies RefusalCatalogue

const strict = { additionalProperties: false } as const
/** Whoever answers for a community or plans the street's work. */
const planners: Who = ['system-admin', 'duty-head', 'secretary', 'dispatcher', 'supervisor']
const Language = Words(['zh', 'en'] as const)

export const checkAreas = defineOperation({
  name: 'areas.checkAreas',
  method: 'GET',
  path: '/api/area-checks',
  summary:
    'What is wrong with the areas of a day: gaps, overlaps, buildings in no or two leaves, sizes, posts and branches; each with its place',
  who: planners,
  query: Type.Object({ onDay: Type.Optional(Day), areaId: Type.Optional(Id) }, strict),
  output: Type.Object({
    onDay: Day,
    items: Type.Array(FindingView),
    /** What was looked at: a clean report of nothing is no clean report. */
    looked: Type.Object({
      areas: Type.Integer(),
      drawn: Type.Integer(),
      buildings: Type.Integer(),
      placed: Type.Integer(),
      withHouseholds: Type.Integer(),
      posts: Nullable(Type.Integer()),
      /** Null while no party tree is kept. */
      branches: Nullable(Type.Integer()),
    }),
  }),
})

export const exportAreaChecks = defineOperation({
  name: 'areas.exportAreaChecks',
  method: 'GET',
  path: '/api/area-checks/export',
  summary: 'The same report as a workbook',
  who: planners,
  audit: 'read',
  query: Type.Object(
    {
      onDay: Type.Optional(Day),
      areaId: Type.Optional(Id),
      kind: Type.Optional(Words(findingKinds)),
      language: Type.Optional(Language),
    },
    strict,
  ),
  output: Bytes(xlsxMediaType),
})

export const listBarriers = defineOperation({
  name: 'areas.listBarriers',
  method: 'GET',
  path: '/api/area-barriers',
  summary: 'Main roads, rivers and walls that micro-grids should not reach across',
  who: planners,
  output: Type.Object({ items: Type.Array(BarrierView) }),
})

export const saveBarriers = defineOperation({
  name: 'areas.saveBarriers',
  method: 'PUT',
  path: '/api/area-barriers',
  summary: 'Replaces all barriers from today on; the lines are measured in the datum declared here',
  who: drafters,
  bodyLimitBytes: 8 * 1024 * 1024,
  body: Type.Object(
    {
      datum: Words(['wgs84', 'cgcs2000', 'gcj02', 'bd09'] as const),
      items: Type.Array(BarrierView, { maxItems: 5_000 }),
    },
    strict,
  ),
  output: Type.Object({ count: Type.Integer() }),
})

export const listProposals = defineOperation({
  name: 'areas.listProposals',
  method: 'GET',
  path: '/api/area-proposals',
  summary: 'Proposals of micro-grids with their figures, newest first; 100 at most',
  who: planners,
  output: Type.Object({ items: Type.Array(ProposalSummary) }),
})

export const startProposal = defineOperation({
  name: 'areas.startProposal',
  method: 'POST',
  path: '/api/area-proposals',
  summary:
    'Begins to work out micro-grids by households, in the background; the same seed gives the same answer',
  who: drafters,
  status: 201,
  body: Type.Object(
    {
      id: Type.Optional(Id),
      name: Type.String({ minLength: 1, maxLength: 100 }),
      /** What is divided: this area, or every area below it that stands right above the level. */
      areaId: Id,
      /** The level of the micro-grids that are proposed. */
      level: Type.String({ maxLength: 40 }),
      /** Households of one micro-grid. */
      target: Type.Integer({ minimum: 5, maximum: 5_000 }),
      deviation: Type.Number({ minimum: 0.05, maximum: 0.5 }),
      seed: Type.Integer({ minimum: 0, maximum: 1_000_000_000 }),
      /** Goes out from the micro-grids of today and moves as few households as it can. */
      recut: Type.Boolean(),
      withBarriers: Type.Boolean(),
    },
    strict,
  ),
  output: ProposalSummary,
  refusals: ['areas/not-found', 'areas/nothing-to-divide'],
})

export const getProposal = defineOperation({
  name: 'areas.getProposal',
  method: 'GET',
  path: '/api/area-proposals/{id}',
  summary: 'One proposal with its groups and their shapes',
  who: planners,
  params: IdParams,
  output: Type.Object({ proposal: ProposalSummary, groups: Type.Array(ProposalGroup) }),
  refusals: ['areas/proposal-not-found'],
})

export const cancelProposal = defineOperation({
  name: 'areas.cancelProposal',
  method: 'POST',
  path: '/api/area-proposals/{id}/cancel',
  summary: 'Stops a proposal that is being worked out',
  who: drafters,
  params: IdParams,
  output: ProposalSummary,
  refusals: ['areas/proposal-not-found', 'areas/proposal-not-ready'],
})

export const adoptProposal = defineOperation({
  name: 'areas.adoptProposal',
  method: 'POST',
  path: '/api/area-proposals/{id}/adopt',
  summary:
    'Makes a draft of a proposal: micro-grids that go on are redrawn, new ones added, the others ended',
  who: drafters,
  params: IdParams,
  output: ProposalSummary,
  refusals: ['areas/proposal-not-found', 'areas/proposal-not-ready', 'areas/proposal-outdated'],
})

export const listCompounds = defineOperation({
  name: 'areas.listCompounds',
  method: 'GET',
  path: '/api/compounds',
  summary: 'Compounds with what is known of their buildings',
  who: 'staff',
  output: Type.Object({ items: Type.Array(CompoundView) }),
})

export const getBuilding = defineOperation({
  name: 'areas.getBuilding',
  method: 'GET',
  path: '/api/buildings/{id}',
  summary: 'A building with its entrances, dwellings and history; nobody’s name is in it',
  who: 'staff',
  params: IdParams,
  output: BuildingRecord,
  refusals: ['areas/building-not-found'],
})

export const saveBuilding = defineOperation({
  name: 'areas.saveBuilding',
  method: 'PUT',
  path: '/api/buildings/{id}',
  summary:
    'Says which entrances and dwellings a building has from today on; what is left out ends with yesterday',
  who: ['system-admin', 'duty-head', 'secretary', 'clerk'],
  params: IdParams,
  body: BuildingParts,
  output: BuildingRecord,
  refusals: ['areas/building-not-found'],
})

export const printDoorCodes = defineOperation({
  name: 'areas.printDoorCodes',
  method: 'POST',
  path: '/api/door-sheets',
  summary: 'A printable sheet of QR codes, one for each building; a code names nothing and nobody',
  who: ['system-admin', 'duty-head', 'secretary', 'clerk'],
  idempotency: 'unstored',
  body: Type.Object(
    { areaId: Type.Optional(Id), buildingId: Type.Optional(Id), language: Type.Optional(Language) },
    strict,
  ),
  output: Bytes('application/pdf'),
  refusals: ['areas/building-not-found', 'areas/too-many-doors'],
})

export const openDoor = defineOperation({
  name: 'areas.openDoor',
  method: 'GET',
  path: '/api/doors/{door}',
  summary: 'The building behind a printed QR code; asked too often it answers no more for a while',
  who: 'signed-in',
  params: Type.Object({ door: Type.String({ pattern: '^[0-9A-Za-z]{4,24}$' }) }, strict),
  output: Type.Object({ code: Type.String(), name: Type.String(), address: Type.String() }),
  refusals: ['areas/no-such-door'],
})

export const groundOperations = [
  checkAreas,
  exportAreaChecks,
  listBarriers,
  saveBarriers,
  listProposals,
  startProposal,
  getProposal,
  cancelProposal,
  adoptProposal,
  listCompounds,
  getBuilding,
  saveBuilding,
  printDoorCodes,
  openDoor,
] as const
