/** The door by which other modules tell people something: pure data in, written with the commit of the act. */
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { EventNote, JobNote } from '../../../platform/operation.ts'
import type { NoticeUrgency, Reader } from '../notice-parts.ts'
import { type Facts, plainFacts } from '../rules/plain-facts.ts'
import type { NoticeEvent } from '../templates/index.ts'

/**
 * An account, staff or resident; or `contact`: whoever the subject itself names, whose phone the asking module finds
 * when the notice is sent (see `ContactFinder`). Both are ids: no name and no phone enters a notice.
 */
export type Recipient = { readonly account: string } | 'contact'

/** One event for any number of people. */
export interface NoticeAsk {
  readonly event: NoticeEvent
  /** In what capacity they are told; there is a template for each event and reader. */
  readonly reader: Reader
  readonly to: readonly Recipient[]
  /** `area` is the path of the subject's area: whoever has that area sees what became of the notice. */
  readonly about: { readonly type: string; readonly id: string; readonly area: string }
  /** What the template puts into its fields: numbers, codes, instants. Never a name, a phone or a text. */
  readonly facts: Facts
  readonly urgency: NoticeUrgency
  /**
   * Tells a second event of the same kind from the first asked for again: the round of a case, the id of an entry.
   * Two asks of the same event, subject, reader, recipient and dedupe are one notice.
   */
  readonly dedupe: string
}

/** What is needed of an operation's `call` or a job's. */
export interface TellCall {
  readonly tx: Tx
  readonly at: Date
  readonly actor: Actor
  newId(): string
  event(note: EventNote): void
  job(note: JobNote): void
  /** Where it is given, nobody is told yet: the caller keeps the notices and passes them to `tellHeld`, or never does. */
  holdNotices?(notices: readonly HeldNotice[]): void
}

/** One notice to one recipient as it is written; ids, numbers and codes only. */
export interface HeldNotice {
  readonly id: string
  readonly event: NoticeEvent
  readonly reader: Reader
  readonly account_id: string | null
  readonly subject_type: string
  readonly subject_id: string
  readonly area: string
  readonly round: string
  readonly urgency: NoticeUrgency
  readonly facts: Facts
}

export const deliverTask = 'messages.deliver'

/**
 * Tells people, urgent things always at once. Kept with the act or not at all; live screens and the ports hear of it after the commit.
 * @throws Error when a fact could be personal
 */
export function tell(call: TellCall, asks: readonly NoticeAsk[]): void {
  const rows = asks.flatMap((ask) =>
    uniqueRecipients(ask.to).map(
      (account_id): HeldNotice => ({
        id: call.newId(),
        event: ask.event,
        reader: ask.reader,
        account_id,
        subject_type: ask.about.type,
        subject_id: ask.about.id,
        area: ask.about.area,
        round: ask.dedupe,
        urgency: ask.urgency,
        facts: plainFacts(ask.facts),
      }),
    ),
  )
  const now = rows.filter(({ urgency }) => call.holdNotices === undefined || urgency === 'P0')
  if (now.length < rows.length) call.holdNotices?.(rows.filter((row) => !now.includes(row)))
  tellHeld(call, now)
}

/** Tells what was held back: kept with the transaction, as `tell` does. */
export function tellHeld(call: TellCall, rows: readonly HeldNotice[]): void {
  if (rows.length === 0) return
  call.tx.callAtCommit('tell_people', {
    street: call.actor.streetId,
    at: call.at.toISOString(),
    notices: rows,
  })
  const accounts = [...new Set(rows.flatMap(({ account_id }) => account_id ?? []))]
  const [first] = rows
  if (accounts.length > 0 && first)
    call.event({ type: 'notice.new', subjectId: first.id, audience: { accounts } })
  call.job({ task: deliverTask, payload: {}, runAt: call.at })
}

const uniqueRecipients = (to: readonly Recipient[]): (string | null)[] => [
  ...new Set(to.map((one) => (one === 'contact' ? null : one.account))),
]
