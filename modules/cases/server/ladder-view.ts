/** The ladder of one case as staff see it: what its clock has given, and what comes when. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { LadderStepView } from '../contract.ts'
import { dueSoonAt } from '../rules/clock.ts'
import { rungAt } from '../rules/ladder.ts'
import { type LadderStep, rungs } from '../words.ts'
import type { CaseRow } from './case-row.ts'
import type { Seen } from './seen-of.ts'
import { laddersOf } from './street-clocks.ts'

const underWay = new Set(['accepted', 'assigned', 'in-progress', 'result-submitted'])

/** Empty for a resident and for a case whose finish clock does not run. */
export async function ladderOf(tx: Tx, row: CaseRow, seen: Seen): Promise<LadderStepView[]> {
  const { due_at: due, clock_start_at: start } = row
  if (seen.actor.kind !== 'staff' || due === null || start === null || row.suspended_until !== null) return []
  if (!underWay.has(row.state)) return []
  const ladder = (await laddersOf(tx, row.street_id, seen.at))[row.urgency]
  const taken = await tx.many(
    sql<{ notice: LadderStep; at: Date }>`select notice, at from case_notices
      where street_id = ${row.street_id} and case_id = ${row.id} and round = ${row.reopen_count} and due_at = ${due}`,
  )
  const planned: [LadderStep, Date | undefined][] = [
    ['due-soon', dueSoonAt(due, start, seen.dueSoon)],
    ['overdue', due],
    ...rungs.map((rung): [LadderStep, Date | undefined] => [rung, rungAt(due, ladder[rung], seen.calendar)]),
  ]
  return planned.flatMap(([step, at]) =>
    at === undefined
      ? []
      : [
          {
            step,
            at: at.toISOString(),
            takenAt: taken.find(({ notice }) => notice === step)?.at.toISOString() ?? null,
          },
        ],
  )
}
