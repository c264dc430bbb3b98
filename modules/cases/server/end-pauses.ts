/** A pause ends with its day: the clock goes on by itself, for nobody may forget it. */
import { sql } from 'kysely'
import { systemAccountId } from '../../../platform/actor.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import type { CaseRow } from './case-row.ts'
import { audienceOf } from './perform-act.ts'
import { runningClock } from './running-clock.ts'
import { addEntries } from './system-entries.ts'

const batch = 200

export async function endPauses(call: JobCall): Promise<void> {
  const { tx, at, actor } = call
  const rows = await tx.many(
    sql<CaseRow>`select * from cases where street_id = ${actor.streetId} and suspended_until <= ${at}
      order by suspended_until limit ${batch} for update skip locked`,
  )
  if (rows.length === 0) return
  const ended = []
  for (const row of rows) ended.push({ row, ...(await runningClock(call, row)) })
  const written = ended.map(({ row, set }) => ({ id: row.id, ...set }))
  await tx.run(
    sql`update cases c set suspended_at = null, suspended_until = null, suspended_for = null,
        response_due_at = w.response_due_at, due_at = w.due_at, extended_from = w.extended_from,
        paused_minutes = w.paused_minutes, version = c.version + 1
      from jsonb_to_recordset(${JSON.stringify(written)}::jsonb) w(id uuid, response_due_at timestamptz,
        due_at timestamptz, extended_from timestamptz, paused_minutes int)
      where c.street_id = ${actor.streetId} and c.id = w.id`,
  )
  await addEntries(
    tx,
    actor.streetId,
    ended.map(({ row, pausedMinutes }) => ({
      id: call.newId(),
      case_id: row.id,
      at,
      act: 'resume',
      actor_id: systemAccountId,
      post_id: null,
      from_state: row.state,
      to_state: null,
      words: null,
      detail: { pausedMinutes },
      file_ids: [],
      internal: false,
    })),
  )
  for (const { row } of ended)
    call.event({ type: 'case.resume', subjectId: row.id, audience: audienceOf(row) })
}
