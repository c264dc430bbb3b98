/** Who records and certifies hours, whose people serve, and who watches: organisations, teams and the committee. */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, IdParams, Instant, Nullable, Words } from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { Items, runners } from './volunteer-operations.ts'

const strict = { additionalProperties: false } as const
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

export const groupKinds = ['organisation', 'team', 'committee'] as const
export type GroupKind = (typeof groupKinds)[number]

export const GroupView = Type.Object({
  id: Id,
  kind: Words(groupKinds),
  name: Type.String(),
  area: Nullable(AreaRef),
  parentId: Nullable(Id),
  /** Whose people these are: it earns by the hours that they serve. */
  organisation: Nullable(Type.Object({ id: Id, name: Type.String() })),
  head: Type.String(),
  phone: Type.String(),
  active: Type.Boolean(),
  mine: Type.Boolean(),
  can: Type.Boolean(),
})
export type GroupView = Static<typeof GroupView>

export const listGroups = defineOperation({
  name: 'volunteering.listGroups',
  method: 'GET',
  path: '/api/volunteer-groups',
  summary: 'Volunteer organisations, their teams, and the supervision committees of the street',
  who: 'signed-in',
  output: Items(GroupView),
})

export const createGroup = defineOperation({
  name: 'volunteering.createGroup',
  method: 'POST',
  path: '/api/volunteer-groups',
  summary: 'A new organisation, team or committee of an area',
  who: runners,
  status: 201,
  body: Type.Object(
    {
      areaId: Id,
      kind: Words(groupKinds),
      name: Text(40),
      parentId: Type.Optional(Id),
      organisationId: Type.Optional(Id),
      /** As certificates print them. */
      head: Text(20),
      phone: Text(30),
    },
    strict,
  ),
  output: GroupView,
  refusals: [
    'volunteering/not-your-area',
    'volunteering/name-taken',
    'volunteering/group-unfit',
    'volunteering/own-organisation',
  ],
})

export const changeGroup = defineOperation({
  name: 'volunteering.changeGroup',
  method: 'PATCH',
  path: '/api/volunteer-groups/{id}',
  summary:
    'Its name, head, phone, whether it goes on, and whose people these are; what was served before a link earns the organisation nothing',
  who: runners,
  params: IdParams,
  body: Type.Object(
    {
      name: Type.Optional(Text(40)),
      head: Type.Optional(Text(20)),
      phone: Type.Optional(Text(30)),
      active: Type.Optional(Type.Boolean()),
      organisationId: Type.Optional(Nullable(Id)),
    },
    strict,
  ),
  output: GroupView,
  refusals: [
    'volunteering/not-found',
    'volunteering/name-taken',
    'volunteering/group-unfit',
    'volunteering/own-organisation',
  ],
})

export const MemberView = Type.Object({
  personId: Id,
  name: Type.String(),
  part: Words(['member', 'lead'] as const),
  since: Instant,
})

export const listMembers = defineOperation({
  name: 'volunteering.listMembers',
  method: 'GET',
  path: '/api/volunteer-groups/{id}/members',
  summary: 'Who belongs to a group, masked',
  who: runners,
  audit: 'read',
  params: IdParams,
  output: Items(MemberView),
  refusals: ['volunteering/not-found'],
})

export const setMember = defineOperation({
  name: 'volunteering.setMember',
  method: 'POST',
  path: '/api/volunteer-groups/{id}/members',
  summary: 'Somebody of the register becomes member or lead of a group, or leaves it',
  who: runners,
  params: IdParams,
  body: Type.Object({ personId: Id, part: Words(['member', 'lead', 'none'] as const) }, strict),
  output: Items(MemberView),
  refusals: ['volunteering/not-found', 'volunteering/not-your-area'],
})

export const groupOperations = [listGroups, createGroup, changeGroup, listMembers, setMember] as const
