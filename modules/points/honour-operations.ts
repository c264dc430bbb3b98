/** Honours of a year 年度荣誉 for people and organisations, their certificates, and what an organisation earned. */
import { type Static, Type } from 'typebox'
import { Bytes, Day, defineOperation, Id, IdParams, Instant, Nullable, Words } from '../../lib/contract.ts'
import { EntryView, ledgerReaders } from './ledger-operations.ts'
import { voucherStates } from './voucher-operations.ts'

const strict = { additionalProperties: false } as const
const holderKinds = ['person', 'organisation'] as const

export const HonourView = Type.Object({
  id: Id,
  year: Type.Integer(),
  kind: Words(holderKinds),
  /** A person's masked name, or the organisation's. */
  holder: Nullable(Type.String()),
  points: Type.Integer(),
  number: Type.String(),
  checkCode: Type.String(),
  givenAt: Instant,
  revokedReason: Nullable(Type.String()),
})
export type HonourView = Static<typeof HonourView>

export const listHonours = defineOperation({
  name: 'points.listHonours',
  method: 'GET',
  path: '/api/points/honours',
  summary:
    'Who earned how much in a year in a community, who is proposed by the street’s rule, and who is honoured',
  who: ledgerReaders,
  audit: 'read',
  query: Type.Object({ areaId: Id, year: Type.String({ pattern: '^20[0-9]{2}$' }) }, strict),
  output: Type.Object({
    candidates: Type.Array(
      Type.Object({
        accountId: Id,
        kind: Words(holderKinds),
        holder: Nullable(Type.String()),
        points: Type.Integer(),
        /** Reached what the street asks for. */
        proposed: Type.Boolean(),
        honoured: Type.Boolean(),
      }),
    ),
    honours: Type.Array(HonourView),
    yearIsOver: Type.Boolean(),
  }),
  refusals: ['points/not-your-area'],
})

export const printHonour = defineOperation({
  name: 'points.printHonour',
  method: 'GET',
  path: '/api/points/honours/{id}/certificate.pdf',
  summary: 'The certificate of an honour on paper: one’s own, one’s organisation’s, or at the desk',
  who: 'signed-in',
  audit: 'read',
  params: IdParams,
  output: Bytes('application/pdf'),
  refusals: ['points/honour-not-found'],
})

export const checkHonour = defineOperation({
  name: 'points.checkHonour',
  method: 'POST',
  path: '/api/honour-check',
  summary: 'Whether a certificate of honour is real and in force, by number and check code; no sign-in',
  who: 'anyone',
  audit: 'none',
  idempotency: 'unstored',
  body: Type.Object(
    {
      number: Type.String({ minLength: 8, maxLength: 40 }),
      code: Type.String({ minLength: 8, maxLength: 20 }),
    },
    strict,
  ),
  output: Type.Object({
    state: Words(['given', 'revoked'] as const),
    number: Type.String(),
    holder: Nullable(Type.String()),
    streetName: Type.String(),
    year: Type.Integer(),
    points: Type.Integer(),
    givenOn: Day,
    revokedOn: Nullable(Day),
  }),
  refusals: ['points/honour-not-found', 'points/honour-too-often'],
})

export const OrganisationBook = Type.Object({
  organisationId: Id,
  organisation: Type.String(),
  points: Type.Integer(),
  heldPoints: Type.Integer(),
  entries: Type.Array(EntryView),
  vouchers: Type.Array(
    Type.Object({
      serial: Type.String(),
      /** Only of a good one, for the head of the organisation itself. */
      code: Nullable(Type.String()),
      valueFen: Type.Integer(),
      expiresOn: Day,
      state: Words(voucherStates),
    }),
  ),
  honours: Type.Array(HonourView),
})
export type OrganisationBook = Static<typeof OrganisationBook>

const bookReaders = [
  'handler',
  'organisation-lead',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'supervisor',
] as const

export const getOrganisationBook = defineOperation({
  name: 'points.getOrganisationBook',
  method: 'GET',
  path: '/api/points/organisation-book',
  summary: 'What an organisation earned and has: its own, or any for the desks',
  who: bookReaders,
  audit: 'read',
  query: Type.Object({ organisationId: Type.Optional(Id) }, strict),
  output: OrganisationBook,
  refusals: ['points/partner-not-found'],
})

export const honourOperations = [listHonours, printHonour, checkHonour, getOrganisationBook] as const
