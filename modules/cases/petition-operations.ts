/** 信访: registered here, passed on to whoever may decide, with its receipt and the clocks of its regulation. */
import { type Static, Type } from 'typebox'
import { Day, defineOperation, Id, IdParams, Instant, Nullable, Words } from '../../lib/contract.ts'
import { AreaRef } from '../areas/contract.ts'
import { act, desk, holders, OptionalText, strict } from './case-act.ts'
import { Clock, FileIds, Text } from './case-views.ts'
import { petitionForms, petitionNotices, petitionOpinions } from './petition-words.ts'
import { caseStates } from './words.ts'

const whoPassesOn = ['dispatcher', 'duty-head'] as const
/** The body that decides, where it signs in; else the street writes down what its letter says. */
const whoAnswers = [...holders, ...whoPassesOn]

export const registerPetition = act(
  'register-petition',
  'registerPetition',
  'Registered as a petition with its number and day; the street desk has it from here, and the clocks of the regulation run',
  desk,
  Type.Object(
    {
      form: Words(petitionForms),
      /** The day on which it came, today unless told otherwise; at most thirty days ago. */
      receivedOn: Type.Optional(Day),
      /** Its number in the petition system of those above, where it has one. */
      outsideNumber: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
      words: OptionalText,
    },
    strict,
  ),
  ['cases/is-petition', 'cases/date-in-future', 'cases/date-in-past'],
)

export const passPetition = act(
  'pass-petition',
  'passPetition',
  'Passed on to the organisation that may decide it, with the day',
  whoPassesOn,
  Type.Object(
    {
      /** As it is called on the letter; an organisation that is kept here is named by its id instead. */
      to: Type.Optional(Type.String({ minLength: 2, maxLength: 80 })),
      organisationId: Type.Optional(Id),
      words: OptionalText,
    },
    strict,
  ),
  ['cases/not-petition', 'cases/holder-needed', 'cases/organisation-unknown'],
)

export const noticePetition = act(
  'notice-petition',
  'noticePetition',
  'What the petitioner was told in writing: taken on, not taken on; or that it belongs to another organisation',
  whoAnswers,
  Type.Object(
    {
      notice: Words(petitionNotices),
      /** The day of the letter, today unless told otherwise. */
      toldOn: Type.Optional(Day),
      words: Text,
      fileIds: Type.Optional(FileIds),
    },
    strict,
  ),
  ['cases/not-petition', 'cases/date-in-future', 'cases/date-in-past', 'cases/file-unknown'],
)

export const extendPetition = act(
  'extend-petition',
  'extendPetition',
  'Asks for up to thirty days more, once; a second person approves',
  whoAnswers,
  Type.Object({ until: Instant, reason: Text }, strict),
  ['cases/not-petition', 'cases/date-in-past', 'cases/petition-extended', 'cases/petition-too-long'],
)

export const settlePetition = act(
  'settle-petition',
  'settlePetition',
  'The written answer that ends it; it says where a review may be asked for',
  whoAnswers,
  Type.Object(
    {
      opinion: Words(petitionOpinions),
      answer: Text,
      fileIds: Type.Optional(FileIds),
    },
    strict,
  ),
  ['cases/not-petition', 'cases/file-unknown'],
)

export const petitionActs = {
  'register-petition': registerPetition,
  'pass-petition': passPetition,
  'notice-petition': noticePetition,
  'extend-petition': extendPetition,
  'settle-petition': settlePetition,
} as const

/** For residents to print themselves and for the desk to hand out; the same paper. */
export const printPetition = defineOperation({
  name: 'cases.printPetition',
  method: 'GET',
  path: '/api/cases/{id}/petition-receipt',
  summary:
    'The receipt of a petition as a PDF: number, days, to whom it was passed on, until when what has to happen',
  who: 'signed-in',
  audit: 'read',
  params: IdParams,
  output: Type.Unsafe<Uint8Array>(Type.Any()),
  refusals: ['cases/not-found', 'cases/not-petition'],
})

export const petitionTabs = ['open', 'notice-late', 'late', 'settled', 'all'] as const

export const PetitionLine = Type.Object({
  caseId: Id,
  number: Type.String(),
  caseNumber: Type.String(),
  title: Type.String(),
  area: Nullable(AreaRef),
  form: Words(petitionForms),
  receivedOn: Day,
  passedTo: Nullable(Type.String()),
  passedOn: Nullable(Day),
  notice: Nullable(Words(petitionNotices)),
  opinion: Nullable(Words(petitionOpinions)),
  extended: Type.Boolean(),
  settledOn: Nullable(Day),
  state: Words(caseStates),
  clock: Clock,
})
export type PetitionLine = Static<typeof PetitionLine>

export const listPetitions = defineOperation({
  name: 'cases.listPetitions',
  method: 'GET',
  path: '/api/petitions',
  summary:
    'Petitions within sight, the one due first at the top, and how many there are of each; never a part of the figures of cases',
  who: [...desk, 'supervisor'],
  query: Type.Object({ tab: Type.Optional(Words(petitionTabs)) }, strict),
  output: Type.Object({
    items: Type.Array(PetitionLine),
    counts: Type.Object({
      open: Type.Integer(),
      'notice-late': Type.Integer(),
      late: Type.Integer(),
      settled: Type.Integer(),
      all: Type.Integer(),
    }),
  }),
})
