/** 调解协议: written, signed, in force, performed, confirmed by the court. */
import { Type } from 'typebox'
import { Bytes, Day, defineOperation, Id, IdParams, Words } from '../../lib/contract.ts'
import { mediatorRoles, step, together } from './mediation-operations.ts'
import { Short, strict, Text } from './mediation-views.ts'
import { agreementForms, courtSteps, signers, signWays } from './mediation-words.ts'

export const writeAgreement = step(
  'agreement',
  'writeAgreement',
  'The agreement with the items of the law; an oral one is noted and is in force at once',
  mediatorRoles,
  Type.Object(
    {
      form: Words(agreementForms),
      facts: Text,
      responsibility: Text,
      content: Text,
      aboutStatus: Type.Boolean(),
      duties: Type.Array(Type.Object({ partyId: Id, what: Text, way: Short, dueOn: Day }, strict), {
        minItems: 1,
        maxItems: 20,
      }),
    },
    strict,
  ),
  [...together, 'safety/party-unknown', 'safety/date-wrong'],
)

export const signAgreement = step(
  'sign',
  'signAgreement',
  'Records a signature or the stamp; with the last of them the agreement is in force',
  mediatorRoles,
  Type.Object(
    {
      who: Words(signers),
      /** Of the party or mediator. */
      id: Type.Optional(Id),
      way: Type.Optional(Words(signWays)),
      /** The signed paper as a photo or PDF. */
      fileId: Type.Optional(Id),
    },
    strict,
  ),
  [
    ...together,
    'safety/no-draft',
    'safety/signed-already',
    'safety/party-unknown',
    'safety/mediator-unfit',
    'safety/file-unknown',
  ],
)

export const recordPerformance = step(
  'performance',
  'recordPerformance',
  'What a call-back found of one duty of the agreement',
  mediatorRoles,
  Type.Object({ dutyId: Id, done: Type.Boolean(), words: Text }, strict),
  ['safety/duty-unknown'],
)

export const recordCourtStep = step(
  'court',
  'recordCourtStep',
  'That both applied to the court together, and what it said',
  mediatorRoles,
  Type.Object({ step: Words(courtSteps), words: Type.Optional(Text) }, strict),
  ['safety/court-closed'],
)

export const printAgreement = defineOperation({
  name: 'safety.printAgreement',
  method: 'GET',
  path: '/api/mediations/{id}/agreement-paper',
  summary: 'The agreement 调解协议书 as a PDF to sign',
  who: 'signed-in',
  audit: 'read',
  params: IdParams,
  output: Bytes('application/pdf'),
  refusals: ['safety/not-found', 'safety/no-draft'],
})

export const getSignedPaper = defineOperation({
  name: 'safety.getSignedPaper',
  method: 'GET',
  path: '/api/mediations/{id}/signed-paper',
  summary: 'The signed agreement as it was uploaded',
  who: 'signed-in',
  audit: 'read',
  params: IdParams,
  output: Bytes('application/pdf'),
  refusals: ['safety/not-found', 'safety/paper-missing'],
})

export const agreementOperations = [
  writeAgreement,
  signAgreement,
  recordPerformance,
  recordCourtStep,
  printAgreement,
  getSignedPaper,
] as const
