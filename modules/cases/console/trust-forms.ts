/** The forms of a rating that is written down for somebody, and of a finding on a demand. */
import { findingKindNames, findingKinds, ratingWayNames, satisfactions } from '../contract.ts'
import { satisfactionNames } from '../messages.ts'
import type { ActForm } from './act-fields.ts'
import { words as formWords } from './form-words.ts'
import { words } from './trust-screen-words.ts'

const yesNo = { kind: 'yes-no', yes: formWords.yes, no: formWords.no } as const
const ways = ['desk', 'call-back'] as const

export const trustForms: readonly ActForm[] = [
  {
    act: 'record-rating',
    fields: [
      {
        key: 'way',
        label: words.way,
        input: { kind: 'choice', options: ways.map((value) => ({ value, label: ratingWayNames[value] })) },
      },
      { key: 'reached', label: formWords.rateReached, input: yesNo },
      { key: 'solved', label: formWords.rateSolved, input: yesNo },
      {
        key: 'satisfaction',
        label: formWords.satisfaction,
        input: {
          kind: 'choice',
          options: satisfactions.map((value) => ({ value, label: satisfactionNames[value] })),
        },
      },
      { key: 'words', label: words.said, input: { kind: 'words', rows: 2 }, optional: true },
    ],
    button: () => words.send,
    note: () => words.recordHelp,
  },
  {
    act: 'find-unreasonable',
    fields: [
      {
        key: 'kind',
        label: words.findingKind,
        input: {
          kind: 'choice',
          options: findingKinds.map((value) => ({ value, label: findingKindNames[value] })),
        },
      },
      { key: 'reason', label: words.findingReason, input: { kind: 'words' } },
    ],
    button: () => words.findingButton,
    note: () => words.findingHelp,
  },
]
