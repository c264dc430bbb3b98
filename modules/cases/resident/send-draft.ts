/** Sends a draft. Whatever fails, the draft stays as it is; what went through once is never filed twice. */
import { shallowRef } from 'vue'
import { ClientRefusal, call } from '../../../platform/client/index.ts'
import { say } from '../../../ui/language.ts'
import { type CaseView, fileCase, getCase } from '../contract.ts'
import { bodyOf, type Draft, type DraftChannel, startAnew } from './draft.ts'
import { sendAll } from './photos.ts'
import { words } from './words.ts'

/** The case that was filed last, so that its receipt needs no second question. */
export const lastSent = shallowRef<CaseView | null>(null)

/** Photos that could not be sent; the words say what to do. */
export class PhotosWaiting extends Error {
  readonly words = say(words.photosNotSent)
}

/** What is said with a press beside the draft. */
export interface SentBesides {
  happeningNow?: true
  /** A public case that the resident joins. */
  joinCaseId?: string
}

/** @throws PhotosWaiting, ClientRefusal, ClientOffline */
export async function sendDraft(
  draft: Draft,
  channel: DraftChannel,
  more: SentBesides = {},
): Promise<CaseView> {
  if (!(await sendAll(draft.photos))) throw new PhotosWaiting()
  lastSent.value = await filed(draft, channel, more)
  startAnew(draft)
  return lastSent.value
}

async function filed(draft: Draft, channel: DraftChannel, more: SentBesides): Promise<CaseView> {
  try {
    return await call(
      fileCase,
      { body: { ...bodyOf(draft, channel), ...more } },
      { idempotencyKey: draft.id },
    )
  } catch (error) {
    if (!(error instanceof ClientRefusal)) throw error
    // It had gone through before the network broke, and was changed since: the first one stands.
    if (error.code === 'platform/idempotency-key-reused')
      return (await call(getCase, { params: { id: draft.id } })).case
    throw error
  }
}
