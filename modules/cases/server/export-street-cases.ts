/** All cases of a street as plain records, for the command line: no contact of anybody, and a trace in the audit. */
import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import type { Actor } from '../../../platform/actor.ts'
import { inTransaction, type Pool } from '../../../platform/db.ts'

export const streetCaseColumns = [
  'number',
  'created_at',
  'kind',
  'matter_code',
  'title',
  'text',
  'channel',
  'state',
  'outcome',
  'urgency',
  'desk',
  'area_code',
  'place_text',
  'organisation_code',
  'accepted_at',
  'responded_at',
  'due_at',
  'answer',
  'answered_at',
  'closed_at',
  'review_on',
  'satisfaction',
  'outside_source',
  'outside_number',
] as const

export type StreetCaseRecord = Readonly<
  Record<(typeof streetCaseColumns)[number], string | null> & { id: string; created: Date }
>

const rowsAtOnce = 500

/** Oldest first, page by page; whoever stops reading early leaves no half transaction. */
export async function* streetCases(pool: Pool, actor: Actor): AsyncGenerator<StreetCaseRecord> {
  let after: { created: Date; id: string } = {
    created: new Date(0),
    id: '00000000-0000-0000-0000-000000000000',
  }
  for (;;) {
    const rows = await inTransaction(pool, { actor, readOnly: true }, (tx) =>
      tx.many(
        sql<StreetCaseRecord>`select c.*, c.created_at as created, m.code as matter_code, a.code as area_code,
            o.code as organisation_code, c.rating ->> 'satisfaction' as satisfaction
          from cases c join areas a on a.street_id = c.street_id and a.id = c.area_id
          left join matters m on m.street_id = c.street_id and m.id = c.matter_id
          left join organisations o on o.street_id = c.street_id and o.id = c.organisation_id
          where c.street_id = ${actor.streetId} and (c.created_at, c.id) > (${after.created}, ${after.id})
          order by c.created_at, c.id limit ${rowsAtOnce}`,
      ),
    )
    yield* rows
    const last = rows.at(-1)
    if (!last || rows.length < rowsAtOnce) return
    after = { created: last.created, id: last.id }
  }
}

/** Says in the audit trail that the cases left the house, before they do. */
export function noteStreetExport(pool: Pool, actor: Actor, at: Date, format: string): Promise<void> {
  return inTransaction(pool, { actor }, (tx) =>
    tx.finishAct({
      street: actor.streetId,
      actor: actor.accountId,
      at: at.toISOString(),
      requestId: 'cli',
      audit: [
        {
          id: newId(at.getTime()),
          post_id: null,
          operation: 'cases.exportStreet',
          subject_type: 'cases',
          subject_id: null,
          outcome: 'done',
          detail: { format },
        },
      ],
    }),
  )
}
