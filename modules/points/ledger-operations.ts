/** Accounts, their entries, and the ledger held against itself. */
import { type Static, Type } from 'typebox'
import {
  Cursor,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nothing,
  Nullable,
  Page,
  type Who,
  Words,
} from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { accountKinds, units } from './ledger-words.ts'

const strict = { additionalProperties: false } as const

/** Rule: decision 0020: the desks that keep the ledger; sums alone are for whoever reads figures. */
export const ledgerReaders: Who = ['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor']
export const sumReaders: Who = [...ledgerReaders, 'viewer']

export const AccountView = Type.Object({
  id: Id,
  kind: Words(accountKinds),
  unit: Words(units),
  /** A person's masked name, an organisation's or an area's; null where there is none. */
  holder: Nullable(Type.String()),
  /** What stands on a person's passbook. */
  number: Nullable(Type.String()),
  area: Nullable(AreaRef),
  posted: Type.Integer(),
  held: Type.Integer(),
  available: Type.Integer(),
})
export type AccountView = Static<typeof AccountView>

export const EntryView = Type.Object({
  transferId: Id,
  line: Type.Integer(),
  amount: Type.Integer(),
  at: Instant,
  cause: Type.String(),
  /** It takes another one back, or was itself taken back. */
  reverses: Type.Boolean(),
  reversed: Type.Boolean(),
})
export type EntryView = Static<typeof EntryView>

export const listAccounts = defineOperation({
  name: 'points.listAccounts',
  method: 'GET',
  path: '/api/points/accounts',
  summary: 'Accounts of the ledger that one reaches',
  who: ledgerReaders,
  audit: 'read',
  query: Type.Object(
    {
      kind: Type.Optional(Words(accountKinds)),
      unit: Type.Optional(Words(units)),
      areaId: Type.Optional(Id),
      number: Type.Optional(Type.String({ pattern: '^[0-9]{10}$' })),
      cursor: Type.Optional(Cursor),
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
    },
    strict,
  ),
  output: Page(AccountView),
})

export const getAccount = defineOperation({
  name: 'points.getAccount',
  method: 'GET',
  path: '/api/points/accounts/{id}',
  summary: 'An account with its entries, newest first',
  who: ledgerReaders,
  audit: 'read',
  params: IdParams,
  query: Type.Object({ cursor: Type.Optional(Cursor) }, strict),
  output: Type.Object({
    account: AccountView,
    entries: Type.Array(EntryView),
    nextCursor: Nullable(Type.String()),
  }),
  refusals: ['points/account-not-found'],
})

export const DifferenceView = Type.Object({
  what: Type.String(),
  id: Type.String(),
  wanted: Type.Integer(),
  found: Type.Integer(),
})

export const LedgerStanding = Type.Object({
  /** Sums by kind, unit and community. */
  totals: Type.Array(
    Type.Object({
      kind: Words(accountKinds),
      unit: Words(units),
      area: Nullable(AreaRef),
      accounts: Type.Integer(),
      amount: Type.Integer(),
    }),
  ),
  /** Null before the first check. While the newest one found a difference, nothing is spent. */
  check: Nullable(
    Type.Object({ at: Instant, transfers: Type.Integer(), differences: Type.Array(DifferenceView) }),
  ),
  can: Type.Object({ check: Type.Boolean() }),
})
export type LedgerStanding = Static<typeof LedgerStanding>

export const getLedger = defineOperation({
  name: 'points.getLedger',
  method: 'GET',
  path: '/api/points/ledger',
  summary: 'Sums of the ledger by community, and how it stood the last time it was held against itself',
  who: sumReaders,
  output: LedgerStanding,
})

export const checkLedger = defineOperation({
  name: 'points.checkLedger',
  method: 'POST',
  path: '/api/points/ledger/check',
  summary: 'Holds the whole ledger against itself now',
  who: ['duty-head', 'supervisor'],
  body: Nothing,
  output: LedgerStanding,
})

export const ledgerOperations = [listAccounts, getAccount, getLedger, checkLedger] as const
