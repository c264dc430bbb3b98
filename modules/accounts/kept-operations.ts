/** 钥匙和物品: what a post holder keeps for the street, and to whom it goes; and the roster behind the code on a door. */
import { type Static, Type } from 'typebox'
import {
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nullable,
  type RefusalCatalogue,
  roles,
  type Who,
  Words,
} from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { PostView } from './account-views.ts'

export const keptRefusals = {
  'accounts/kept-item-not-found': 404,
  'accounts/post-not-found': 404,
  'accounts/not-yours-to-hand': 403,
  'accounts/phone-unfit': 422,
} as const satisfies RefusalCatalogue

const strict = { additionalProperties: false } as const
/** Whoever stands in an area: they keep things, or answer for those who do. */
const keepers: Who = ['micro-grid-member', 'grid-worker', 'grid-head', 'clerk', 'secretary', 'duty-head']

export const keptActs = ['added', 'handed', 'moved', 'returned', 'lost'] as const
export type KeptAct = (typeof keptActs)[number]

const Holder = Type.Object({ accountId: Id, displayName: Type.String(), post: PostView })

export const KeptItemView = Type.Object({
  id: Id,
  what: Type.String(),
  building: Nullable(Type.Object({ id: Id, name: Type.String(), address: Type.String() })),
  /** Where it is kept. */
  place: Type.String(),
  holder: Holder,
  since: Instant,
  /** The post that keeps it has ended: somebody must take it over. */
  leftBehind: Type.Boolean(),
  history: Type.Array(
    Type.Object({
      at: Instant,
      act: Words(keptActs),
      by: Type.String(),
      to: Type.String(),
      place: Type.String(),
    }),
  ),
  can: Type.Object({ hand: Type.Boolean() }),
})
export type KeptItemView = Static<typeof KeptItemView>

const What = Type.String({ minLength: 1, maxLength: 100 })
const KeptPlace = Type.String({ maxLength: 200 })

export const listKeptItems = defineOperation({
  name: 'accounts.listKeptItems',
  method: 'GET',
  path: '/api/kept-items',
  summary:
    'Keys and things that post holders keep, of one post or of all that the reader has in sight; 500 at most',
  who: keepers,
  query: Type.Object({ postId: Type.Optional(Id) }, strict),
  output: Type.Object({ items: Type.Array(KeptItemView) }),
})

export const addKeptItem = defineOperation({
  name: 'accounts.addKeptItem',
  method: 'POST',
  path: '/api/kept-items',
  summary: 'Writes down a key or thing that the holder of a post keeps: what, of which building, where',
  who: keepers,
  status: 201,
  body: Type.Object(
    {
      id: Type.Optional(Id),
      postId: Id,
      what: What,
      buildingId: Type.Optional(Nullable(Id)),
      place: KeptPlace,
    },
    strict,
  ),
  output: KeptItemView,
  refusals: ['accounts/post-not-found', 'accounts/not-yours-to-hand'],
})

export const handKeptItem = defineOperation({
  name: 'accounts.handKeptItem',
  method: 'POST',
  path: '/api/kept-items/{id}/hand',
  summary: 'Hands a kept thing to the holder of another post, or says that it is kept elsewhere now',
  who: keepers,
  params: IdParams,
  body: Type.Object({ postId: Id, place: KeptPlace }, strict),
  output: KeptItemView,
  refusals: ['accounts/kept-item-not-found', 'accounts/post-not-found', 'accounts/not-yours-to-hand'],
})

export const endKeptItem = defineOperation({
  name: 'accounts.endKeptItem',
  method: 'POST',
  path: '/api/kept-items/{id}/end',
  summary: 'Says that a kept thing went back to whose it is, or is lost',
  who: keepers,
  params: IdParams,
  body: Type.Object({ how: Words(['returned', 'lost'] as const) }, strict),
  output: Type.Object({ id: Id }),
  refusals: ['accounts/kept-item-not-found', 'accounts/not-yours-to-hand'],
})

const Card = Type.Object({
  postId: Id,
  post: PostView,
  lead: Type.Boolean(),
  shown: Type.Boolean(),
  name: Type.String(),
  phone: Nullable(Type.String()),
})

export const listOwnCards = defineOperation({
  name: 'accounts.listOwnCards',
  method: 'GET',
  path: '/api/me/door-cards',
  summary: 'One’s own posts that residents may be shown behind the code on a door, and what they would read',
  who: 'staff',
  output: Type.Object({ items: Type.Array(Card) }),
})

export const setOwnCard = defineOperation({
  name: 'accounts.setOwnCard',
  method: 'PUT',
  path: '/api/me/door-cards/{id}',
  summary:
    'Puts oneself on the roster of the doors of one’s area, with a name and an office phone as one chooses, or off it',
  who: 'staff',
  params: IdParams,
  body: Type.Object(
    {
      shown: Type.Boolean(),
      name: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
      phone: Type.Optional(Nullable(Type.String({ minLength: 3, maxLength: 20 }))),
    },
    strict,
  ),
  output: Card,
  refusals: ['accounts/post-not-found', 'accounts/phone-unfit'],
})

export const getDoorRoster = defineOperation({
  name: 'accounts.getDoorRoster',
  method: 'GET',
  path: '/api/doors/{door}/roster',
  summary:
    'Who answers for the building behind a printed code, of those who agreed to be named; else the community’s office',
  who: 'signed-in',
  params: Type.Object({ door: Type.String({ pattern: '^[0-9A-Za-z]{4,24}$' }) }, strict),
  output: Type.Object({
    building: Type.Object({ code: Type.String(), name: Type.String(), address: Type.String() }),
    /** From the community down. */
    chain: Type.Array(AreaRef),
    /** The lead of the micro-grid first; empty where nobody agreed to be named. */
    people: Type.Array(
      Type.Object({
        name: Type.String(),
        phone: Nullable(Type.String()),
        role: Words(roles),
        lead: Type.Boolean(),
        area: Type.String(),
      }),
    ),
    office: Nullable(
      Type.Object({ name: Type.String(), phone: Nullable(Type.String()), address: Nullable(Type.String()) }),
    ),
  }),
  refusals: ['areas/no-such-door'],
})

export const keptOperations = [
  listKeptItems,
  addKeptItem,
  handKeptItem,
  endKeptItem,
  listOwnCards,
  setOwnCard,
  getDoorRoster,
] as const
