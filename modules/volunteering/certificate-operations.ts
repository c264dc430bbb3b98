/** Certificates 志愿服务记录证明: by the organisation that recorded, free, with number and check code, revocable. */
import { type Static, Type } from 'typebox'
import {
  Bytes,
  Day,
  defineOperation,
  Id,
  IdParams,
  Instant,
  Nullable,
  type Who,
  Words,
} from '../../lib/contract.ts'
import { Items, runners } from './volunteer-operations.ts'

const strict = { additionalProperties: false } as const

export const certificateStates = ['asked', 'issued', 'revoked'] as const

export const CertificateView = Type.Object({
  id: Id,
  personId: Id,
  name: Type.String(),
  groupId: Id,
  groupName: Type.String(),
  from: Day,
  to: Day,
  state: Words(certificateStates),
  askedAt: Instant,
  number: Nullable(Type.String()),
  /** Told with the number to whoever may read the certificate. */
  checkCode: Nullable(Type.String()),
  minutes: Nullable(Type.Integer()),
  issuedAt: Nullable(Instant),
  revokedReason: Nullable(Type.String()),
  can: Type.Object({ issue: Type.Boolean(), revoke: Type.Boolean() }),
})
export type CertificateView = Static<typeof CertificateView>

export const askCertificate = defineOperation({
  name: 'volunteering.askCertificate',
  method: 'POST',
  path: '/api/volunteer-certificates',
  summary: 'I ask the organisation that recorded my hours for a certificate; it is free',
  who: 'signed-in',
  status: 201,
  body: Type.Object({ groupId: Id, from: Day, to: Day, personId: Type.Optional(Id) }, strict),
  output: CertificateView,
  refusals: [
    'volunteering/not-registered',
    'volunteering/no-hours',
    'volunteering/not-found',
    'volunteering/times-wrong',
  ],
})

export const issueCertificate = defineOperation({
  name: 'volunteering.issueCertificate',
  method: 'POST',
  path: '/api/volunteer-certificates/{id}/issue',
  summary: 'The recording organisation certifies what it recorded; not for oneself',
  who: runners,
  params: IdParams,
  body: Type.Object({ handler: Type.String({ minLength: 1, maxLength: 20 }) }, strict),
  output: CertificateView,
  refusals: [
    'volunteering/not-found',
    'volunteering/wrong-state',
    'volunteering/no-hours',
    'volunteering/own-hours',
    'volunteering/certificate-by-recorder',
  ],
})

/** Rule: rights.md, separation: what one issued another takes back. */
const revokers: Who = ['secretary', 'duty-head']

export const revokeCertificate = defineOperation({
  name: 'volunteering.revokeCertificate',
  method: 'POST',
  path: '/api/volunteer-certificates/{id}/revoke',
  summary: 'Taken back with its reason; whoever checks it reads so',
  who: revokers,
  params: IdParams,
  body: Type.Object({ reason: Type.String({ minLength: 2, maxLength: 200 }) }, strict),
  output: CertificateView,
  refusals: ['volunteering/not-found', 'volunteering/wrong-state'],
})

export const listCertificates = defineOperation({
  name: 'volunteering.listCertificates',
  method: 'GET',
  path: '/api/volunteer-certificates',
  summary: 'One’s own certificates; for the desk those of its area',
  who: 'signed-in',
  audit: 'read',
  output: Items(CertificateView),
})

export const printCertificate = defineOperation({
  name: 'volunteering.printCertificate',
  method: 'GET',
  path: '/api/volunteer-certificates/{id}/paper',
  summary: 'The certificate as PDF, with a code that opens the public check',
  who: 'signed-in',
  audit: 'read',
  params: IdParams,
  output: Bytes('application/pdf'),
  refusals: ['volunteering/not-found', 'volunteering/wrong-state'],
})

export const checkCertificate = defineOperation({
  name: 'volunteering.checkCertificate',
  method: 'POST',
  path: '/api/certificate-check',
  summary: 'Whether a certificate is real and in force, by number and check code; no sign-in',
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
    state: Words(['issued', 'revoked'] as const),
    number: Type.String(),
    nameMasked: Type.String(),
    groupName: Type.String(),
    streetName: Type.String(),
    minutes: Type.Integer(),
    from: Day,
    to: Day,
    issuedOn: Day,
    revokedOn: Nullable(Day),
  }),
  refusals: ['volunteering/certificate-unknown', 'volunteering/certificate-too-often'],
})

export const certificateOperations = [
  askCertificate,
  issueCertificate,
  revokeCertificate,
  listCertificates,
  printCertificate,
  checkCertificate,
] as const
