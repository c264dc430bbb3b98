/**
 * Sends what is due. What was sent is written in the same transaction: a worker that dies in between sends again
 * under the same id, so nothing is lost and the provider can tell a repetition.
 */
import { normaliseMobile } from '../../../lib/codes.ts'
import type { Tx } from '../../../platform/db.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import type { Keys } from '../../../platform/keys.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { phoneOfAccount } from '../../accounts/server/index.ts'
import { nextTry } from '../rules/next-try.ts'
import { needsCall } from '../rules/ports-of-notice.ts'
import { heldUntil, type QuietHours } from '../rules/quiet-hours.ts'
import { quietHours } from '../settings.ts'
import { findTemplate } from '../templates/index.ts'
import { addDeliveries, type DueDelivery, keepOutcomes, type Outcome, takeDue } from './delivery-store.ts'
import type { NoticeWriter } from './notice-words.ts'

/** So few that a gateway which answers none of them holds the job for one timeout only: they are sent side by side. */
const batch = 20

export interface FinderCall {
  readonly tx: Tx
  readonly keys: Keys
  readonly streetId: number
  readonly at: Date
  readonly publicUrl: string | undefined
}
/** Finds something of a subject for the text about it, at the moment of sending: it is kept nowhere. */
type Finder = (call: FinderCall, subjectId: string) => Promise<string | undefined>

/** Finds the phone of the contact that a subject names; undefined when there is none any more. */
export type ContactFinder = Finder
/** Finds the address that opens the subject without a sign-in; undefined where nobody may open it so. */
export type LinkFinder = Finder

/** By type of subject: whom it names as its contact, and where a text about it leads. */
export type SubjectFinders = Readonly<Record<string, { phone: ContactFinder; link?: LinkFinder }>>

/** Sends one batch; true when there may be more. */
export async function sendDue(
  call: JobCall,
  writer: NoticeWriter,
  finders: SubjectFinders,
): Promise<boolean> {
  const { tx, at, actor } = call
  const due = await takeDue(tx, actor.streetId, at, batch)
  if (due.length === 0) return false
  const quiet = await readSetting(tx, actor.streetId, quietHours, at)
  const ready: { one: DueDelivery; send: () => Promise<Outcome> }[] = []
  for (const one of due) ready.push({ one, send: await prepare(call, writer, finders, quiet, one) })
  const outcomes = await Promise.all(ready.map(({ send }) => send()))
  await keepOutcomes(tx, actor.streetId, at, outcomes)
  const lost = new Map(
    outcomes.flatMap((outcome) => (outcome.state === 'given-up' ? [[outcome.id, outcome]] : [])),
  )
  await askForCalls(call, due, lost)
  return due.length === batch
}

/** Reads what a sending needs, one statement after another, and gives back the sending itself. */
async function prepare(
  call: JobCall,
  writer: NoticeWriter,
  finders: SubjectFinders,
  quiet: QuietHours,
  one: DueDelivery,
): Promise<() => Promise<Outcome>> {
  const { at, actor, services } = call
  const put = (outcome: Omit<Outcome, 'id'>) => async () => ({ id: one.id, ...outcome })
  const giveUp = (reason: Outcome['reason']) =>
    put({ state: 'given-up', tries: one.tries, next_at: at.toISOString(), reason, tried: false })
  // The gateway took it and said later that it did not arrive.
  if (one.reason === 'refused') return giveUp('refused')
  const held = heldUntil(at, one.urgency, quiet)
  if (held > at)
    return put({
      state: one.state,
      tries: one.tries,
      next_at: held.toISOString(),
      reason: one.reason,
      tried: false,
    })
  const id = `${actor.streetId}-${one.id}`
  if (one.port === 'chat') {
    const { chat } = services
    const { zh } = await writer.write(one)
    return tryOnce(at, one, async () => {
      if (!chat) throw new Error('the group robot is gone')
      await chat.send(writer.street.code, zh, id)
    })
  }
  const phone = normaliseMobile((await phoneFor(call, finders, one)) ?? '')
  if (phone === undefined) return giveUp('no-number')
  const { zh } = await writer.write(one, await linkFor(call, finders, one))
  return tryOnce(at, one, () => services.sms.send(phone, zh, id))
}

const finderCall = ({ tx, at, services, actor }: JobCall): FinderCall => ({
  tx,
  at,
  keys: services.keys,
  streetId: actor.streetId,
  publicUrl: services.publicUrl,
})

async function phoneFor(
  call: JobCall,
  finders: SubjectFinders,
  one: DueDelivery,
): Promise<string | undefined> {
  if (one.account_id !== null) return phoneOfAccount(call.tx, call.services.keys, one.account_id)
  return finders[one.subject_type]?.phone(finderCall(call), one.subject_id)
}

/** Only a template that may hold an address has one made for it. */
async function linkFor(call: JobCall, finders: SubjectFinders, one: DueDelivery): Promise<{ link?: string }> {
  if (!findTemplate(one.event, one.reader)?.fields.includes('link')) return {}
  const link = await finders[one.subject_type]?.link?.(finderCall(call), one.subject_id)
  return link === undefined ? {} : { link }
}

function tryOnce(at: Date, one: DueDelivery, send: () => Promise<void>): () => Promise<Outcome> {
  const tries = one.tries + 1
  return async () => {
    try {
      await send()
      return { id: one.id, state: 'sent', tries, next_at: at.toISOString(), reason: null, tried: true }
    } catch {
      // What a port says may name a phone or an address, so only that it failed is kept.
      const next = nextTry(at, tries)
      const state = next ? 'failed' : 'given-up'
      return {
        id: one.id,
        state,
        tries,
        next_at: (next ?? at).toISOString(),
        reason: 'unreachable',
        tried: true,
      }
    }
  }
}

/** 请电话告知: what no port could do, a person of the desk does. */
async function askForCalls(
  call: JobCall,
  due: readonly DueDelivery[],
  lost: ReadonlyMap<string, Outcome>,
): Promise<void> {
  const calls = due.flatMap((one) => {
    const outcome = lost.get(one.id)
    return outcome && needsCall({ ...one, read: one.read_at !== null }, one.port) ? [{ one, outcome }] : []
  })
  await addDeliveries(
    call.tx,
    call.actor.streetId,
    call.at,
    calls.map(({ one, outcome }) => ({
      id: call.newId(),
      notice_id: one.notice_id,
      port: 'phone' as const,
      once_key: one.notice_id,
      area: one.area,
      next_at: call.at.toISOString(),
      ...(outcome.reason ? { reason: outcome.reason } : {}),
    })),
  )
  for (const { one } of calls)
    call.event({ type: 'notice.call', subjectId: one.subject_id, audience: { area: one.area } })
}
