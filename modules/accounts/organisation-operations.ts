/** Organisations 单位: which there are, and their care. */
import { Type } from 'typebox'
import { defineOperation, Id, IdParams, Nullable, Page, Words } from '../../lib/contract.ts'
import { OrganisationDetail, OrganisationView, organisationKinds } from './account-views.ts'

const Name = Type.String({ minLength: 1, maxLength: 80, pattern: '\\S' })
const AreaIds = Type.Array(Id, { maxItems: 200 })
const Phone = Type.String({ maxLength: 30, pattern: '^[0-9+() -]*$' })
const Address = Type.String({ maxLength: 120 })

export const listOrganisations = defineOperation({
  name: 'accounts.listOrganisations',
  method: 'GET',
  path: '/api/organisations',
  summary: 'Organisations 单位 that cases may be given to',
  who: 'signed-in',
  query: Type.Object({ q: Type.Optional(Type.String({ maxLength: 60 })) }, { additionalProperties: false }),
  output: Page(OrganisationView),
})

export const getOrganisation = defineOperation({
  name: 'accounts.getOrganisation',
  method: 'GET',
  path: '/api/organisations/{id}',
  summary: 'One organisation with its phone and address for printed orders, and its former names',
  who: 'staff',
  params: IdParams,
  output: OrganisationDetail,
  refusals: ['accounts/not-found'],
})

const care = {
  contactPhone: Type.Optional(Nullable(Phone)),
  address: Type.Optional(Nullable(Address)),
  signsIn: Type.Optional(Type.Boolean()),
  answersNeedApproval: Type.Optional(Type.Boolean()),
}

export const createOrganisation = defineOperation({
  name: 'accounts.createOrganisation',
  method: 'POST',
  path: '/api/organisations',
  summary: 'Adds an organisation',
  who: ['system-admin'],
  status: 201,
  body: Type.Object(
    {
      id: Type.Optional(Id),
      code: Type.String({ minLength: 1, maxLength: 40 }),
      name: Name,
      kind: Words(organisationKinds),
      areaIds: Type.Optional(AreaIds),
      ...care,
    },
    { additionalProperties: false },
  ),
  output: OrganisationView,
  refusals: ['accounts/code-taken', 'accounts/area-not-found'],
})

export const changeOrganisation = defineOperation({
  name: 'accounts.changeOrganisation',
  method: 'PATCH',
  path: '/api/organisations/{id}',
  summary: 'Changes an organisation; what is left out stays, and a former name is kept with its last day',
  who: ['system-admin'],
  params: IdParams,
  body: Type.Object(
    {
      name: Type.Optional(Name),
      kind: Type.Optional(Words(organisationKinds)),
      /** None means the whole street. */
      areaIds: Type.Optional(AreaIds),
      ...care,
    },
    { additionalProperties: false, minProperties: 1 },
  ),
  output: OrganisationDetail,
  refusals: [
    'accounts/not-found',
    'accounts/stale-version',
    'accounts/area-not-found',
    'accounts/organisation-has-posts',
  ],
})

export const setOrganisationActive = defineOperation({
  name: 'accounts.setOrganisationActive',
  method: 'POST',
  path: '/api/organisations/{id}/active',
  summary:
    'Closes an organisation for new cases, or opens it again; refused while cases wait for it, with their number in `errors`',
  who: ['system-admin'],
  params: IdParams,
  body: Type.Object({ active: Type.Boolean() }, { additionalProperties: false }),
  output: OrganisationDetail,
  refusals: ['accounts/not-found', 'accounts/organisation-has-open-work'],
})
