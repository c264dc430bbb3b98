/** What each act on the phone asks, what it cannot do without, and how it is sent. The server decides all the rest. */
import { call } from '../../../platform/client/index.ts'
import type { Bilingual } from '../../../ui/language.ts'
import {
  addToCase,
  contactModes,
  contactResident,
  escalateCase,
  finishTask,
  outcomes,
  returnCase,
  solveOnSpot,
  submitResult,
} from '../contract.ts'
import { fieldWords } from './field-words.ts'
import { idsOf, type PickedPhoto } from './photos.ts'

export interface SaidInForm {
  readonly words: string
  readonly answer: string
  readonly mode: string
  readonly reached: string
  readonly outcome: string
  readonly before: readonly PickedPhoto[]
  readonly after: readonly PickedPhoto[]
}

interface ActForm {
  readonly hint?: Bilingual
  readonly wordsLabel: Bilingual
  readonly wordsOptional?: boolean
  readonly answer?: boolean
  readonly photos?: boolean
  readonly send: Bilingual
}

export const actForms = {
  'solve-on-spot': {
    hint: fieldWords.spotHint,
    wordsLabel: fieldWords.spotWords,
    wordsOptional: true,
    answer: true,
    send: fieldWords.spotSend,
  },
  contact: { wordsLabel: fieldWords.contactWords, wordsOptional: true, send: fieldWords.contactSend },
  'submit-result': {
    wordsLabel: fieldWords.resultWords,
    answer: true,
    photos: true,
    send: fieldWords.resultSend,
  },
  escalate: { wordsLabel: fieldWords.escalateWords, send: fieldWords.escalateSend },
  return: { hint: fieldWords.returnHint, wordsLabel: fieldWords.returnWords, send: fieldWords.returnSend },
  'finish-task': {
    hint: fieldWords.taskHint,
    wordsLabel: fieldWords.taskWords,
    wordsOptional: true,
    photos: true,
    send: fieldWords.taskSend,
  },
  add: { wordsLabel: fieldWords.addWords, wordsOptional: true, photos: true, send: fieldWords.addSend },
} satisfies Record<string, ActForm> as Record<FormAct, ActForm>
export type FormAct =
  | 'solve-on-spot'
  | 'contact'
  | 'submit-result'
  | 'escalate'
  | 'return'
  | 'add'
  | 'finish-task'

/** What is still missing, in words. */
export function formFault(act: FormAct, said: SaidInForm): Bilingual | null {
  if (act === 'contact' && (!said.mode || !said.reached)) return fieldWords.choose
  if (act === 'submit-result' && !said.outcome) return fieldWords.choose
  const shown = said.before.length + said.after.length > 0
  if (act === 'solve-on-spot' || act === 'add')
    return said.words.trim() || shown ? null : fieldWords.needEvidence
  // What a task asks for its own server says.
  return act === 'contact' || act === 'finish-task' || said.words.trim() ? null : fieldWords.needWords
}

/** @throws ClientRefusal, ClientOffline */
export async function sendAct(act: FormAct, id: string, said: SaidInForm, key: string): Promise<void> {
  const params = { id }
  const options = { idempotencyKey: key }
  const text = said.words.trim()
  const words = text ? { words: text } : {}
  const answer = said.answer.trim() ? { answer: said.answer.trim() } : {}
  const ids = idsOf([...said.before, ...said.after])
  const files = ids.length > 0 ? { fileIds: ids } : {}
  const mode = contactModes.find((one) => one === said.mode)
  const outcome = outcomes.find((one) => one === said.outcome)
  if (act === 'solve-on-spot')
    await call(
      solveOnSpot,
      { params, body: { ...words, ...answer, ...files, photosBefore: idsOf(said.before).length } },
      options,
    )
  else if (act === 'add') await call(addToCase, { params, body: { ...words, ...files } }, options)
  else if (act === 'finish-task') await call(finishTask, { params, body: { ...words, ...files } }, options)
  else if (act === 'escalate') await call(escalateCase, { params, body: { reason: text } }, options)
  else if (act === 'return') await call(returnCase, { params, body: { reason: text } }, options)
  else if (act === 'contact' && mode)
    await call(
      contactResident,
      { params, body: { mode, reached: said.reached === 'yes', ...words } },
      options,
    )
  else if (act === 'submit-result' && outcome)
    await call(submitResult, { params, body: { outcome, words: text, ...answer, ...files } }, options)
}
