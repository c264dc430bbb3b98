/** After a change of the calendar: every running deadline that it set is counted again, with an entry that says why. */
import { sql } from 'kysely'
import { systemAccountId } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { calendarAfter } from '../rules/calendar-history.ts'
import type { ClockSpan } from '../rules/clock.ts'
import { type RunningClock, recountClock } from '../rules/recount-clocks.ts'
import type { WorkingCalendar } from '../rules/working-days.ts'
import { forgetCalendar } from './calendar.ts'
import { calendarChanges, noteRecount, type StoredChange } from './calendar-store.ts'
import type { CaseRow } from './case-row.ts'
import { audienceOf } from './perform-act.ts'

const batch = 500

// Rule: docs/decisions/0005-provisional-deadlines.md. Done twice it changes nothing: the changes it counted for are noted.
export async function recountDeadlines(call: JobCall): Promise<void> {
  const { tx, at, actor } = call
  const changes = await calendarChanges(tx, actor.streetId)
  const firstNew = changes.findIndex(({ moved }) => moved === null)
  if (firstNew === -1) return
  forgetCalendar(actor.streetId)
  const before = calendarAfter(changes.slice(0, firstNew))
  const now = calendarAfter(changes)
  const fresh = changes.slice(firstNew).filter(({ moved }) => moved === null)
  let moved = 0
  let after = ''
  for (;;) {
    const rows = await runningCases(tx, actor.streetId, fresh, after)
    moved += await recountThese(call, rows, { before, now, fresh })
    after = rows.at(-1)?.id ?? ''
    if (rows.length < batch) break
  }
  await noteRecount(
    tx,
    actor.streetId,
    fresh.map(({ id }) => id),
    at,
    moved,
  )
  if (moved > 0)
    call.audit({
      subjectType: 'calendar',
      subjectId: fresh.map(({ year }) => year).join(','),
      detail: { moved },
    })
}

/** Open cases whose clock may reach into one of the years, locked against acts until this is done. */
function runningCases(
  tx: Tx,
  streetId: number,
  fresh: readonly StoredChange[],
  after: string,
): Promise<CaseRow[]> {
  const firstYear = Math.min(...fresh.map(({ year }) => year))
  return tx.many(
    sql<CaseRow>`select * from cases
      where street_id = ${streetId} and state in ('accepted', 'assigned', 'in-progress', 'result-submitted')
        and due_at >= ${new Date(`${firstYear - 1}-12-01T00:00:00+08:00`)} and clock_start_at is not null
        and clock_rule is not null and (${after} = '' or id > nullif(${after}, '')::uuid)
      order by id limit ${batch} for update`,
  )
}

interface Calendars {
  before: WorkingCalendar
  now: WorkingCalendar
  fresh: readonly StoredChange[]
}

async function recountThese(
  call: JobCall,
  rows: readonly CaseRow[],
  { before, now, fresh }: Calendars,
): Promise<number> {
  const changed = rows.flatMap((row) => {
    const clock = clockOf(row)
    const recounted = clock && recountClock(clock, before, now)
    return recounted ? [{ row, recounted }] : []
  })
  if (changed.length === 0) return 0
  const years = [...new Set(fresh.map(({ year }) => year))].join('、')
  await writeChanges(
    call,
    changed.map(({ row, recounted }) => ({
      id: row.id,
      due_at: recounted.dueAt,
      response_due_at: recounted.responseDueAt,
      clock_rule: recounted.rule,
      entry_id: call.newId(),
      detail: {
        because: 'calendar',
        years,
        dueBefore: row.due_at?.toISOString() ?? null,
        dueAt: recounted.dueAt.toISOString(),
        provisional: recounted.rule.provisional,
      },
    })),
  )
  for (const { row } of changed)
    call.event({ type: 'case.recount', subjectId: row.id, audience: audienceOf(row) })
  return changed.length
}

function clockOf(row: CaseRow): RunningClock | undefined {
  const { clock_rule: rule, clock_start_at: startAt, due_at: dueAt } = row
  if (!rule || !startAt || !dueAt) return undefined
  return {
    startAt,
    dueAt,
    responseDueAt: row.response_due_at,
    pausedMinutes: row.paused_minutes,
    rule: { ...rule, response: rule.response as ClockSpan, finish: rule.finish as ClockSpan },
  }
}

interface Written {
  id: string
  due_at: Date
  response_due_at: Date | null
  clock_rule: unknown
  entry_id: string
  detail: Record<string, string | boolean | null>
}

async function writeChanges({ tx, at, actor }: JobCall, written: readonly Written[]): Promise<void> {
  const json = JSON.stringify(written)
  await tx.run(
    sql`update cases c set due_at = w.due_at, response_due_at = w.response_due_at, clock_rule = w.clock_rule,
        version = c.version + 1
      from jsonb_to_recordset(${json}::jsonb)
        w(id uuid, due_at timestamptz, response_due_at timestamptz, clock_rule jsonb)
      where c.street_id = ${actor.streetId} and c.id = w.id`,
  )
  await tx.run(
    sql`insert into case_entries (street_id, id, case_id, at, act, actor_id, detail)
      select ${actor.streetId}::int, w.entry_id, w.id, ${at}, 'add', ${systemAccountId}::uuid, w.detail
      from jsonb_to_recordset(${json}::jsonb) w(id uuid, entry_id uuid, detail jsonb)`,
  )
}
