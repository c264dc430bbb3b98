/** 除险清患: campaigns, and the hazards that stand on their ledgers; each hazard is a case that somebody reported or found. */
import { type Static, Type } from 'typebox'
import {
  Bytes,
  Day,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nothing,
  Nullable,
  type Role,
  Words,
  xlsxMediaType,
} from '../../lib/contract.ts'
import { OrganisationRef } from '../accounts/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { caseStates } from '../cases/contract.ts'
import { hazardLevels, hazardStages } from './campaign-words.ts'
import { desk } from './mediation-operations.ts'
import { Short, strict } from './mediation-views.ts'

/** Whoever works with cases: the ledger shows each of them the hazards within their own sight. */
export const ledgerReaders: readonly Role[] = [
  ...desk,
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'verifier',
  'supervisor',
  'handler',
  'organisation-lead',
]

export const CampaignView = Type.Object({
  id: Id,
  name: Type.String(),
  area: Nullable(AreaRef),
  kinds: Type.Array(Type.String()),
  from: Day,
  until: Day,
  /** Runs today: begun, not ended, its last day not over. */
  open: Type.Boolean(),
  endedAt: Nullable(Instant),
  can: Type.Object({ add: Type.Boolean(), end: Type.Boolean() }),
})
export type CampaignView = Static<typeof CampaignView>

export const HazardLine = Type.Object({
  caseId: Id,
  number: Type.String(),
  title: Type.String(),
  area: Nullable(AreaRef),
  placeText: Nullable(Type.String()),
  kind: Type.String(),
  level: Words(hazardLevels),
  owner: Type.String(),
  supervisor: Nullable(OrganisationRef),
  /** Until when it has to be rectified, as it stands now. */
  rectifyBy: Nullable(Instant),
  putOff: Type.Boolean(),
  stage: Words(hazardStages),
  state: Words(caseStates),
  late: Type.Boolean(),
})
export type HazardLine = Static<typeof HazardLine>

export const listCampaigns = defineOperation({
  name: 'safety.listCampaigns',
  method: 'GET',
  path: '/api/campaigns',
  summary: 'Campaigns of the street, those that run first',
  who: ledgerReaders,
  output: Type.Object({ items: Type.Array(CampaignView) }),
})

export const createCampaign = defineOperation({
  name: 'safety.createCampaign',
  method: 'POST',
  path: '/api/campaigns',
  summary: 'A campaign: which kinds of hazard, where, from when until when',
  who: desk,
  status: 201,
  body: Type.Object(
    {
      areaId: Id,
      name: Type.String({ minLength: 2, maxLength: 60 }),
      kinds: Type.Array(Type.String({ maxLength: 30 }), { minItems: 1, maxItems: 40 }),
      from: Day,
      until: Day,
    },
    strict,
  ),
  output: CampaignView,
  refusals: ['safety/area-unknown', 'safety/not-your-area', 'safety/kind-unknown', 'safety/date-wrong'],
})

export const endCampaign = defineOperation({
  name: 'safety.endCampaign',
  method: 'POST',
  path: '/api/campaigns/{id}/end',
  summary: 'Ends it before its day; hazards that stand on its ledger go on',
  who: desk,
  params: IdParams,
  body: Nothing,
  output: CampaignView,
  refusals: ['safety/not-found', 'safety/campaign-over'],
})

const ledgerQuery = {
  level: Type.Optional(Words(hazardLevels)),
  stage: Type.Optional(Words(hazardStages)),
}

export const getLedger = defineOperation({
  name: 'safety.getLedger',
  method: 'GET',
  path: '/api/campaigns/{id}',
  summary:
    'The ledger 台账 within sight: how many of each level stand where, and the lines behind each number',
  who: ledgerReaders,
  params: IdParams,
  query: Type.Object(ledgerQuery, strict),
  output: Type.Object({
    campaign: CampaignView,
    items: Type.Array(HazardLine),
    /** Over all lines within sight, whatever is filtered. */
    counts: Type.Array(
      Type.Object({ level: Words(hazardLevels), stage: Words(hazardStages), count: Type.Integer() }),
    ),
    late: Type.Integer(),
  }),
  refusals: ['safety/not-found'],
})

export const exportLedger = defineOperation({
  name: 'safety.exportLedger',
  method: 'GET',
  path: '/api/campaigns/{id}/ledger',
  summary: 'The ledger as a workbook, under the same filters',
  who: ledgerReaders,
  audit: 'read',
  params: IdParams,
  query: Type.Object({ ...ledgerQuery, language: Type.Optional(Words(['zh', 'en'] as const)) }, strict),
  output: Bytes(xlsxMediaType),
  refusals: ['safety/not-found'],
})

export const putHazard = defineOperation({
  name: 'safety.putHazard',
  method: 'PUT',
  path: '/api/campaigns/{id}/hazards/{caseId}',
  summary:
    'Puts a case on the ledger and gives it out: who rectifies, who sees to it, until when. A petition is refused',
  who: desk,
  params: Type.Object({ id: Id, caseId: Id }, strict),
  body: Type.Object(
    {
      kind: Type.String({ maxLength: 30 }),
      level: Words(hazardLevels),
      owner: Short,
      /** The organisation that sees to it, or a post of the grid. */
      organisationId: Type.Optional(Id),
      postId: Type.Optional(Id),
      rectifyOn: Day,
    },
    strict,
  ),
  output: HazardLine,
  refusals: [
    'safety/not-found',
    'safety/not-your-area',
    'safety/campaign-over',
    'safety/kind-unknown',
    'safety/date-wrong',
    'safety/holder-unknown',
    'safety/petition-is-no-hazard',
    'safety/case-elsewhere',
  ],
})

export const campaignOperations = [
  listCampaigns,
  createCampaign,
  endCampaign,
  getLedger,
  exportLedger,
  putHazard,
] as const
