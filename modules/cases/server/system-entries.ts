import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { EntryRow } from './case-row.ts'

/** Entries of many cases in one statement, for what a job does. */
export async function addEntries(
  tx: Tx,
  streetId: number,
  entries: readonly Omit<EntryRow, 'street_id'>[],
): Promise<void> {
  await tx.run(
    sql`insert into case_entries (street_id, id, case_id, at, act, actor_id, post_id, from_state, to_state, words, detail, internal)
      select ${streetId}::int, e.id, e.case_id, e.at, e.act, e.actor_id, e.post_id, e.from_state, e.to_state, e.words, e.detail, e.internal
      from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
        e(id uuid, case_id uuid, at timestamptz, act text, actor_id uuid, post_id uuid, from_state text, to_state text,
          words text, detail jsonb, internal boolean)`,
  )
}
