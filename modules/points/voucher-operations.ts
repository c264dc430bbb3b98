/** Vouchers 爱心券 at a shop: look, take, give back, without a network, and what the shop is owed. */
import { type Static, Type } from 'typebox'
import {
  Bytes,
  Cursor,
  Day,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nothing,
  Nullable,
  Words,
  xlsxMediaType,
} from '../../lib/contract.ts'

const strict = { additionalProperties: false } as const
const shopRoles = ['handler', 'organisation-lead'] as const
const statementReaders = [
  ...shopRoles,
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'supervisor',
] as const
const Code = Type.String({ minLength: 8, maxLength: 30 })

export const voucherStates = ['good', 'spent', 'expired'] as const

/** What a shop sees: never whose it is. */
export const ShopVoucher = Type.Object({
  serial: Type.String(),
  valueFen: Type.Integer(),
  expiresOn: Day,
  state: Words(voucherStates),
  /** When and, if it was here, that it was spent. */
  spentAt: Nullable(Instant),
  spentHere: Type.Boolean(),
})
export type ShopVoucher = Static<typeof ShopVoucher>

const codeRefusals = [
  'points/code-wrong',
  'points/voucher-not-found',
  'points/not-a-shop',
  'points/too-many-tries',
] as const

export const checkVoucher = defineOperation({
  name: 'points.checkVoucher',
  method: 'POST',
  path: '/api/points/vouchers/check',
  summary: 'What a voucher is worth and whether it is good, by its code',
  who: shopRoles,
  audit: 'read',
  idempotency: 'unstored',
  body: Type.Object({ code: Code }, strict),
  output: ShopVoucher,
  refusals: codeRefusals,
})

export const redeemVoucher = defineOperation({
  name: 'points.redeemVoucher',
  method: 'POST',
  path: '/api/points/vouchers/redeem',
  summary: 'Takes a voucher at the shop: once',
  who: shopRoles,
  body: Type.Object({ code: Code }, strict),
  output: ShopVoucher,
  refusals: [...codeRefusals, 'points/voucher-spent', 'points/voucher-expired', 'points/stopped'],
})

export const returnVoucher = defineOperation({
  name: 'points.returnVoucher',
  method: 'POST',
  path: '/api/points/vouchers/return',
  summary: 'Goods were brought back: the holder gets a new voucher of the same value',
  who: shopRoles,
  body: Type.Object({ code: Code }, strict),
  output: Nothing,
  refusals: [
    ...codeRefusals,
    'points/not-spent-here',
    'points/returned-already',
    'points/too-little',
    'points/stopped',
  ],
})

export const OfflineList = Type.Object({
  id: Id,
  until: Instant,
  limitFen: Type.Integer(),
  salt: Type.String(),
  /** SHA-256 of salt and code, base64url, with the value; no code and nobody's name. */
  vouchers: Type.Array(Type.Object({ hash: Type.String(), valueFen: Type.Integer() })),
})
export type OfflineList = Static<typeof OfflineList>

export const takeOfflineList = defineOperation({
  name: 'points.takeOfflineList',
  method: 'POST',
  path: '/api/points/offline-lists',
  summary: 'With what the shop may take vouchers without a network: two hours at most, up to a sum',
  who: shopRoles,
  idempotency: 'unstored',
  status: 201,
  body: Nothing,
  output: OfflineList,
  refusals: ['points/not-a-shop', 'points/offline-off', 'points/stopped'],
})

export const offlineFates = ['taken', 'spent', 'expired', 'not-found', 'list-over', 'over-limit'] as const
export type OfflineFate = (typeof offlineFates)[number]

export const sendOffline = defineOperation({
  name: 'points.sendOffline',
  method: 'POST',
  path: '/api/points/offline-lists/{id}/send',
  summary: 'What was taken without a network; each with what became of it',
  who: shopRoles,
  params: IdParams,
  body: Type.Object(
    {
      items: Type.Array(Type.Object({ code: Code, at: Instant }, strict), { minItems: 1, maxItems: 200 }),
    },
    strict,
  ),
  output: Type.Object({
    items: Type.Array(
      Type.Object({ code: Type.String(), fate: Words(offlineFates), valueFen: Type.Integer() }),
    ),
  }),
  refusals: ['points/not-a-shop', 'points/list-not-found', 'points/stopped'],
})

export const shopLineKinds = ['spent', 'returned', 'paid'] as const
export type ShopLineKind = (typeof shopLineKinds)[number]

export const ShopStatement = Type.Object({
  organisationId: Id,
  organisation: Type.String(),
  /** Takes vouchers now, by its agreement. */
  takesVouchers: Type.Boolean(),
  /** What it is owed. */
  owedFen: Type.Integer(),
  todayFen: Type.Integer(),
  todayCount: Type.Integer(),
  /** Of all lines, shown or not: taken less given back less paid is what is owed. */
  spentFen: Type.Integer(),
  returnedFen: Type.Integer(),
  paidFen: Type.Integer(),
  lines: Type.Array(
    Type.Object({
      at: Instant,
      what: Words(shopLineKinds),
      serial: Nullable(Type.String()),
      amountFen: Type.Integer(),
    }),
  ),
  nextCursor: Nullable(Cursor),
})
export type ShopStatement = Static<typeof ShopStatement>

export const getShop = defineOperation({
  name: 'points.getShop',
  method: 'GET',
  path: '/api/points/shop',
  summary: 'What a shop took, gave back, was paid and is owed; its own, or any for the desks',
  who: statementReaders,
  query: Type.Object({ organisationId: Type.Optional(Id), cursor: Type.Optional(Cursor) }, strict),
  output: ShopStatement,
  refusals: ['points/not-a-shop'],
})

export const exportShop = defineOperation({
  name: 'points.exportShop',
  method: 'GET',
  path: '/api/points/shop.xlsx',
  summary:
    'The statement of a shop as an xlsx file: every line of a period, with what was owed before and after',
  who: statementReaders,
  audit: 'read',
  query: Type.Object(
    {
      organisationId: Type.Optional(Id),
      /** First and last day; left out, from the beginning and until now. */
      from: Type.Optional(Day),
      to: Type.Optional(Day),
      language: Type.Optional(Words(['zh', 'en'] as const)),
    },
    strict,
  ),
  output: Bytes(xlsxMediaType),
  refusals: ['points/not-a-shop'],
})

export const voucherOperations = [
  checkVoucher,
  redeemVoucher,
  returnVoucher,
  takeOfflineList,
  sendOffline,
  getShop,
  exportShop,
] as const
