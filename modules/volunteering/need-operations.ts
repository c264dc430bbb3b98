/** What residents ask of volunteers, and the wish board 心愿廊. */
import { type Static, Type } from 'typebox'
import { defineOperation, Id, IdParams, Instant, Nullable, Words } from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { satisfactions } from './hour-words.ts'
import { Items, runners } from './volunteer-operations.ts'

const strict = { additionalProperties: false } as const
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

export const needStates = ['open', 'taken', 'done', 'evaluated', 'withdrawn'] as const
export type NeedState = (typeof needStates)[number]

/** Who asks is masked; whoever took it sees how to reach them, and that reading is kept. */
export const NeedView = Type.Object({
  id: Id,
  area: Nullable(AreaRef),
  kind: Type.String(),
  words: Type.String(),
  wantedText: Type.String(),
  state: Words(needStates),
  createdAt: Instant,
  askerName: Type.String(),
  askerPhone: Nullable(Type.String()),
  takerName: Nullable(Type.String()),
  takenAt: Nullable(Instant),
  satisfaction: Nullable(Words(satisfactions)),
  evaluation: Nullable(Type.String()),
  mine: Words(['asked', 'taken', 'no'] as const),
  can: Type.Object({
    take: Type.Boolean(),
    giveBack: Type.Boolean(),
    finish: Type.Boolean(),
    evaluate: Type.Boolean(),
    /** The desk writes down what somebody without an account says on the phone. */
    noteEvaluation: Type.Boolean(),
    withdraw: Type.Boolean(),
    assign: Type.Boolean(),
  }),
  version: Type.Integer(),
})
export type NeedView = Static<typeof NeedView>

export const askHelp = defineOperation({
  name: 'volunteering.askHelp',
  method: 'POST',
  path: '/api/volunteer-needs',
  summary: 'A resident asks for a volunteer; the desk may ask for somebody of the register',
  who: 'signed-in',
  status: 201,
  body: Type.Object(
    {
      kind: Type.String({ maxLength: 30 }),
      words: Text(300),
      wantedText: Text(60),
      /** For whom the desk asks. */
      personId: Type.Optional(Id),
    },
    strict,
  ),
  output: NeedView,
  refusals: ['volunteering/not-registered', 'volunteering/kind-unknown', 'volunteering/not-found'],
})

export const listNeeds = defineOperation({
  name: 'volunteering.listNeeds',
  method: 'GET',
  path: '/api/volunteer-needs',
  summary: 'For volunteers what is open and their own; for the desk those of its area',
  who: 'signed-in',
  audit: 'read',
  query: Type.Object({ show: Type.Optional(Words(['open', 'mine', 'all'] as const)) }, strict),
  output: Items(NeedView),
})

export const needActs = ['take', 'give-back', 'withdraw'] as const

export const actOnNeed = defineOperation({
  name: 'volunteering.actOnNeed',
  method: 'POST',
  path: '/api/volunteer-needs/{id}/acts',
  summary: 'Take it, give it back, or take one’s own question back; the desk may give it to a volunteer',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object({ act: Words(needActs), personId: Type.Optional(Id) }, strict),
  output: NeedView,
  refusals: [
    'volunteering/not-found',
    'volunteering/not-registered',
    'volunteering/not-a-volunteer',
    'volunteering/consent-missing',
    'volunteering/own-need',
    'volunteering/wrong-state',
    'volunteering/not-yours',
  ],
})

export const finishNeed = defineOperation({
  name: 'volunteering.finishNeed',
  method: 'POST',
  path: '/api/volunteer-needs/{id}/finish',
  summary: 'Done, from when to when; the hours are honour-only until whoever was served says so',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object({ startedAt: Instant, endedAt: Instant }, strict),
  output: NeedView,
  refusals: [
    'volunteering/not-found',
    'volunteering/wrong-state',
    'volunteering/not-yours',
    'volunteering/times-wrong',
    'volunteering/before-taken',
    'volunteering/elsewhere-now',
  ],
})

export const evaluateNeed = defineOperation({
  name: 'volunteering.evaluateNeed',
  method: 'POST',
  path: '/api/volunteer-needs/{id}/evaluate',
  summary:
    'Whoever was served says whether it was done and how; that confirms the hours, or objects to them. The desk may write it down for somebody without an account',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object(
    {
      wasDone: Type.Boolean(),
      satisfaction: Words(satisfactions),
      words: Type.Optional(Type.String({ maxLength: 300 })),
    },
    strict,
  ),
  output: NeedView,
  refusals: [
    'volunteering/not-found',
    'volunteering/wrong-state',
    'volunteering/not-yours',
    'volunteering/own-hours',
  ],
})

export const wishStates = [
  'waiting',
  'open',
  'claimed',
  'fulfilled',
  'confirmed',
  'declined',
  'withdrawn',
] as const
export type WishState = (typeof wishStates)[number]

/** Own words are for the desk and whoever wished; the board shows what the desk wrote for everybody. */
export const WishView = Type.Object({
  id: Id,
  area: Nullable(AreaRef),
  words: Nullable(Type.String()),
  publicWords: Nullable(Type.String()),
  state: Words(wishStates),
  madeAt: Instant,
  claimedAs: Nullable(Type.String()),
  fulfilledWords: Nullable(Type.String()),
  thanks: Nullable(Type.String()),
  /** Why it was taken back, in the words of the desk. */
  withdrawnWords: Nullable(Type.String()),
  mine: Words(['wished', 'claimed', 'no'] as const),
  can: Type.Object({
    publish: Type.Boolean(),
    claim: Type.Boolean(),
    fulfil: Type.Boolean(),
    confirm: Type.Boolean(),
    /** Whoever made it, or the desk for them. */
    withdraw: Type.Boolean(),
  }),
  version: Type.Integer(),
})
export type WishView = Static<typeof WishView>

export const makeWish = defineOperation({
  name: 'volunteering.makeWish',
  method: 'POST',
  path: '/api/wishes',
  summary: 'A wish for the board; the desk puts it into words that name nobody',
  who: 'signed-in',
  status: 201,
  body: Type.Object({ areaId: Id, words: Text(300) }, strict),
  output: WishView,
  refusals: ['volunteering/not-found'],
})

export const listWishes = defineOperation({
  name: 'volunteering.listWishes',
  method: 'GET',
  path: '/api/wishes',
  summary: 'The board, one’s own wishes, and for the desk those that wait',
  who: 'signed-in',
  output: Items(WishView),
})

export const publishWish = defineOperation({
  name: 'volunteering.publishWish',
  method: 'POST',
  path: '/api/wishes/{id}/publish',
  summary: 'Onto the board in words that name nobody, or not',
  who: runners,
  params: IdParams,
  body: Type.Object({ publicWords: Nullable(Text(120)) }, strict),
  output: WishView,
  refusals: ['volunteering/not-found', 'volunteering/wrong-state', 'volunteering/not-your-area'],
})

export const claimWish = defineOperation({
  name: 'volunteering.claimWish',
  method: 'POST',
  path: '/api/wishes/{id}/claim',
  summary: 'I fulfil this; one has it, whoever was first',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object({ as: Text(30) }, strict),
  output: WishView,
  refusals: ['volunteering/not-found', 'volunteering/wrong-state', 'volunteering/own-need'],
})

export const fulfilWish = defineOperation({
  name: 'volunteering.fulfilWish',
  method: 'POST',
  path: '/api/wishes/{id}/fulfil',
  summary: 'Done, in a few words; or given back for another',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object({ words: Nullable(Text(120)) }, strict),
  output: WishView,
  refusals: ['volunteering/not-found', 'volunteering/wrong-state', 'volunteering/not-yours'],
})

export const confirmWish = defineOperation({
  name: 'volunteering.confirmWish',
  method: 'POST',
  path: '/api/wishes/{id}/confirm',
  summary: 'Whoever wished says that it came true, with thanks or without; or that it did not',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object(
    { cameTrue: Type.Boolean(), thanks: Type.Optional(Type.String({ maxLength: 200 })) },
    strict,
  ),
  output: WishView,
  refusals: ['volunteering/not-found', 'volunteering/wrong-state', 'volunteering/not-yours'],
})

export const withdrawWish = defineOperation({
  name: 'volunteering.withdrawWish',
  method: 'POST',
  path: '/api/wishes/{id}/withdraw',
  summary:
    'Taken back before it came true, by whoever wished or at the desk for them; whoever claimed it is told',
  who: 'signed-in',
  params: IdParams,
  body: Type.Object(
    {
      /** Of the desk: who asked for it and why. */
      words: Type.Optional(Text(120)),
    },
    strict,
  ),
  output: WishView,
  refusals: [
    'volunteering/not-found',
    'volunteering/wrong-state',
    'volunteering/not-yours',
    'volunteering/reason-missing',
  ],
})

export const needOperations = [
  askHelp,
  listNeeds,
  actOnNeed,
  finishNeed,
  evaluateNeed,
  makeWish,
  listWishes,
  publishWish,
  claimWish,
  fulfilWish,
  confirmWish,
  withdrawWish,
] as const
