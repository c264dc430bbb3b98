/** The passbook 积分存折: of oneself, or at the desk for whom has no phone. */
import { type Static, Type } from 'typebox'
import { Bytes, Day, defineOperation, Id, IdParams, Nothing, Nullable, Words } from '../../lib/contract.ts'
import { HonourView } from './honour-operations.ts'
import { EntryView } from './ledger-operations.ts'
import { kinRelations } from './request-operations.ts'
import { voucherStates } from './voucher-operations.ts'

const strict = { additionalProperties: false } as const

export const PassbookView = Type.Object({
  /** Null until the first point is earned. */
  number: Nullable(Type.String()),
  holder: Type.String(),
  area: Nullable(Type.String()),
  points: Type.Integer(),
  /** Held back by a quarter run that is not issued yet, or by the run of a year. */
  heldPoints: Type.Integer(),
  /** The time bank, in minutes; null where the street keeps none. */
  minutes: Nullable(Type.Integer()),
  /** The most that one may keep, in minutes; what goes beyond comes to the common pool. */
  mostMinutes: Nullable(Type.Integer()),
  entries: Type.Array(Type.Object({ ...EntryView.properties, unit: Words(['points', 'minutes'] as const) })),
  vouchers: Type.Array(
    Type.Object({
      serial: Type.String(),
      /** Only of a good one, for its holder. */
      code: Nullable(Type.String()),
      valueFen: Type.Integer(),
      expiresOn: Day,
      state: Words(voucherStates),
    }),
  ),
  /** Direct kin of the family account: to whom points may go, and the good vouchers of whom may be shown. */
  kin: Type.Array(
    Type.Object({
      linkId: Id,
      personId: Id,
      name: Type.String(),
      relation: Words(kinRelations),
      goodFen: Type.Integer(),
    }),
  ),
  /** From that day on what is left of the year expires, but for what each keeps; null where all is carried over. */
  yearEnd: Nullable(Type.Object({ year: Type.Integer(), keeps: Type.Integer(), from: Day })),
  honours: Type.Array(HonourView),
})
export type PassbookView = Static<typeof PassbookView>

export const getPassbook = defineOperation({
  name: 'points.getPassbook',
  method: 'GET',
  path: '/api/points/passbook',
  summary: 'One’s own passbook, or that of direct kin',
  who: 'signed-in',
  query: Type.Object({ kinId: Type.Optional(Id) }, strict),
  output: PassbookView,
  refusals: ['points/not-registered', 'points/person-not-found'],
})

export const givePoints = defineOperation({
  name: 'points.givePoints',
  method: 'POST',
  path: '/api/points/passbook/give',
  summary: 'Points to direct kin or to the common pool; to nobody else, and never for money',
  who: 'signed-in',
  body: Type.Object(
    {
      /** A person of the family account; left out, the common pool of the community. */
      personId: Type.Optional(Id),
      points: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    },
    strict,
  ),
  output: Nothing,
  refusals: ['points/not-registered', 'points/not-kin', 'points/too-little', 'points/stopped'],
})

export const giveHours = defineOperation({
  name: 'points.giveHours',
  method: 'POST',
  path: '/api/points/passbook/give-hours',
  summary: 'Hours of the time bank to direct kin or to the common pool; to nobody else, and never for money',
  who: 'signed-in',
  body: Type.Object(
    {
      /** A person of the family account; left out, the common pool of the community. */
      personId: Type.Optional(Id),
      minutes: Type.Integer({ minimum: 15, maximum: 600_000, multipleOf: 15 }),
    },
    strict,
  ),
  output: Nothing,
  refusals: [
    'points/not-registered',
    'points/not-kin',
    'points/too-little',
    'points/book-full',
    'points/time-bank-off',
    'points/stopped',
  ],
})

const Language = Type.Optional(Words(['zh', 'en'] as const))

export const printPassbook = defineOperation({
  name: 'points.printPassbook',
  method: 'GET',
  path: '/api/points/passbook.pdf',
  summary: 'One’s own passbook on paper',
  who: 'signed-in',
  query: Type.Object({ language: Language }, strict),
  output: Bytes('application/pdf'),
  refusals: ['points/not-registered'],
})

export const exportPassbook = defineOperation({
  name: 'points.exportPassbook',
  method: 'GET',
  path: '/api/points/passbook.csv',
  summary: 'Everything of one’s own passbook as a table',
  who: 'signed-in',
  query: Type.Object({ language: Language }, strict),
  output: Bytes('text/csv'),
  refusals: ['points/not-registered'],
})

export const getPassbookOf = defineOperation({
  name: 'points.getPassbookOf',
  method: 'GET',
  path: '/api/points/people/{id}/passbook',
  summary:
    'A person’s passbook at the desk, with the person there: kin, balances and entries, no codes of vouchers',
  who: ['clerk', 'secretary'],
  audit: 'read',
  params: IdParams,
  output: PassbookView,
  refusals: ['points/person-not-found'],
})

export const printPassbookOf = defineOperation({
  name: 'points.printPassbookOf',
  method: 'GET',
  path: '/api/points/people/{id}/passbook.pdf',
  summary: 'A person’s passbook on paper, printed at the desk with the person there',
  who: ['clerk', 'secretary'],
  audit: 'read',
  params: IdParams,
  output: Bytes('application/pdf'),
  refusals: ['points/person-not-found'],
})

export const passbookOperations = [
  getPassbook,
  givePoints,
  giveHours,
  printPassbook,
  exportPassbook,
  getPassbookOf,
  printPassbookOf,
] as const
