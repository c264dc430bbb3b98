/** people 居民与住户: who is known to the street, how they are reached, and who read their record. Minimal for now. */
import { type Static, Type } from 'typebox'
import {
  Cursor,
  Day,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nullable,
  Page,
  type RefusalCatalogue,
  type Who,
  Words,
} from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'

export const refusals = {
  'people/not-found': 404,
  'people/not-your-area': 403,
  'people/too-young': 422,
  'people/birth-wrong': 422,
  'people/id-number-wrong': 422,
  'people/phone-wrong': 422,
  'people/known-already': 409,
  'people/consent-not-needed': 422,
  'people/stale-version': 412,
} as const satisfies RefusalCatalogue
export type PeopleRefusal = keyof typeof refusals

const strict = { additionalProperties: false } as const
const Name = Type.String({ minLength: 1, maxLength: 60 })
const Phone = Type.String({ minLength: 1, maxLength: 30 })

/** Rule: rights.md: the register is kept by the community's desk and the street's centre. */
const keepers: Who = ['clerk', 'secretary', 'dispatcher', 'duty-head']

/** `not-needed`: of full age; `missing` and `withdrawn`: the person may not serve. */
export const consentStates = ['not-needed', 'missing', 'given', 'withdrawn'] as const
export type ConsentState = (typeof consentStates)[number]

/** Masked on the server. Birth day and consent are read by who keeps the register and by the person. */
export const unmaskFields = ['name', 'phone', 'idNumber'] as const

export const PersonView = Type.Object({
  id: Id,
  area: Nullable(AreaRef),
  nameMasked: Type.String(),
  phoneMasked: Nullable(Type.String()),
  idNumberMasked: Nullable(Type.String()),
  birthOn: Day,
  age: Type.Integer(),
  consent: Words(consentStates),
  /** Who agreed, while they do. */
  guardian: Nullable(Type.Object({ nameMasked: Type.String(), relation: Type.String(), since: Instant })),
  /** Signs in with an account. */
  hasAccount: Type.Boolean(),
  version: Type.Integer(),
})
export type PersonView = Static<typeof PersonView>

export const Guardian = Type.Object(
  {
    name: Name,
    phone: Type.Optional(Phone),
    relation: Type.String({ minLength: 1, maxLength: 20 }),
  },
  strict,
)

const personFields = {
  name: Name,
  phone: Type.Optional(Phone),
  birthOn: Day,
  idNumber: Type.Optional(Type.String({ minLength: 15, maxLength: 24 })),
}
const fieldRefusals = [
  'people/too-young',
  'people/birth-wrong',
  'people/id-number-wrong',
  'people/phone-wrong',
  'people/known-already',
] as const

export const registerPerson = defineOperation({
  name: 'people.registerPerson',
  method: 'POST',
  path: '/api/people',
  summary: 'A person into the register; from fourteen on, under eighteen with a guardian',
  who: keepers,
  status: 201,
  body: Type.Object({ areaId: Id, ...personFields, guardian: Type.Optional(Guardian) }, strict),
  output: PersonView,
  refusals: ['people/not-your-area', ...fieldRefusals],
})

export const findPeople = defineOperation({
  name: 'people.findPeople',
  method: 'POST',
  path: '/api/people/search',
  summary: 'People by their exact phone, name or number of the identity paper, within one’s areas',
  who: keepers,
  audit: 'read',
  idempotency: 'unstored',
  body: Type.Object({ words: Type.String({ minLength: 2, maxLength: 60 }) }, strict),
  output: Type.Object({ items: Type.Array(PersonView) }),
})

export const getPerson = defineOperation({
  name: 'people.getPerson',
  method: 'GET',
  path: '/api/people/{id}',
  summary: 'One person, masked; the reading is kept and the person can see it',
  who: keepers,
  audit: 'read',
  params: IdParams,
  output: PersonView,
  refusals: ['people/not-found'],
})

export const correctPerson = defineOperation({
  name: 'people.correctPerson',
  method: 'POST',
  path: '/api/people/{id}/correct',
  summary: 'Corrects what was written down wrongly',
  who: keepers,
  params: IdParams,
  body: Type.Partial(Type.Object(personFields), strict),
  output: PersonView,
  refusals: ['people/not-found', 'people/stale-version', ...fieldRefusals],
})

export const unmaskPerson = defineOperation({
  name: 'people.unmaskPerson',
  method: 'POST',
  path: '/api/people/{id}/unmask',
  summary: 'One field in clear, with a reason that is kept',
  who: keepers,
  idempotency: 'unstored',
  params: IdParams,
  body: Type.Object(
    { field: Words(unmaskFields), reason: Type.String({ minLength: 2, maxLength: 200 }) },
    strict,
  ),
  output: Type.Object({ value: Nullable(Type.String()) }),
  refusals: ['people/not-found'],
})

export const giveConsent = defineOperation({
  name: 'people.giveConsent',
  method: 'POST',
  path: '/api/people/{id}/guardian-consent',
  summary: 'A guardian agrees that a person of fourteen to seventeen serves',
  who: keepers,
  params: IdParams,
  body: Guardian,
  output: PersonView,
  refusals: ['people/not-found', 'people/consent-not-needed', 'people/phone-wrong'],
})

export const withdrawConsent = defineOperation({
  name: 'people.withdrawConsent',
  method: 'POST',
  path: '/api/people/{id}/guardian-consent/withdraw',
  summary: 'The guardian takes the consent back',
  who: keepers,
  params: IdParams,
  output: PersonView,
  refusals: ['people/not-found', 'people/consent-not-needed'],
})

export const getMyself = defineOperation({
  name: 'people.getMyself',
  method: 'GET',
  path: '/api/people/me',
  summary: 'What the register holds of whoever asks; null when nothing',
  who: 'signed-in',
  output: Type.Object({ person: Nullable(PersonView) }),
})

export const registerMyself = defineOperation({
  name: 'people.registerMyself',
  method: 'POST',
  path: '/api/people/me',
  summary: 'A signed-in person gives real name and birth day, once; the phone is that of the account',
  who: 'signed-in',
  status: 201,
  body: Type.Object(
    { areaId: Id, name: Name, birthOn: Day, idNumber: Type.Optional(Type.String({ maxLength: 24 })) },
    strict,
  ),
  output: PersonView,
  refusals: ['people/not-found', ...fieldRefusals],
})

export const ReadOfMe = Type.Object({
  at: Instant,
  operation: Type.String(),
  role: Nullable(Type.String()),
  placeName: Nullable(Type.String()),
  self: Type.Boolean(),
  /** Of a field that was opened: which, and the reason given. */
  field: Nullable(Words(unmaskFields)),
  reason: Nullable(Type.String()),
})
export type ReadOfMe = Static<typeof ReadOfMe>

export const listReadsOfMe = defineOperation({
  name: 'people.listReadsOfMe',
  method: 'GET',
  path: '/api/people/me/reads',
  summary: 'Who read or changed my record, under which post, when',
  who: 'signed-in',
  query: Type.Object({ cursor: Type.Optional(Cursor) }, strict),
  output: Page(ReadOfMe),
  refusals: ['people/not-found'],
})

export const operations = [
  registerPerson,
  findPeople,
  getPerson,
  correctPerson,
  unmaskPerson,
  giveConsent,
  withdrawConsent,
  getMyself,
  registerMyself,
  listReadsOfMe,
] as const
