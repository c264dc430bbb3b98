/** 三级调解: every operation on disputes and those who mediate them. */
import { type TSchema, Type } from 'typebox'
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
  type Who,
  Words,
  xlsxMediaType,
} from '../../lib/contract.ts'
import { MediationLine, MediationView, MediatorView, Short, strict, Text } from './mediation-views.ts'
import {
  consentAnswers,
  consentWays,
  endings,
  levels,
  moveReasons,
  sessionResults,
  stages,
  tiers,
} from './mediation-words.ts'
import type { SafetyRefusal } from './refusals.ts'
import { violationTypes } from './violation-words.ts'

export const desk: readonly Role[] = ['clerk', 'secretary', 'dispatcher', 'duty-head']
/** Who may be on the list of mediators with an account of their own. */
export const mediatorRoles: readonly Role[] = [
  ...desk,
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'verifier',
  'supervisor',
]

const Named = Type.Object({ code: Type.String(), zh: Type.String(), en: Type.String() })

/** What the street calls its kinds and levels. */
export const getSafetyChoices = defineOperation({
  name: 'safety.getSafetyChoices',
  method: 'GET',
  path: '/api/safety-choices',
  summary: 'The street’s own kinds and levels of disputes, hazards and violations',
  who: 'signed-in',
  output: Type.Object({
    kinds: Type.Array(Named),
    levels: Type.Array(Named),
    hazardKinds: Type.Array(Named),
    hazardLevels: Type.Array(Type.Object({ ...Named.properties, days: Type.Integer() })),
    violationTypes: Type.Array(Named),
    violationKinds: Type.Array(
      Type.Object({ ...Named.properties, type: Words(violationTypes), measured: Type.Boolean() }),
    ),
  }),
})

export const Party = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 60 }),
    phone: Type.Optional(Type.String({ minLength: 5, maxLength: 20 })),
    address: Type.Optional(Short),
  },
  strict,
)

export const registerMediation = defineOperation({
  name: 'safety.registerMediation',
  method: 'POST',
  path: '/api/mediations',
  summary: 'Registers a dispute with its parties; it starts at the tier of its place',
  who: desk,
  status: 201,
  body: Type.Object(
    {
      areaId: Id,
      kind: Type.String({ maxLength: 30 }),
      level: Words(levels),
      /** The courtyard for a grid, else the community, unless told otherwise. */
      tier: Type.Optional(Words(tiers)),
      facts: Text,
      parties: Type.Array(Party, { minItems: 2, maxItems: 10 }),
    },
    strict,
  ),
  output: MediationView,
  refusals: ['safety/area-unknown', 'safety/not-your-area', 'safety/kind-unknown', 'safety/phone-wrong'],
})

export const mediationTabs = ['open', 'late', 'agreed', 'done', 'all'] as const

const listQuery = {
  tab: Type.Optional(Words(mediationTabs)),
  kind: Type.Optional(Type.String({ maxLength: 30 })),
  level: Type.Optional(Words(levels)),
  tier: Type.Optional(Words(tiers)),
  stage: Type.Optional(Words(stages)),
}

export const listMediations = defineOperation({
  name: 'safety.listMediations',
  method: 'GET',
  path: '/api/mediations',
  summary: 'The register of mediations within sight, the newest first, with how many each tab holds',
  who: mediatorRoles,
  query: Type.Object(listQuery, strict),
  output: Type.Object({
    items: Type.Array(MediationLine),
    counts: Type.Object({
      open: Type.Integer(),
      late: Type.Integer(),
      agreed: Type.Integer(),
      done: Type.Integer(),
      all: Type.Integer(),
    }),
  }),
})

export const exportMediations = defineOperation({
  name: 'safety.exportMediations',
  method: 'GET',
  path: '/api/mediation-register',
  summary: 'The register 登记簿 as a workbook: what the list shows, names masked',
  who: desk,
  audit: 'read',
  query: Type.Object({ ...listQuery, language: Type.Optional(Words(['zh', 'en'] as const)) }, strict),
  output: Bytes(xlsxMediaType),
})

/** Anybody signed in may ask: of a mediation that is not theirs they hear that there is none. */
export const getMediation = defineOperation({
  name: 'safety.getMediation',
  method: 'GET',
  path: '/api/mediations/{id}',
  summary: 'One mediation: for its desk and mediators whole, for a party what concerns them',
  who: 'signed-in',
  audit: 'read',
  params: IdParams,
  output: MediationView,
  refusals: ['safety/not-found'],
})

/** Mediations of the person who asks: as a party by their own phone. */
export const openMyMediations = defineOperation({
  name: 'safety.openMyMediations',
  method: 'POST',
  path: '/api/my-mediations',
  summary: 'The mediations to which one is a party; those named by one’s phone come along from here on',
  who: 'signed-in',
  idempotency: 'unstored',
  body: Nothing,
  output: Type.Object({ items: Type.Array(MediationLine) }),
})

const shared: SafetyRefusal[] = ['safety/not-found', 'safety/not-yours', 'safety/wrong-stage']

export function step<const B extends TSchema>(
  path: string,
  verbNoun: string,
  summary: string,
  who: Who,
  body: B,
  more: readonly string[] = [],
) {
  return defineOperation({
    name: `safety.${verbNoun}`,
    method: 'POST',
    path: `/api/mediations/{id}/${path}`,
    summary,
    who,
    params: IdParams,
    body,
    output: MediationView,
    refusals: [...shared, ...more],
  })
}

export const recordConsent = step(
  'consent',
  'recordConsent',
  'What a party says about mediating at this tier: their own word, or written down by the desk',
  'signed-in',
  Type.Object(
    {
      partyId: Id,
      answer: Words(consentAnswers),
      /** How it was given; a party’s own answer comes online. */
      way: Type.Optional(Words(consentWays)),
      words: Type.Optional(Text),
    },
    strict,
  ),
  ['safety/party-unknown'],
)

export const wishMediator = step(
  'wish',
  'wishMediator',
  'A party says whom it would like; when all wish for the same one, the parties have chosen',
  'signed-in',
  Type.Object({ partyId: Id, mediatorId: Id }, strict),
  ['safety/party-unknown', 'safety/mediator-unfit'],
)

export const setMediators = step(
  'mediators',
  'setMediators',
  'Who mediates: chosen by the parties, or named by the committee',
  mediatorRoles,
  Type.Object(
    {
      mediatorIds: Type.Array(Id, { minItems: 1, maxItems: 5 }),
      by: Words(['parties', 'committee'] as const),
    },
    strict,
  ),
  ['safety/mediator-unfit'],
)

export const together: SafetyRefusal[] = [
  'safety/consent-missing',
  'safety/party-refuses',
  'safety/mediator-missing',
]

export const planSession = step(
  'plan',
  'planSession',
  'When and where they meet next, open to others only where the parties ask for it',
  mediatorRoles,
  Type.Object({ at: Instant, place: Short, isPublic: Type.Boolean() }, strict),
  [...together, 'safety/date-wrong'],
)

export const recordSession = step(
  'sessions',
  'recordSession',
  'The record of a session: when, where, who came, what was said in short, what came of it',
  mediatorRoles,
  Type.Object(
    {
      heldAt: Instant,
      place: Short,
      came: Type.Array(Id, { maxItems: 10 }),
      words: Text,
      result: Words(sessionResults),
    },
    strict,
  ),
  [...together, 'safety/date-wrong', 'safety/party-unknown'],
)

export const moveUp = step(
  'move-up',
  'moveMediationUp',
  'Up one tier: after a recorded attempt, because a party applies, or because a party refuses here',
  mediatorRoles,
  Type.Object({ reason: Words(moveReasons), partyId: Type.Optional(Id), words: Text }, strict),
  ['safety/top-tier', 'safety/no-attempt', 'safety/nobody-refuses', 'safety/party-unknown'],
)

export const putOffMediation = step(
  'put-off',
  'putOffMediation',
  'A later day for the soft norm, with the reason',
  mediatorRoles,
  Type.Object({ dueOn: Day, words: Text }, strict),
  ['safety/date-wrong'],
)

export const noteToPolice = step(
  'police',
  'notePoliceReport',
  'That the police were told of what may become a crime, when and who took it there',
  mediatorRoles,
  Type.Object({ takenBy: Type.Optional(Short), words: Text }, strict),
)

export const endMediation = step(
  'end',
  'endMediation',
  'Ends it; the parties read which legal ways are open to them',
  mediatorRoles,
  Type.Object({ reason: Words(endings), words: Text }, strict),
  ['safety/nobody-refuses', 'safety/no-attempt'],
)

export const unmaskParty = defineOperation({
  name: 'safety.unmaskParty',
  method: 'POST',
  path: '/api/mediations/{id}/unmask',
  summary: 'One field of a party in clear, with a reason that is kept',
  who: desk,
  params: IdParams,
  body: Type.Object(
    { partyId: Id, field: Words(['name', 'phone', 'address'] as const), reason: Short },
    strict,
  ),
  output: Type.Object({ value: Type.String() }),
  refusals: ['safety/not-found', 'safety/party-unknown'],
})

export const listMediators = defineOperation({
  name: 'safety.listMediators',
  method: 'GET',
  path: '/api/mediators',
  summary: 'Mediators of the street by tier and place, those who still serve first',
  who: mediatorRoles,
  output: Type.Object({ items: Type.Array(MediatorView) }),
})

export const putMediator = defineOperation({
  name: 'safety.putMediator',
  method: 'PUT',
  path: '/api/mediators/{id}',
  summary: 'Puts somebody on the list of mediators, or changes the entry',
  who: desk,
  params: IdParams,
  body: Type.Object(
    {
      areaId: Id,
      tier: Words(tiers),
      name: Type.String({ minLength: 1, maxLength: 40 }),
      about: Type.Optional(Short),
      /** Of the staff member who it is, where they sign in; null for nobody’s, left out it stays as it is. */
      postId: Type.Optional(Nullable(Id)),
      active: Type.Boolean(),
    },
    strict,
  ),
  output: MediatorView,
  refusals: ['safety/area-unknown', 'safety/not-your-area', 'safety/mediator-unfit'],
})

export const mediationOperations = [
  getSafetyChoices,
  registerMediation,
  listMediations,
  exportMediations,
  getMediation,
  openMyMediations,
  recordConsent,
  wishMediator,
  setMediators,
  planSession,
  recordSession,
  moveUp,
  putOffMediation,
  noteToPolice,
  endMediation,
  unmaskParty,
  listMediators,
  putMediator,
] as const
