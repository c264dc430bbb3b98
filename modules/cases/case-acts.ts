/**
 * The acts on a case, one contract each: who may call it at all, what it needs, how it may be refused. Requests and
 * orders from above stand in request-acts.ts and upstream-acts.ts.
 */
import { Type } from 'typebox'
import { Day, Id, Instant, Words } from '../../lib/contract.ts'
import { act, checkers, desk, deskOrOnDuty, gridStaff, holders, OptionalText, strict } from './case-act.ts'
import { FileIds, Text } from './case-views.ts'
import { adjudicateDuty, disputeDuty } from './dispute-acts.ts'
import { ExtraValues } from './extra-fields.ts'
import { caseRoutes } from './gathering-words.ts'
import { petitionActs } from './petition-operations.ts'
import {
  approveRequest,
  deferCase,
  extendCase,
  refuseRequest,
  resumeCase,
  suspendCase,
} from './request-acts.ts'
import { taskActs } from './task-operations.ts'
import { trustActs } from './trust-operations.ts'
import { rateUpstream, replyUpstream, returnUpstream, settleUpstream } from './upstream-acts.ts'
import {
  caseKinds,
  checkModes,
  contactModes,
  declineReasons,
  evidenceModes,
  outcomes,
  satisfactions,
  urgencies,
} from './words.ts'

export * from './dispute-acts.ts'
export * from './dispute-view.ts'
export * from './petition-operations.ts'
export * from './petition-view.ts'
export * from './petition-words.ts'
export * from './request-acts.ts'
export * from './task-operations.ts'
export * from './task-words.ts'
export * from './trust-operations.ts'
export * from './trust-words.ts'
export * from './upstream-acts.ts'

export const addToCase = act(
  'add',
  'addToCase',
  'Adds words or photos to an open case',
  'signed-in',
  Type.Object({ words: OptionalText, fileIds: Type.Optional(FileIds) }, strict),
  ['cases/nothing-said', 'cases/file-unknown', 'cases/not-the-reporter'],
)

export const acceptCase = act(
  'accept',
  'acceptCase',
  'The desk takes the case on; its clocks start',
  deskOrOnDuty,
  Type.Object(
    {
      kind: Words(caseKinds),
      matterCode: Type.String({ maxLength: 20 }),
      urgency: Type.Optional(Words(urgencies)),
      areaId: Type.Optional(Id),
      route: Type.Optional(Words(caseRoutes)),
      extra: Type.Optional(ExtraValues),
      words: OptionalText,
    },
    strict,
  ),
  [
    'cases/matter-unknown',
    'cases/community-unknown',
    'cases/calendar-missing',
    'cases/extra-fields-wrong',
    'cases/not-on-duty',
  ],
)

export const answerNow = act(
  'answer-now',
  'answerNow',
  'Answered at once, by the desk',
  desk,
  Type.Object(
    {
      answer: Text,
      kind: Type.Optional(Words(caseKinds)),
      matterCode: Type.Optional(Type.String({ maxLength: 20 })),
    },
    strict,
  ),
  ['cases/matter-unknown'],
)

export const declineCase = act(
  'decline',
  'declineCase',
  'Not taken on, with the reason and where to turn',
  desk,
  Type.Object({ reason: Words(declineReasons), whereToTurn: Text, answer: Text }, strict),
)

export const mergeCase = act(
  'merge',
  'mergeCase',
  'Merged into a parent case with the same public matter',
  desk,
  Type.Object({ parentCaseId: Id, words: OptionalText }, strict),
  ['cases/merge-target-wrong', 'cases/merge-matter-differs'],
)

export const splitCase = act(
  'split',
  'splitCase',
  'Taken out of its parent again',
  desk,
  Type.Object({ words: Text }, strict),
)

export const escalateCase = act(
  'escalate',
  'escalateCase',
  'From the community desk up to the street desk; what its duty list does not hold needs no reason',
  ['clerk', 'secretary', 'grid-worker', 'grid-head'],
  Type.Object({ reason: OptionalText, outsideDuty: Type.Optional(Type.Boolean()) }, strict),
  ['cases/already-at-this-desk', 'cases/on-duty-list', 'cases/nothing-said'],
)

export const sendDownCase = act(
  'send-down',
  'sendDownCase',
  'From the street desk down to a community, within its duty list',
  ['dispatcher', 'duty-head'],
  Type.Object({ areaId: Id, reason: OptionalText }, strict),
  ['cases/already-at-this-desk', 'cases/outside-duty-list', 'cases/community-unknown'],
)

export const assignCase = act(
  'assign',
  'assignCase',
  'Given to a lead organisation or a post, with helpers',
  deskOrOnDuty,
  Type.Object(
    {
      organisationId: Type.Optional(Id),
      postId: Type.Optional(Id),
      helperIds: Type.Optional(Type.Array(Id, { maxItems: 10 })),
      note: OptionalText,
    },
    strict,
  ),
  [
    'cases/organisation-unknown',
    'cases/post-unknown',
    'cases/holder-needed',
    'cases/outside-duty-list',
    'cases/not-on-duty',
  ],
)

export const takeCase = act(
  'take',
  'takeCase',
  'The holder takes the order',
  holders,
  Type.Object({}, strict),
)

export const returnCase = act(
  'return',
  'returnCase',
  'The holder asks to give the order back; another person at the desk approves',
  holders,
  Type.Object({ reason: Text }, strict),
  ['cases/return-too-late'],
)

export const handOnCase = act(
  'hand-on',
  'handOnCase',
  'Given on to a person inside the organisation',
  ['organisation-lead'],
  Type.Object({ postId: Id, note: OptionalText }, strict),
  ['cases/post-unknown'],
)

export const recallCase = act(
  'recall',
  'recallCase',
  'The desk takes the order back to give it to somebody else, with the reason',
  desk,
  Type.Object({ reason: Text }, strict),
)

export const contactResident = act(
  'contact',
  'contactResident',
  'An attempt to reach the resident; the first that reached stops the response clock',
  [...holders, 'dispatcher', 'duty-head'],
  Type.Object(
    { mode: Words(contactModes), reached: Type.Boolean(), at: Type.Optional(Instant), words: OptionalText },
    strict,
  ),
  ['cases/date-in-future'],
)

export const submitResult = act(
  'submit-result',
  'submitResult',
  'What was done and what came of it, with evidence',
  [...holders, 'dispatcher', 'duty-head'],
  Type.Object(
    {
      outcome: Words(outcomes),
      words: Text,
      answer: OptionalText,
      fileIds: Type.Optional(FileIds),
      onBehalf: Type.Optional(Words(evidenceModes)),
    },
    strict,
  ),
  ['cases/evidence-missing', 'cases/file-unknown'],
)

export const solveOnSpot = act(
  'solve-on-spot',
  'solveOnSpot',
  'Settled where it was found, with photos before and after or words',
  gridStaff,
  Type.Object(
    {
      words: OptionalText,
      answer: OptionalText,
      fileIds: Type.Optional(FileIds),
      /** How many of the photos, the first ones, show what was found; the others show what is there now. */
      photosBefore: Type.Optional(Type.Integer({ minimum: 0, maximum: 9 })),
    },
    strict,
  ),
  ['cases/evidence-missing', 'cases/file-unknown'],
)

export const draftAnswer = act(
  'answer',
  'draftAnswer',
  'The words to the resident; sent when the check passes',
  [...holders, 'dispatcher', 'duty-head'],
  Type.Object({ answer: Text }, strict),
)

export const checkCase = act(
  'check',
  'checkCase',
  'On site or by call-back: passed and answered, or back for rework',
  checkers,
  Type.Object(
    {
      pass: Type.Boolean(),
      mode: Words(checkModes),
      words: Text,
      answer: OptionalText,
      fileIds: Type.Optional(FileIds),
    },
    strict,
  ),
  [
    'cases/handler-may-not-check',
    'cases/answer-missing',
    'cases/check-mode-wrong',
    'cases/evidence-missing',
    'cases/file-unknown',
  ],
)

export const rateCase = act(
  'rate',
  'rateCase',
  'The reporter says whether they were reached, whether it is solved, and how satisfied they are',
  'signed-in',
  Type.Object(
    {
      reached: Type.Boolean(),
      solved: Type.Boolean(),
      satisfaction: Words(satisfactions),
      words: OptionalText,
    },
    strict,
  ),
  ['cases/not-the-reporter', 'cases/already-rated', 'cases/rating-closed', 'cases/rated-above'],
)

export const closeCase = act(
  'close',
  'closeCase',
  'Closed; an unsolved one needs a review date and a second person',
  checkers,
  Type.Object(
    {
      outcome: Words(outcomes),
      reviewOn: Type.Optional(Day),
      words: OptionalText,
      // 三问效: closing-words.ts.
      effect: Type.Optional(Type.Boolean()),
      content: Type.Optional(Type.Boolean()),
      lasting: Type.Optional(Type.Boolean()),
    },
    strict,
  ),
  ['cases/handler-may-not-close', 'cases/review-date-missing', 'cases/date-in-past'],
)

export const reopenCase = act(
  'reopen',
  'reopenCase',
  'Still wrong: a new clock, the same history',
  'signed-in',
  Type.Object({ words: Text, fileIds: Type.Optional(FileIds) }, strict),
  ['cases/not-the-reporter', 'cases/reopen-too-late', 'cases/evidence-missing', 'cases/file-unknown'],
)

export const remindHolder = act(
  'remind',
  'remindHolder',
  'Reminds the holder',
  [...desk, 'supervisor'],
  Type.Object({ words: Text }, strict),
)
export const superviseCase = act(
  'supervise',
  'superviseCase',
  'Puts the case under supervision, with a new date',
  ['supervisor'],
  Type.Object({ words: Text, until: Type.Optional(Instant) }, strict),
  ['cases/date-in-past'],
)

export const caseActs = {
  add: addToCase,
  accept: acceptCase,
  'answer-now': answerNow,
  decline: declineCase,
  merge: mergeCase,
  split: splitCase,
  escalate: escalateCase,
  'send-down': sendDownCase,
  assign: assignCase,
  take: takeCase,
  return: returnCase,
  'hand-on': handOnCase,
  recall: recallCase,
  contact: contactResident,
  'submit-result': submitResult,
  'solve-on-spot': solveOnSpot,
  answer: draftAnswer,
  check: checkCase,
  rate: rateCase,
  close: closeCase,
  reopen: reopenCase,
  extend: extendCase,
  defer: deferCase,
  suspend: suspendCase,
  resume: resumeCase,
  approve: approveRequest,
  refuse: refuseRequest,
  remind: remindHolder,
  supervise: superviseCase,
  dispute: disputeDuty,
  adjudicate: adjudicateDuty,
  'return-upstream': returnUpstream,
  'settle-upstream': settleUpstream,
  'reply-upstream': replyUpstream,
  'rate-upstream': rateUpstream,
  ...petitionActs,
  ...taskActs,
  ...trustActs,
} as const
