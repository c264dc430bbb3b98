/** The party tree over the area tree, and the recruiting of micro-grid members. */
import { type Static, Type } from 'typebox'
import {
  Day,
  defineOperation,
  Id,
  IdParams,
  Nothing,
  Nullable,
  type RefusalCatalogue,
  type Who,
  Words,
} from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'

export const memberRefusals = {
  'accounts/not-your-area': 403,
  'accounts/party-body-not-found': 404,
  'accounts/party-parent-unfit': 422,
  'accounts/branch-exists': 409,
  'accounts/call-not-found': 404,
  'accounts/call-closed': 409,
  'accounts/applied-already': 409,
  'accounts/application-not-found': 404,
  'accounts/application-settled': 409,
} as const satisfies RefusalCatalogue

/** From the top down. What they are called is a setting of the street. */
export const partyLevels = [
  'working-committee',
  'community-committee',
  'grid-branch',
  'building-head',
  'member-household',
] as const
export type PartyLevel = (typeof partyLevels)[number]
export const partyTitles = ['secretary', 'deputy', 'member', 'head'] as const
export type PartyTitle = (typeof partyTitles)[number]

/** The community's secretary keeps the tree of the community, the duty head the street's. */
const keepers: Who = ['secretary', 'duty-head']
const strict = { additionalProperties: false } as const

const PartyPostView = Type.Object({
  id: Id,
  accountId: Id,
  displayName: Type.String(),
  title: Words(partyTitles),
  fromDay: Day,
  toDay: Nullable(Day),
  /** The person agreed to stand on the public roster. */
  shown: Type.Boolean(),
})
export const PartyBodyView = Type.Object({
  id: Id,
  level: Words(partyLevels),
  name: Type.String(),
  parentId: Nullable(Id),
  area: AreaRef,
  buildingId: Nullable(Id),
  joint: Type.Boolean(),
  validFrom: Day,
  validTo: Nullable(Day),
  posts: Type.Array(PartyPostView),
  can: Type.Object({ change: Type.Boolean() }),
})
export type PartyBodyView = Static<typeof PartyBodyView>

export const listPartyBodies = defineOperation({
  name: 'accounts.listPartyBodies',
  method: 'GET',
  path: '/api/party-bodies',
  summary: 'The party tree as of a day, from the top down, with who holds which post',
  who: 'staff',
  query: Type.Object({ onDay: Type.Optional(Day) }, strict),
  output: Type.Object({ items: Type.Array(PartyBodyView) }),
})

export const addPartyBody = defineOperation({
  name: 'accounts.addPartyBody',
  method: 'POST',
  path: '/api/party-bodies',
  summary: 'Adds a body below another; a grid has one branch, and joint branches beside it',
  who: keepers,
  status: 201,
  body: Type.Object(
    {
      id: Type.Optional(Id),
      level: Words(partyLevels),
      name: Type.String({ minLength: 1, maxLength: 100 }),
      parentId: Nullable(Id),
      areaId: Id,
      buildingId: Type.Optional(Nullable(Id)),
      joint: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
  output: Type.Object({ id: Id }),
  refusals: ['accounts/not-your-area', 'accounts/party-parent-unfit', 'accounts/branch-exists'],
})

export const endPartyBody = defineOperation({
  name: 'accounts.endPartyBody',
  method: 'POST',
  path: '/api/party-bodies/{id}/end',
  summary: 'Lets a body without others below it end today, and its posts with it',
  who: keepers,
  params: IdParams,
  output: Nothing,
  refusals: ['accounts/party-body-not-found', 'accounts/not-your-area', 'accounts/party-parent-unfit'],
})

export const appointPartyPost = defineOperation({
  name: 'accounts.appointPartyPost',
  method: 'POST',
  path: '/api/party-bodies/{id}/posts',
  summary: 'Gives a person a post in a body for a term; one secretary or head at a time',
  who: keepers,
  status: 201,
  params: IdParams,
  body: Type.Object(
    {
      accountId: Id,
      title: Words(partyTitles),
      fromDay: Type.Optional(Day),
      toDay: Type.Optional(Nullable(Day)),
    },
    strict,
  ),
  output: Type.Object({ id: Id }),
  refusals: ['accounts/party-body-not-found', 'accounts/not-your-area', 'accounts/not-found'],
})

export const endPartyPost = defineOperation({
  name: 'accounts.endPartyPost',
  method: 'POST',
  path: '/api/party-posts/{id}/end',
  summary: 'Ends a party post with today',
  who: keepers,
  params: IdParams,
  output: Nothing,
  refusals: ['accounts/party-body-not-found', 'accounts/not-your-area'],
})

export const listOwnPartyPosts = defineOperation({
  name: 'accounts.listOwnPartyPosts',
  method: 'GET',
  path: '/api/me/party-posts',
  summary: 'One’s own party posts, and whether one stands on the public roster',
  who: 'staff',
  output: Type.Object({
    items: Type.Array(
      Type.Object({ id: Id, body: Type.String(), title: Words(partyTitles), shown: Type.Boolean() }),
    ),
  }),
})

export const showPartyPost = defineOperation({
  name: 'accounts.showPartyPost',
  method: 'POST',
  path: '/api/party-posts/{id}/shown',
  summary: 'Puts oneself on the public roster 亮身份, or takes oneself off; nobody else can',
  who: 'staff',
  params: IdParams,
  body: Type.Object({ shown: Type.Boolean() }, strict),
  output: Nothing,
  refusals: ['accounts/party-body-not-found'],
})

export const getPlaceRoster = defineOperation({
  name: 'accounts.getPlaceRoster',
  method: 'GET',
  path: '/api/areas/{id}/roster',
  summary: 'The public roster of a place: those who agreed to be named, from the building up to the street',
  who: 'signed-in',
  params: IdParams,
  query: Type.Object({ buildingId: Type.Optional(Id) }, strict),
  output: Type.Object({
    items: Type.Array(
      Type.Object({
        body: Type.String(),
        level: Words(partyLevels),
        title: Words(partyTitles),
        name: Type.String(),
      }),
    ),
  }),
  refusals: ['accounts/area-not-found'],
})

export const recruitPools = [
  'party-member',
  'building-head',
  'veteran',
  'owners-committee',
  'resident',
] as const
export type RecruitPool = (typeof recruitPools)[number]
export const applicationStates = ['applied', 'chosen', 'declined', 'withdrawn', 'in-post'] as const
export type ApplicationState = (typeof applicationStates)[number]

const ApplicationView = Type.Object({
  id: Id,
  area: AreaRef,
  pool: Words(recruitPools),
  words: Type.String(),
  state: Words(applicationStates),
  reason: Nullable(Type.String()),
  /** A resident's masked phone, or a colleague's name. */
  displayName: Type.String(),
})
export type ApplicationView = Static<typeof ApplicationView>

export const RecruitCallView = Type.Object({
  id: Id,
  area: AreaRef,
  title: Type.String(),
  words: Type.String(),
  opensOn: Day,
  closesOn: Day,
  termMonths: Type.Integer(),
  open: Type.Boolean(),
  /** One's own application; null without one. */
  mine: Nullable(ApplicationView),
  counts: Type.Object({ applied: Type.Integer(), chosen: Type.Integer(), inPost: Type.Integer() }),
  can: Type.Object({ apply: Type.Boolean(), choose: Type.Boolean(), takeUp: Type.Boolean() }),
})
export type RecruitCallView = Static<typeof RecruitCallView>

export const listRecruitCalls = defineOperation({
  name: 'accounts.listRecruitCalls',
  method: 'GET',
  path: '/api/recruit-calls',
  summary: 'Calls for micro-grid members, newest first; 100 at most',
  who: 'signed-in',
  output: Type.Object({ items: Type.Array(RecruitCallView) }),
})

export const openRecruitCall = defineOperation({
  name: 'accounts.openRecruitCall',
  method: 'POST',
  path: '/api/recruit-calls',
  summary: 'Calls for members of the micro-grids of an area',
  who: keepers,
  status: 201,
  body: Type.Object(
    {
      id: Type.Optional(Id),
      areaId: Id,
      title: Type.String({ minLength: 1, maxLength: 100 }),
      words: Type.String({ minLength: 1, maxLength: 2000 }),
      opensOn: Day,
      closesOn: Day,
      termMonths: Type.Integer({ minimum: 1, maximum: 60 }),
    },
    strict,
  ),
  output: Type.Object({ id: Id }),
  refusals: ['accounts/not-your-area'],
})

export const applyToCall = defineOperation({
  name: 'accounts.applyToCall',
  method: 'POST',
  path: '/api/recruit-calls/{id}/applications',
  summary: 'Asks to become a member of a micro-grid, once for each call',
  who: 'signed-in',
  status: 201,
  params: IdParams,
  body: Type.Object(
    { areaId: Id, pool: Words(recruitPools), words: Type.String({ maxLength: 1000 }) },
    strict,
  ),
  output: ApplicationView,
  refusals: [
    'accounts/call-not-found',
    'accounts/call-closed',
    'accounts/applied-already',
    'accounts/area-not-found',
  ],
})

export const withdrawApplication = defineOperation({
  name: 'accounts.withdrawApplication',
  method: 'POST',
  path: '/api/recruit-applications/{id}/withdraw',
  summary: 'Takes one’s own application back before it is settled',
  who: 'signed-in',
  params: IdParams,
  output: Nothing,
  refusals: ['accounts/application-not-found', 'accounts/application-settled'],
})

export const listApplications = defineOperation({
  name: 'accounts.listApplications',
  method: 'GET',
  path: '/api/recruit-calls/{id}/applications',
  summary: 'Who applied: all for whoever chooses, the chosen for whoever puts them in post',
  who: ['secretary', 'duty-head', 'security-admin'],
  audit: 'read',
  params: IdParams,
  output: Type.Object({ items: Type.Array(ApplicationView) }),
  refusals: ['accounts/call-not-found', 'accounts/not-your-area'],
})

export const settleApplication = defineOperation({
  name: 'accounts.settleApplication',
  method: 'POST',
  path: '/api/recruit-applications/{id}/settle',
  summary: 'Chooses an applicant, or declines with a reason that the person reads',
  who: keepers,
  params: IdParams,
  body: Type.Object(
    { chosen: Type.Boolean(), reason: Type.Optional(Type.String({ minLength: 1, maxLength: 300 })) },
    strict,
  ),
  output: ApplicationView,
  refusals: ['accounts/application-not-found', 'accounts/application-settled', 'accounts/not-your-area'],
})

export const takeUpApplication = defineOperation({
  name: 'accounts.takeUpApplication',
  method: 'POST',
  path: '/api/recruit-applications/{id}/take-up',
  summary:
    'Puts a chosen applicant in post for the term of the call, with the staff account made for them; one lead for each micro-grid',
  who: ['security-admin'],
  params: IdParams,
  body: Type.Object(
    { accountId: Id, fromDay: Type.Optional(Day), lead: Type.Optional(Type.Boolean()) },
    strict,
  ),
  output: ApplicationView,
  refusals: [
    'accounts/application-not-found',
    'accounts/application-settled',
    'accounts/not-found',
    'accounts/roles-exclude-each-other',
  ],
})

export const memberOperations = [
  listPartyBodies,
  addPartyBody,
  endPartyBody,
  appointPartyPost,
  endPartyPost,
  listOwnPartyPosts,
  showPartyPost,
  getPlaceRoster,
  listRecruitCalls,
  openRecruitCall,
  applyToCall,
  withdrawApplication,
  listApplications,
  settleApplication,
  takeUpApplication,
] as const
