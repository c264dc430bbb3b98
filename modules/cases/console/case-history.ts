/** The entries of a case as the timeline shows them: who by post, what, words, and the codes of the act in words. */

import type { Bilingual } from '../../../lib/language.ts'
import { language, say } from '../../../ui/language.ts'
import type { TimeLineEntry } from '../../../ui/time-line.vue'
import { deadlineWords } from '../../../ui/time-words.ts'
import type { Tone } from '../../../ui/tones.ts'
import { closingQuestionNames, closingQuestions } from '../closing-words.ts'
import {
  channels,
  declineReasons,
  type EntryAct,
  type EntryView,
  findingKindNames,
  findingKinds,
  outcomes,
  petitionFormNames,
  petitionForms,
  petitionNoticeNames,
  petitionNotices,
  petitionOpinionNames,
  petitionOpinions,
  ratingWayNames,
  ratingWays,
  rungs,
  satisfactions,
  suspendReasons,
} from '../contract.ts'
import {
  callPartNames,
  channelNames,
  declineReasonNames,
  entryNames,
  ladderStepNames,
  outcomeNames,
  satisfactionNames,
  suspendReasonNames,
} from '../messages.ts'
import { isRecount, recountName, recountText } from '../recount-said.ts'
import { postWords } from './case-said.ts'
import { words } from './case-screen-words.ts'
import { words as formWords } from './form-words.ts'

const tones: Partial<Record<EntryAct, Tone>> = {
  file: 'waiting',
  accept: 'moving',
  assign: 'moving',
  take: 'moving',
  'submit-result': 'moving',
  'solve-on-spot': 'moving',
  check: 'answered',
  'answer-now': 'closed',
  close: 'closed',
  decline: 'closed',
  reopen: 'waiting',
  'call-out': 'overdue',
  'answer-call': 'moving',
  climb: 'overdue',
  return: 'due-soon',
  remind: 'due-soon',
  supervise: 'due-soon',
  undo: 'waiting',
}

type Detail = EntryView['detail']
type Labels = Readonly<Record<string, Bilingual>>

/** A word out of a fixed list; anything else stays unsaid. */
const wordOf = (list: readonly string[], labels: Labels, value: Detail[string] | undefined): string[] => {
  const label = typeof value === 'string' && list.includes(value) ? labels[value] : undefined
  return label ? [say(label)] : []
}
const modeNames: Labels = {
  phone: formWords.phone,
  visit: formWords.visit,
  message: formWords.message,
  meeting: formWords.meeting,
  'on-site': formWords.onSite,
  'call-back': formWords.callBack,
}
const either = (value: Detail[string] | undefined, yes: Bilingual, no: Bilingual): string[] =>
  typeof value === 'boolean' ? [say(value ? yes : no)] : []
const timeOf = (value: Detail[string] | undefined): string[] =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
    ? [say(words.until, { time: deadlineWords(value) })]
    : []

/** 三问效 as it was answered. */
const closingWords = (detail: Detail): string[] =>
  closingQuestions.flatMap((one) => {
    const answer = detail[one]
    if (answer !== 'yes' && answer !== 'no') return []
    return [`${say(closingQuestionNames[one])} ${say(answer === 'yes' ? words.yes : words.no)}`]
  })

/** How a petition came, what was told, what was answered. */
const petitionDetail = (detail: Detail): string[] => [
  ...wordOf(petitionForms, petitionFormNames, detail.form),
  ...wordOf(petitionNotices, petitionNoticeNames, detail.notice),
  ...wordOf(petitionOpinions, petitionOpinionNames, detail.opinion),
]

/** Which acts were taken back. */
const undoneActs = ({ acts }: Detail): string[] => [
  String(acts ?? '')
    .split(',')
    .flatMap((act) => wordOf(Object.keys(entryNames), entryNames, act))
    .join(say({ zh: '、', en: ', ' })),
]

function detailWords({ act, detail }: EntryView): string[] {
  const recount = recountText({ detail }, language.value)
  if (recount !== null) return [recount]
  return [
    ...(act === 'file' ? wordOf(channels, channelNames, detail.channel) : []),
    ...either(act === 'check' ? detail.pass : undefined, formWords.passYes, formWords.passNo),
    ...wordOf(Object.keys(modeNames), modeNames, detail.mode),
    ...either(act === 'contact' ? detail.reached : undefined, formWords.reachedYes, formWords.reachedNo),
    ...either(act === 'rate' ? detail.reached : undefined, words.reached, words.notReached),
    ...either(act === 'rate' ? detail.solved : undefined, words.solved, words.notSolved),
    ...wordOf(satisfactions, satisfactionNames, detail.satisfaction),
    ...wordOf(outcomes, outcomeNames, detail.outcome),
    ...(act === 'decline' ? wordOf(declineReasons, declineReasonNames, detail.reason) : []),
    ...(act === 'suspend' ? wordOf(suspendReasons, suspendReasonNames, detail.kind) : []),
    ...(act === 'call-out' ? wordOf(Object.keys(callPartNames), callPartNames, detail.part) : []),
    ...petitionDetail(detail),
    ...wordOf(ratingWays, ratingWayNames, detail.way),
    ...(act === 'find-unreasonable' || act === 'approve'
      ? wordOf(findingKinds, findingKindNames, detail.kind)
      : []),
    ...closingWords(detail),
    ...(act === 'undo' ? undoneActs(detail) : []),
    ...(act === 'climb' ? wordOf(rungs, ladderStepNames, detail.rung) : []),
    ...timeOf(act === 'accept' ? detail.dueAt : detail.until),
  ]
}

export function historyOf(caseId: string, entries: readonly EntryView[]): TimeLineEntry[] {
  return [...entries].reverse().map((entry) => {
    const told = detailWords(entry).join(' · ')
    const who = postWords(entry.by)
    return {
      id: entry.id,
      who: entry.mine ? `${who}（${say(words.me)}）` : who,
      what: say(isRecount(entry) ? recountName : entryNames[entry.act]),
      at: entry.at,
      text: [told, entry.words].filter(Boolean).join('\n') || null,
      photos: entry.files.map((file, index) => ({
        src: `/api/cases/${caseId}/files/${file.id}`,
        thumb: `/api/cases/${caseId}/files/${file.id}?size=thumb`,
        alt: `${say(words.photo)} ${index + 1}`,
      })),
      ...(tones[entry.act] ? { tone: tones[entry.act] } : {}),
    }
  })
}
