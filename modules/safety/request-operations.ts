/** From a request to a mediation, and what of public safety a case has become: links both ways. */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, IdParams, Instant, Nothing, Nullable, Words } from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { specialKinds } from '../cases/contract.ts'
import { desk, Party } from './mediation-operations.ts'
import { MediationView, strict, Text } from './mediation-views.ts'
import { consentWays, levels, stages } from './mediation-words.ts'

const CaseRef = Type.Object({ id: Id, number: Type.String() })

export const CaseLinks = Type.Object({
  special: Nullable(Words(specialKinds)),
  /** Of a hazard: on whose ledger it stands. */
  campaign: Nullable(Type.Object({ id: Id, name: Type.String() })),
  /** Stands on the register of violations. */
  violation: Type.Boolean(),
  /** To which its dispute was taken; its stage only for those who may see it. */
  mediation: Nullable(Type.Object({ ...CaseRef.properties, stage: Nullable(Words(stages)) })),
  /** Of a mediation: the request from which it came. */
  request: Nullable(CaseRef),
  /** When the person of the request asked for mediation. */
  askedAt: Nullable(Instant),
  can: Type.Object({ ask: Type.Boolean(), mediate: Type.Boolean(), list: Type.Boolean() }),
})
export type CaseLinks = Static<typeof CaseLinks>

/** Anybody signed in may ask: of a case that is out of sight they hear that there is none. */
export const getCaseLinks = defineOperation({
  name: 'safety.getCaseLinks',
  method: 'GET',
  path: '/api/case-links/{id}',
  summary:
    'What a case is or led to: a mediation, a hazard, a violation; and from which request a mediation came',
  who: 'signed-in',
  params: IdParams,
  output: CaseLinks,
  refusals: ['safety/not-found'],
})

export const askMediation = defineOperation({
  name: 'safety.askMediation',
  method: 'POST',
  path: '/api/mediation-requests/{id}/ask',
  summary: 'The person of a request asks for mediation; the desk registers it',
  who: 'signed-in',
  params: IdParams,
  body: Nothing,
  output: CaseLinks,
  refusals: ['safety/not-found', 'safety/not-yours', 'safety/not-a-request'],
})

export const listMediationRequests = defineOperation({
  name: 'safety.listMediationRequests',
  method: 'GET',
  path: '/api/mediation-requests',
  summary: 'Requests whose person asked for mediation and that still wait for the desk, the oldest first',
  who: desk,
  output: Type.Object({
    items: Type.Array(
      Type.Object({
        id: Id,
        number: Type.String(),
        title: Type.String(),
        area: Nullable(AreaRef),
        askedAt: Instant,
      }),
    ),
  }),
})

export const mediateRequest = defineOperation({
  name: 'safety.mediateRequest',
  method: 'POST',
  path: '/api/mediation-requests/{id}/mediate',
  summary:
    'Takes the person and the words of a request to a mediation, with the person’s consent; the request is answered that it is being mediated',
  who: desk,
  status: 201,
  params: IdParams,
  body: Type.Object(
    {
      kind: Type.String({ maxLength: 30 }),
      level: Words(levels),
      /** How the person agreed; left out where they asked for it themselves. */
      consentWay: Type.Optional(Words(consentWays)),
      /** Of the person, where they left none with the request. */
      name: Type.Optional(Type.String({ minLength: 1, maxLength: 60 })),
      /** The request’s own words unless written anew. */
      facts: Type.Optional(Text),
      /** The other side. */
      others: Type.Array(Party, { minItems: 1, maxItems: 9 }),
    },
    strict,
  ),
  output: MediationView,
  refusals: [
    'safety/not-found',
    'safety/not-your-area',
    'safety/area-unknown',
    'safety/kind-unknown',
    'safety/phone-wrong',
    'safety/not-a-request',
    'safety/reporter-hidden',
    'safety/name-missing',
    'safety/resident-not-asked',
    'safety/mediated-already',
  ],
})

export const requestOperations = [getCaseLinks, askMediation, listMediationRequests, mediateRequest] as const
