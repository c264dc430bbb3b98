/**
 * The form of every act that is one call: its fields, its words on the button, who decides. 受理并派单 and 派单 have
 * a form of their own (assign-form.vue); 查看联系方式 stands beside the field it opens.
 */
import type { Bilingual } from '../../../lib/language.ts'
import { closingQuestionNames, closingQuestions } from '../closing-words.ts'
import {
  type Act,
  type CaseView,
  caseKinds,
  checkModes,
  contactModes,
  declineReasons,
  evidenceModes,
  outcomes,
  precedentScopes,
  satisfactions,
  suspendReasons,
} from '../contract.ts'
import {
  declineReasonNames,
  kindNames,
  outcomeNames,
  satisfactionNames,
  suspendReasonNames,
} from '../messages.ts'
import type { ActField, ActForm, FieldInput } from './act-fields.ts'
import { words } from './form-words.ts'
import { petitionForms } from './petition-forms.ts'
import { taskForms } from './task-forms.ts'
import { trustForms } from './trust-forms.ts'

const choice = <T extends string>(
  values: readonly T[],
  labels: Readonly<Record<T, Bilingual>>,
): FieldInput => ({
  kind: 'choice',
  options: values.map((value) => ({ value, label: labels[value] })),
})
const wordsInput = (rows = 3): FieldInput => ({ kind: 'words', rows })
const said = (key: string, label: Bilingual, more: Partial<ActField> = {}): ActField => ({
  key,
  label,
  input: wordsInput(),
  ...more,
})
const photos: ActField = { key: 'fileIds', label: words.photos, input: { kind: 'photos' }, optional: true }
const untilDay: ActField = { key: 'until', label: words.until, input: { kind: 'day', instant: true } }
const always = (button: Bilingual) => () => button
const note = (text: Bilingual) => () => text

const contactNames = {
  phone: words.phone,
  visit: words.visit,
  message: words.message,
  meeting: words.meeting,
}
const checkModeNames = { 'on-site': words.onSite, 'call-back': words.callBack }
const evidenceNames = { letter: words.letter, call: words.call, photo: words.photo }

/** Who holds the order may ask to give it back; the desk never may. */
export const holdsOrder = (view: CaseView): boolean => view.can.return !== undefined

const ask = (act: Act, fields: readonly ActField[]): ActForm => ({
  act,
  fields,
  button: always(words.askButton),
  note: note(words.askApprovalHelp),
  beside: { 'cases/date-in-past': 'until' },
})

const all: readonly ActForm[] = [
  {
    act: 'answer-now',
    fields: [
      said('answer', words.answer, { help: words.answerHelp, input: wordsInput(5) }),
      {
        key: 'kind',
        label: words.kind,
        input: choice(caseKinds, kindNames),
        optional: true,
        initial: (view) => view.kind ?? 'inquiry',
      },
      {
        key: 'matterCode',
        label: words.matter,
        input: { kind: 'matter' },
        optional: true,
        initial: (view) => view.matter?.code ?? '',
      },
    ],
    button: always(words.answerNowButton),
    note: note(words.answerNowHelp),
    beside: { 'cases/matter-unknown': 'matterCode' },
  },
  {
    act: 'decline',
    fields: [
      { key: 'reason', label: words.declineReason, input: choice(declineReasons, declineReasonNames) },
      said('whereToTurn', words.whereToTurn, { help: words.whereToTurnHelp, input: wordsInput(2) }),
      said('answer', words.declineWords, { help: words.answerHelp }),
    ],
    button: always(words.declineButton),
    danger: true,
  },
  {
    act: 'merge',
    fields: [
      { key: 'parentCaseId', label: words.parent, input: { kind: 'parent' }, help: words.parentHelp },
      said('words', words.wordsField, { optional: true, input: wordsInput(2) }),
    ],
    button: always(words.mergeButton),
    beside: { 'cases/merge-target-wrong': 'parentCaseId', 'cases/merge-matter-differs': 'parentCaseId' },
  },
  { act: 'split', fields: [said('words', words.splitWords)], button: always(words.splitWords) },
  {
    act: 'escalate',
    fields: [said('reason', words.escalateReason)],
    button: always(words.escalateButton),
  },
  {
    act: 'send-down',
    fields: [
      { key: 'areaId', label: words.community, input: { kind: 'area' } },
      said('reason', words.reason, { optional: true, input: wordsInput(2) }),
    ],
    button: always(words.sendDownButton),
    beside: { 'cases/community-unknown': 'areaId', 'cases/outside-duty-list': 'areaId' },
  },
  {
    act: 'return',
    fields: [said('reason', words.returnReason)],
    button: always(words.askButton),
    note: note(words.returnHelp),
  },
  {
    act: 'recall',
    fields: [said('reason', words.recallReason)],
    button: always(words.recallButton),
    note: note(words.recallHelp),
  },
  {
    act: 'return-upstream',
    fields: [said('reason', words.reason)],
    button: always(words.returnUpstreamButton),
    note: note(words.returnUpstreamHelp),
  },
  {
    act: 'settle-upstream',
    fields: [
      {
        key: 'approved',
        label: words.settleUpstreamAnswer,
        input: { kind: 'yes-no', yes: words.takenBack, no: words.notTakenBack },
      },
      said('confirmedBy', words.settleUpstreamBy, { input: wordsInput(1) }),
      said('words', words.wordsField, { optional: true, input: wordsInput(2) }),
    ],
    button: (values) => (values.approved === true ? words.settleUpstreamEnd : words.settleUpstreamKeep),
  },
  {
    act: 'rate-upstream',
    fields: [
      said('value', words.rateUpstreamValue, { input: wordsInput(1), help: words.rateUpstreamHelp }),
      {
        key: 'solved',
        label: words.rateSolved,
        input: { kind: 'yes-no', yes: words.yes, no: words.no },
        optional: true,
      },
      said('words', words.wordsField, { optional: true, input: wordsInput(2) }),
    ],
    button: always(words.rateUpstreamButton),
  },
  {
    act: 'hand-on',
    fields: [
      { key: 'postId', label: words.person, input: { kind: 'colleague' } },
      said('note', words.wordsField, { optional: true, input: wordsInput(2) }),
    ],
    button: always(words.handOnButton),
    beside: { 'cases/post-unknown': 'postId' },
  },
  {
    act: 'contact',
    fields: [
      {
        key: 'mode',
        label: words.contactMode,
        input: choice(contactModes, contactNames),
        initial: () => 'phone',
      },
      {
        key: 'reached',
        label: words.reachedField,
        input: { kind: 'yes-no', yes: words.reachedYes, no: words.reachedNo },
      },
      {
        key: 'at',
        label: words.contactAt,
        input: { kind: 'time' },
        optional: true,
        help: words.contactAtHelp,
      },
      said('words', words.wordsField, { optional: true }),
    ],
    button: always(words.contactButton),
    beside: { 'cases/date-in-past': 'at' },
  },
  {
    act: 'submit-result',
    fields: [
      { key: 'outcome', label: words.outcome, input: choice(outcomes, outcomeNames) },
      said('words', words.whatDone),
      said('answer', words.answer, { optional: true, help: words.answerOnPass }),
      {
        key: 'onBehalf',
        label: words.onBehalf,
        input: choice(evidenceModes, evidenceNames),
        help: words.onBehalfHelp,
        when: (_, view) => !holdsOrder(view),
      },
      photos,
    ],
    button: always(words.submitButton),
    beside: { 'cases/evidence-missing': 'words', 'cases/file-unknown': 'fileIds' },
  },
  {
    act: 'solve-on-spot',
    fields: [
      said('words', words.spotWords, { optional: true, help: words.spotHelp }),
      said('answer', words.answer, { optional: true, help: words.answerOnPass }),
      photos,
    ],
    button: always(words.spotButton),
    beside: { 'cases/evidence-missing': 'words', 'cases/file-unknown': 'fileIds' },
  },
  {
    act: 'answer',
    fields: [said('answer', words.answer, { help: words.answerOnPass, input: wordsInput(5) })],
    button: always(words.answer),
  },
  {
    act: 'check',
    fields: [
      {
        key: 'pass',
        label: words.checkPass,
        input: { kind: 'yes-no', yes: words.passYes, no: words.passNo },
      },
      { key: 'mode', label: words.checkMode, input: choice(checkModes, checkModeNames) },
      said('words', words.checkWords),
      said('answer', words.answer, {
        optional: true,
        help: words.answerHelp,
        when: (values) => values.pass === true,
      }),
      photos,
    ],
    button: (values) => (values.pass === false ? words.checkFailButton : words.checkPassButton),
    beside: {
      'cases/answer-missing': 'answer',
      'cases/check-mode-wrong': 'mode',
      'cases/evidence-missing': 'fileIds',
      'cases/file-unknown': 'fileIds',
    },
  },
  {
    act: 'close',
    fields: [
      {
        key: 'outcome',
        label: words.outcome,
        input: choice(outcomes, outcomeNames),
        initial: (view) => view.outcome ?? '',
      },
      {
        key: 'reviewOn',
        label: words.reviewOn,
        input: { kind: 'day' },
        when: (values) => values.outcome === 'unsolved',
      },
      ...closingQuestions.map(
        (key): ActField => ({
          key,
          label: closingQuestionNames[key],
          input: { kind: 'yes-no', yes: words.yes, no: words.no },
          optional: true,
        }),
      ),
      said('words', words.wordsField, { optional: true }),
    ],
    button: (values) => (values.outcome === 'unsolved' ? words.closeUnsolvedButton : words.closeButton),
    note: (values) => (values.outcome === 'unsolved' ? words.closeUnsolvedHelp : undefined),
    beside: { 'cases/review-date-missing': 'reviewOn', 'cases/date-in-past': 'reviewOn' },
  },
  {
    act: 'reopen',
    fields: [said('words', words.stillWrong), photos],
    button: always(words.reopenButton),
    beside: { 'cases/evidence-missing': 'fileIds', 'cases/file-unknown': 'fileIds' },
  },
  ask('extend', [untilDay, said('reason', words.reason)]),
  ask('defer', [untilDay, said('reason', words.reason)]),
  ask('suspend', [
    { key: 'kind', label: words.suspendKind, input: choice(suspendReasons, suspendReasonNames) },
    untilDay,
    said('reason', words.reason),
  ]),
  {
    act: 'resume',
    fields: [said('words', words.wordsField, { optional: true })],
    button: always(words.resumeButton),
  },
  {
    act: 'approve',
    fields: [said('words', words.wordsField, { optional: true })],
    button: always(words.approveButton),
  },
  { act: 'refuse', fields: [said('words', words.refuseWords)], button: always(words.refuseButton) },
  { act: 'remind', fields: [said('words', words.remindWords)], button: always(words.remindButton) },
  {
    act: 'supervise',
    fields: [
      said('words', words.superviseWords),
      {
        key: 'until',
        label: words.superviseUntil,
        input: { kind: 'day', instant: true },
        optional: true,
      },
    ],
    button: always(words.superviseButton),
    beside: { 'cases/date-in-past': 'until' },
  },
  {
    act: 'dispute',
    fields: [
      said('reason', words.disputeReason),
      {
        key: 'organisationId',
        label: words.disputeNames,
        input: { kind: 'organisation' },
        optional: true,
      },
    ],
    button: always(words.disputeButton),
    note: note(words.disputeHelp),
    beside: { 'cases/organisation-unknown': 'organisationId' },
  },
  {
    act: 'adjudicate',
    fields: [
      {
        key: 'organisationId',
        label: words.adjudicateOrganisation,
        input: { kind: 'organisation' },
        initial: (view) => view.dispute?.names?.id ?? '',
      },
      said('reason', words.adjudicateReason),
      {
        key: 'scope',
        label: words.adjudicateScope,
        input: choice(precedentScopes, { community: words.scopeCommunity, street: words.scopeStreet }),
        initial: () => 'community',
      },
    ],
    button: always(words.adjudicateButton),
    note: note(words.adjudicateHelp),
    beside: {
      'cases/organisation-unknown': 'organisationId',
      'cases/outside-duty-list': 'organisationId',
    },
  },
  {
    act: 'add',
    fields: [said('words', words.addWords, { optional: true }), photos],
    button: always(words.addButton),
    beside: { 'cases/nothing-said': 'words', 'cases/file-unknown': 'fileIds' },
  },
  {
    act: 'rate',
    fields: [
      { key: 'reached', label: words.rateReached, input: { kind: 'yes-no', yes: words.yes, no: words.no } },
      { key: 'solved', label: words.rateSolved, input: { kind: 'yes-no', yes: words.yes, no: words.no } },
      { key: 'satisfaction', label: words.satisfaction, input: choice(satisfactions, satisfactionNames) },
      said('words', words.wordsField, { optional: true }),
    ],
    button: always(words.rateButton),
  },
]

const byAct = new Map([...all, ...petitionForms, ...taskForms, ...trustForms].map((form) => [form.act, form]))

/** Undefined for an act that needs no form (签收) or has one of its own. */
export const formOf = (act: Act): ActForm | undefined => byAct.get(act)
