/** The forms of the acts on a petition 信访. */
import {
  petitionFormNames,
  petitionForms as petitionKinds,
  petitionNoticeNames,
  petitionNotices,
  petitionOpinionNames,
  petitionOpinions,
} from '../contract.ts'
import type { ActForm } from './act-fields.ts'
import { words as formWords } from './form-words.ts'
import { words } from './petition-screen-words.ts'

const options = <T extends string>(
  values: readonly T[],
  labels: Readonly<Record<T, { zh: string; en: string }>>,
) => ({
  kind: 'choice' as const,
  options: values.map((value) => ({ value, label: labels[value] })),
})
const photos = {
  key: 'fileIds',
  label: words.letterPhotos,
  input: { kind: 'photos' as const },
  optional: true,
}

export const petitionForms: readonly ActForm[] = [
  {
    act: 'register-petition',
    fields: [
      { key: 'form', label: words.form, input: options(petitionKinds, petitionFormNames) },
      {
        key: 'receivedOn',
        label: words.receivedOn,
        input: { kind: 'past-day' },
        help: words.todayElse,
        optional: true,
      },
      {
        key: 'outsideNumber',
        label: words.outsideNumber,
        input: { kind: 'words', rows: 1 },
        optional: true,
      },
      { key: 'words', label: formWords.wordsField, input: { kind: 'words', rows: 2 }, optional: true },
    ],
    button: () => words.registerButton,
    note: () => words.registerHelp,
    beside: { 'cases/date-in-past': 'receivedOn', 'cases/date-in-future': 'receivedOn' },
  },
  {
    act: 'pass-petition',
    fields: [
      {
        key: 'inHouse',
        label: words.whereTo,
        input: { kind: 'yes-no', yes: words.kept, no: words.outside },
        unsent: true,
      },
      {
        key: 'organisationId',
        label: words.organisation,
        input: { kind: 'organisation' },
        when: (values) => values.inHouse === true,
      },
      {
        key: 'to',
        label: words.passTo,
        input: { kind: 'words', rows: 1 },
        help: words.passToHelp,
        when: (values) => values.inHouse === false,
      },
      { key: 'words', label: formWords.wordsField, input: { kind: 'words', rows: 2 }, optional: true },
    ],
    button: () => words.passButton,
    beside: { 'cases/organisation-unknown': 'organisationId' },
  },
  {
    act: 'notice-petition',
    fields: [
      { key: 'notice', label: words.notice, input: options(petitionNotices, petitionNoticeNames) },
      {
        key: 'toldOn',
        label: words.toldOn,
        input: { kind: 'past-day' },
        help: words.todayElse,
        optional: true,
      },
      { key: 'words', label: words.noticeWords, input: { kind: 'words' }, help: words.noticeWordsHelp },
      photos,
    ],
    button: () => words.noticeButton,
    beside: { 'cases/date-in-past': 'toldOn', 'cases/date-in-future': 'toldOn' },
  },
  {
    act: 'extend-petition',
    fields: [
      { key: 'until', label: formWords.until, input: { kind: 'day', instant: true } },
      { key: 'reason', label: formWords.reason, input: { kind: 'words' } },
    ],
    button: () => formWords.askButton,
    note: () => words.extendHelp,
    beside: { 'cases/date-in-past': 'until', 'cases/petition-too-long': 'until' },
  },
  {
    act: 'settle-petition',
    fields: [
      { key: 'opinion', label: words.opinion, input: options(petitionOpinions, petitionOpinionNames) },
      {
        key: 'answer',
        label: words.settleAnswer,
        input: { kind: 'words', rows: 5 },
        help: words.settleAnswerHelp,
      },
      photos,
    ],
    button: () => words.settleButton,
  },
]
