/** What the form of each act on many cases says, and how it becomes the order. */
import type { Bilingual } from '../../../lib/language.ts'
import type { BatchAct, BatchOrder, DeclineReason } from '../contract.ts'
import { actNames } from '../messages.ts'
import { words as formWords } from './form-words.ts'
import { words } from './triage-words.ts'

/** The acts of the bar, in its order, each with its key. */
export const bulkActs = [
  { act: 'accept', key: 'a', label: words.keyAccept },
  { act: 'assign', key: 's', label: actNames.assign },
  { act: 'merge', key: 'm', label: actNames.merge },
  { act: 'answer-now', key: 'r', label: words.keyReply },
  { act: 'decline', key: 'd', label: actNames.decline },
  { act: 'escalate', key: 'e', label: actNames.escalate },
  { act: 'send-down', key: 'w', label: actNames['send-down'] },
  { act: 'remind', key: 'h', label: actNames.remind },
] as const satisfies readonly { act: BatchAct; key: string; label: Bilingual }[]
export type BulkAct = (typeof bulkActs)[number]['act']

/** Of a running or ended batch. */
export const batchActName = (act: BatchAct): Bilingual =>
  act === 'undo' ? words.undoing : (bulkActs.find((one) => one.act === act)?.label ?? actNames[act])

export interface BulkValues {
  matterCode: string
  /** Empty: nobody; `duty`; `o:` and an organisation; `p:` and a post. */
  holder: string
  note: string
  parentCaseId: string
  reason: DeclineReason | ''
  whereToTurn: string
  templateId: string
  answer: string
  why: string
  areaId: string
}
export const emptyValues: BulkValues = {
  matterCode: '',
  holder: '',
  note: '',
  parentCaseId: '',
  reason: '',
  whereToTurn: '',
  templateId: '',
  answer: '',
  why: '',
  areaId: '',
}

function holderOf(value: string): Extract<BatchOrder, { act: 'assign' }>['holder'] | undefined {
  if (value === 'duty') return { byDuty: true }
  if (value.startsWith('o:')) return { organisationId: value.slice(2) }
  return value.startsWith('p:') ? { postId: value.slice(2) } : undefined
}

const said = (text: string) => text.trim()
/** Only what was filled in. */
const optional = <K extends string>(key: K, text: string): Partial<Record<K, string>> =>
  said(text) === '' ? {} : ({ [key]: said(text) } as Record<K, string>)

/** The order, or the label of the first field that is still empty. */
export function orderOf(act: BulkAct, v: BulkValues): { order: BatchOrder } | { missing: Bilingual } {
  const holder = holderOf(v.holder)
  const answered = v.templateId !== '' ? { templateId: v.templateId } : { answer: said(v.answer) }
  const noAnswer = v.templateId === '' && said(v.answer) === ''
  switch (act) {
    case 'accept':
      return {
        order: {
          act,
          ...optional('matterCode', v.matterCode),
          ...(holder ? { holder } : {}),
          ...optional('note', v.note),
        },
      }
    case 'assign':
      return holder ? { order: { act, holder, ...optional('note', v.note) } } : { missing: words.holder }
    case 'merge':
      return v.parentCaseId === ''
        ? { missing: words.parentNumber }
        : { order: { act, parentCaseId: v.parentCaseId, ...optional('words', v.note) } }
    case 'answer-now':
      return noAnswer ? { missing: words.whereAnswer } : { order: { act, ...answered } }
    case 'decline':
      if (v.reason === '') return { missing: formWords.declineReason }
      if (said(v.whereToTurn) === '') return { missing: formWords.whereToTurn }
      return noAnswer
        ? { missing: words.whereAnswer }
        : { order: { act, reason: v.reason, whereToTurn: said(v.whereToTurn), ...answered } }
    case 'escalate':
      return said(v.why) === ''
        ? { missing: formWords.escalateReason }
        : { order: { act, reason: said(v.why) } }
    case 'send-down':
      return v.areaId === ''
        ? { missing: formWords.community }
        : { order: { act, areaId: v.areaId, ...optional('reason', v.why) } }
    case 'remind':
      return said(v.why) === '' ? { missing: formWords.remindWords } : { order: { act, words: said(v.why) } }
  }
}
