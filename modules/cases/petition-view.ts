import { type Static, Type } from 'typebox'
import { Day, Instant, Nullable, Words } from '../../lib/contract.ts'
import { petitionForms, petitionNotices, petitionOpinions } from './petition-words.ts'

/** A petition as its case shows it, to the petitioner too. */
export const PetitionView = Type.Object({
  number: Type.String(),
  outsideNumber: Nullable(Type.String()),
  form: Words(petitionForms),
  receivedOn: Day,
  passedTo: Nullable(Type.String()),
  passedOn: Nullable(Day),
  notice: Nullable(Words(petitionNotices)),
  toldOn: Nullable(Day),
  opinion: Nullable(Words(petitionOpinions)),
  settledOn: Nullable(Day),
  extended: Type.Boolean(),
  /** Until when the petitioner hears in writing; met or not. */
  noticeBy: Instant,
  settleBy: Instant,
  /** False while the last day is counted from the latest day on which it may be taken on. */
  takenOn: Type.Boolean(),
})
export type PetitionView = Static<typeof PetitionView>
