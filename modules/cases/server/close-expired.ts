/** An answered case that nobody rated is closed by the system once the period for saying more has ended. */
import { sql } from 'kysely'
import type { JobCall } from '../../../platform/jobs.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { closeAfterDays } from '../settings.ts'
import type { CaseRow } from './case-row.ts'
import { markMergedCases } from './merged-closing.ts'
import { audienceOf } from './perform-act.ts'

const batch = 200

// Rule: rights.md, close: the system when the period ends; an unsolved case never closes in silence.
export async function closeExpired(call: JobCall): Promise<void> {
  const { tx, at, actor } = call
  const days = await readSetting(tx, actor.streetId, closeAfterDays, at)
  const before = new Date(at.getTime() - days * 24 * 3_600_000)
  for (;;) {
    const closed = await closeBatch(call, before)
    await addEntries(call, closed, days)
    await markMergedCases(
      tx,
      actor.streetId,
      closed.map((row) => row.id),
      at,
    )
    for (const row of closed) {
      call.audit({
        subjectType: 'case',
        subjectId: row.id,
        detail: { act: 'close', because: 'period-ended' },
      })
      call.event({ type: 'case.close', subjectId: row.id, audience: audienceOf(row) })
    }
    if (closed.length < batch) return
  }
}

/** Imported cases stay as their old system left them: their people were never asked here. */
function closeBatch({ tx, at, actor }: JobCall, before: Date): Promise<CaseRow[]> {
  return tx.many(
    sql<CaseRow>`update cases c set state = 'closed', closed_at = ${at}, version = c.version + 1
      from (select id from cases
        where street_id = ${actor.streetId} and state = 'answered' and answered_at <= ${before} and rating is null
          and outcome is distinct from 'unsolved' and pending_approval is null and channel <> 'import'
          and outside_rating ->> 'solved' is distinct from 'false'
        order by answered_at limit ${batch} for update skip locked) d
      where c.street_id = ${actor.streetId} and c.id = d.id
      returning c.*`,
  )
}

async function addEntries(call: JobCall, closed: readonly CaseRow[], days: number): Promise<void> {
  const { tx, at, actor } = call
  const rows = closed.map((row) => ({
    id: call.newId(),
    case_id: row.id,
    detail: { outcome: row.outcome, because: 'period-ended', days },
  }))
  await tx.run(
    sql`insert into case_entries (street_id, id, case_id, at, act, actor_id, from_state, to_state, detail)
      select ${actor.streetId}::int, e.id, e.case_id, ${at}, 'close', ${actor.accountId}::uuid, 'answered', 'closed', e.detail
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) e(id uuid, case_id uuid, detail jsonb)`,
  )
}
