/** 派单异议 and 裁定: an organisation objects to a duty, a named adjudicator decides, the decision is kept as a precedent. */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, Instant, Nullable, type Role, Words } from '../../lib/contract.ts'
import { OrganisationRef } from '../accounts/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { act, strict } from './case-act.ts'
import { ByPost, MatterRef, Text } from './case-views.ts'
import { DisputeView } from './dispute-view.ts'

/** For how much of the street a decision is a precedent. */
export const precedentScopes = ['community', 'street'] as const
export type PrecedentScope = (typeof precedentScopes)[number]

export const disputeDuty = act(
  'dispute',
  'disputeDuty',
  'The organisation says that the matter is not its duty; meanwhile it is handled 先办后议 and the clock runs',
  ['handler', 'organisation-lead'],
  Type.Object({ reason: Text, organisationId: Type.Optional(Id) }, strict),
  ['cases/dispute-too-late', 'cases/already-disputed', 'cases/no-adjudicator', 'cases/organisation-unknown'],
)

export const adjudicateDuty = act(
  'adjudicate',
  'adjudicateDuty',
  'The named adjudicator decides whose duty it is, with the reason',
  ['supervisor', 'duty-head'],
  Type.Object({ organisationId: Id, reason: Text, scope: Type.Optional(Words(precedentScopes)) }, strict),
  [
    'cases/nothing-disputed',
    'cases/not-the-adjudicator',
    'cases/assigner-may-not-adjudicate',
    'cases/organisation-unknown',
    'cases/outside-duty-list',
  ],
)

export const DisputedCase = Type.Object({
  caseId: Id,
  number: Type.String(),
  title: Type.String(),
  matter: Nullable(MatterRef),
  area: Nullable(AreaRef),
  dueAt: Nullable(Instant),
  dispute: DisputeView,
})
export type DisputedCase = Static<typeof DisputedCase>

export const PrecedentView = Type.Object({
  id: Id,
  caseId: Id,
  matter: Nullable(MatterRef),
  area: Nullable(AreaRef),
  organisation: Nullable(OrganisationRef),
  objector: Nullable(OrganisationRef),
  reason: Type.String(),
  by: ByPost,
  decidedAt: Instant,
  /** False: a newer decision of the same matter and area has taken its place. */
  inForce: Type.Boolean(),
})
export type PrecedentView = Static<typeof PrecedentView>

export const FallbackView = Type.Object({
  matterPrefix: Type.String(),
  organisation: Nullable(OrganisationRef),
  setAt: Instant,
})
export type FallbackView = Static<typeof FallbackView>

const readers: readonly Role[] = [
  'secretary',
  'clerk',
  'dispatcher',
  'duty-head',
  'supervisor',
  'verifier',
  'handler',
  'organisation-lead',
]

export const listDisputes = defineOperation({
  name: 'cases.listDisputes',
  method: 'GET',
  path: '/api/duty-disputes',
  summary: 'Cases whose duty is disputed, the one to be decided first on top',
  who: readers,
  output: Type.Object({ items: Type.Array(DisputedCase) }),
})

export const listPrecedents = defineOperation({
  name: 'cases.listPrecedents',
  method: 'GET',
  path: '/api/duty-precedents',
  summary: 'Decisions about duty, newest first: by matter, organisation or words of the reason',
  who: readers,
  query: Type.Object(
    {
      q: Type.Optional(Type.String({ maxLength: 60 })),
      matterCode: Type.Optional(Type.String({ maxLength: 20 })),
    },
    strict,
  ),
  output: Type.Object({ items: Type.Array(PrecedentView) }),
})

export const listFallbacks = defineOperation({
  name: 'cases.listFallbacks',
  method: 'GET',
  path: '/api/duty-fallbacks',
  summary: 'Who handles while duty is disputed, by the beginning of the matter’s code',
  who: readers,
  output: Type.Object({ items: Type.Array(FallbackView) }),
})

export const setFallback = defineOperation({
  name: 'cases.setFallback',
  method: 'POST',
  path: '/api/duty-fallbacks',
  summary: 'Names who handles disputed matters that begin so; without an organisation the objector goes on',
  who: ['duty-head', 'supervisor'],
  body: Type.Object(
    { matterPrefix: Type.String({ pattern: '^[A-Z0-9]{0,12}$' }), organisationId: Nullable(Id) },
    strict,
  ),
  output: FallbackView,
  refusals: ['cases/organisation-unknown', 'cases/matter-unknown'],
})

export const disputeOperations = {
  listDisputes,
  listPrecedents,
  listFallbacks,
  setFallback,
} as const
