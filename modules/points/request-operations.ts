/** What one person of the staff asks for and another approves; the rules and partners that come of it. */
import { type Static, type TProperties, Type } from 'typebox'
import {
  Cursor,
  Day,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nullable,
  Page,
  type Who,
  Words,
} from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { ledgerReaders } from './ledger-operations.ts'

const strict = { additionalProperties: false } as const
const Text = Type.String({ minLength: 1, maxLength: 400 })
const Points = Type.Integer({ minimum: 1, maximum: 10_000 })
const codePattern = '^[a-z][a-z0-9-]{1,30}$'
const Year = Type.Integer({ minimum: 2020, maximum: 2100 })

export const kinRelations = ['spouse', 'parent-child', 'grandparent-grandchild'] as const
export type KinRelation = (typeof kinRelations)[number]
export const partnerParts = ['shop', 'sponsor'] as const
export type PartnerPart = (typeof partnerParts)[number]

const of = <A extends string, P extends TProperties>(act: A, parts: P) =>
  Type.Object({ act: Type.Literal(act), ...parts }, strict)

/** What can be asked for. Money is only recorded: it never passes here. */
export const Ask = Type.Union([
  of('rule', {
    code: Type.String({ pattern: codePattern }),
    name: Type.String({ minLength: 1, maxLength: 60 }),
    earns: Words(['person', 'organisation'] as const),
    basis: Words(['hour', 'time'] as const),
    points: Points,
    capActivity: Type.Optional(Points),
    capDay: Type.Optional(Points),
    /** The sponsor whose reserve pays. */
    reserveId: Type.Optional(Id),
    from: Day,
  }),
  of('end-rule', { ruleId: Id, to: Day }),
  of('partner', {
    organisationId: Id,
    part: Words(partnerParts),
    terms: Text,
    from: Day,
    to: Type.Optional(Day),
  }),
  of('end-partner', { partnerId: Id, to: Day }),
  of('donation', {
    organisationId: Id,
    amountFen: Type.Integer({ minimum: 1, maximum: 10_000_000_000 }),
    note: Text,
    receivedOn: Day,
  }),
  /** Pays a shop what its vouchers came to until now. */
  of('pay-shop', { organisationId: Id, note: Text }),
  /** What counts by the time, such as a referral, or a gift in kind of an organisation; hours come with their evidence. */
  of('award', {
    ruleCode: Type.String({ pattern: codePattern }),
    personId: Type.Optional(Id),
    organisationId: Type.Optional(Id),
    /** The community that keeps the account. */
    areaId: Id,
    on: Day,
    words: Text,
  }),
  of('kin', { onePersonId: Id, otherPersonId: Id, relation: Words(kinRelations) }),
  of('end-kin', { kinId: Id }),
  /** For whom has no phone, with the person at the desk: to direct kin, or left out to the common pool. */
  of('gift', {
    personId: Id,
    toPersonId: Type.Optional(Id),
    points: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
  }),
  /** Hours of the time bank, in the same way. */
  of('gift-hours', {
    personId: Id,
    toPersonId: Type.Optional(Id),
    minutes: Type.Integer({ minimum: 15, maximum: 600_000 }),
  }),
  /** Takes an award back: a breach, or an activity that was none. */
  of('correction', { awardId: Id, words: Text }),
  /** Hours of the time bank spent for care: a person's own, or of the common pool for whoever has none. */
  of('care', {
    personId: Id,
    minutes: Type.Integer({ minimum: 15, maximum: 600_000 }),
    words: Text,
    fromPool: Type.Optional(Type.Boolean()),
  }),
  /** Who is honoured for a year, by the accounts that earned. */
  of('honours', {
    areaId: Id,
    year: Year,
    accountIds: Type.Array(Id, { minItems: 1, maxItems: 100, uniqueItems: true }),
  }),
  of('end-honour', { honourId: Id, words: Text }),
])
export type Ask = Static<typeof Ask>
export const askActs = [
  'rule',
  'end-rule',
  'partner',
  'end-partner',
  'donation',
  'pay-shop',
  'award',
  'kin',
  'end-kin',
  'gift',
  'gift-hours',
  'correction',
  'care',
  'honours',
  'end-honour',
] as const
export type AskAct = (typeof askActs)[number]

export const requestStates = ['waiting', 'approved', 'refused', 'withdrawn'] as const

export const RequestView = Type.Object({
  id: Id,
  act: Words(askActs),
  area: Nullable(AreaRef),
  ask: Ask,
  /** What the ids of the ask stand for, by id. */
  names: Type.Record(Type.String(), Type.String()),
  state: Words(requestStates),
  askedAt: Instant,
  settledAt: Nullable(Instant),
  words: Nullable(Type.String()),
  can: Type.Object({ settle: Type.Boolean(), withdraw: Type.Boolean() }),
})
export type RequestView = Static<typeof RequestView>

const askRefusals = [
  'points/not-your-area',
  'points/rule-not-found',
  'points/partner-not-found',
  'points/person-not-found',
  'points/award-not-found',
  'points/nothing-owed',
  'points/hours-need-evidence',
  'points/not-kin',
  'points/kin-not-found',
  'points/year-not-over',
  'points/honoured-already',
  'points/honour-not-found',
  'points/time-bank-off',
] as const

/** Rule: decision 0020: the desks prepare, each in their community; for the whole street the street's centre too. */
export const askers: Who = ['clerk', 'secretary', 'dispatcher', 'duty-head']
export const approvers: Who = ['secretary', 'duty-head', 'supervisor']

export const askApproval = defineOperation({
  name: 'points.askApproval',
  method: 'POST',
  path: '/api/points/requests',
  summary:
    'Asks for a rule, a partner, a donation, a payment, points, kin, a gift, a correction, care or honours',
  who: askers,
  status: 201,
  body: Ask,
  output: RequestView,
  refusals: askRefusals,
})

export const listRequests = defineOperation({
  name: 'points.listRequests',
  method: 'GET',
  path: '/api/points/requests',
  summary: 'What was asked for, newest first; what waits for a second person',
  who: ledgerReaders,
  query: Type.Object({ state: Type.Optional(Words(requestStates)), cursor: Type.Optional(Cursor) }, strict),
  output: Page(RequestView),
})

export const settleRequest = defineOperation({
  name: 'points.settleRequest',
  method: 'POST',
  path: '/api/points/requests/{id}/settle',
  summary: 'Approves or refuses what another person asked for; or withdraws what one asked for oneself',
  who: ledgerReaders,
  params: IdParams,
  body: Type.Object(
    {
      outcome: Words(['approved', 'refused', 'withdrawn'] as const),
      words: Type.Optional(Type.String({ maxLength: 400 })),
    },
    strict,
  ),
  output: RequestView,
  refusals: [
    ...askRefusals,
    'points/request-not-found',
    'points/request-settled',
    'points/asked-yourself',
    'points/not-yours-to-approve',
    'points/too-little',
    'points/book-full',
    'points/stopped',
  ],
})

export const RuleView = Type.Object({
  id: Id,
  code: Type.String(),
  name: Type.String(),
  earns: Words(['person', 'organisation'] as const),
  basis: Words(['hour', 'time'] as const),
  points: Type.Integer(),
  capActivity: Nullable(Type.Integer()),
  capDay: Nullable(Type.Integer()),
  reserve: Nullable(Type.String()),
  from: Day,
  to: Nullable(Day),
  inForce: Type.Boolean(),
})
export type RuleView = Static<typeof RuleView>

export const listRules = defineOperation({
  name: 'points.listRules',
  method: 'GET',
  path: '/api/points/rules',
  summary: 'What earns points, with caps, who pays and from when',
  who: 'signed-in',
  output: Type.Object({ items: Type.Array(RuleView) }),
})

export const PartnerView = Type.Object({
  id: Id,
  organisationId: Id,
  organisation: Type.String(),
  part: Words(partnerParts),
  terms: Type.String(),
  from: Day,
  to: Nullable(Day),
  inForce: Type.Boolean(),
  /** Of a shop, what it is owed; of a sponsor, what is left of its reserve. */
  balanceFen: Type.Integer(),
  /** Of a sponsor: its vouchers that are still good. */
  openFen: Type.Integer(),
  /** Of a sponsor, in sums only: what was spent, and by how many people. Fewer than five are not told apart. */
  spentFen: Type.Integer(),
  people: Nullable(Type.Integer()),
})
export type PartnerView = Static<typeof PartnerView>

export const LiabilityView = Type.Object({
  at: Instant,
  /** Points that people and organisations hold. */
  points: Type.Integer(),
  rateFen: Type.Integer(),
  /** What they would become. */
  pointsFen: Type.Integer(),
  vouchersFen: Type.Integer(),
  reserveFen: Type.Integer(),
  covered: Type.Boolean(),
})

export const listPartners = defineOperation({
  name: 'points.listPartners',
  method: 'GET',
  path: '/api/points/partners',
  summary: 'Shops and sponsors with their balances, and whether the reserve covers what is outstanding',
  who: ledgerReaders,
  output: Type.Object({ items: Type.Array(PartnerView), liability: LiabilityView }),
})

export const requestOperations = [askApproval, listRequests, settleRequest, listRules, listPartners] as const
