/** A dispute that its adjudicator left lying: everybody who may decide it then is told, once. */
import { sql } from 'kysely'
import type { JobCall } from '../../../platform/jobs.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { tell } from '../../messages/server/index.ts'
import { adjudicatorsOf } from '../rules/dispute.ts'
import type { CaseRow } from './case-row.ts'

export async function sweepDisputes(call: JobCall): Promise<void> {
  const { tx, at, actor } = call
  const rows = await tx.many(
    sql<CaseRow>`with late as (
        insert into case_notices (street_id, case_id, notice, round, due_at, at)
        select street_id, id, 'dispute-late', reopen_count, (dispute ->> 'decideBy')::timestamptz, ${at}::timestamptz from cases
        where street_id = ${actor.streetId} and dispute is not null and state not in ('closed', 'declined', 'merged') and (dispute ->> 'decideBy')::timestamptz < ${at}
        on conflict do nothing returning case_id)
      select c.* from late join cases c on c.street_id = ${actor.streetId} and c.id = late.case_id`,
  )
  if (rows.length === 0) return
  const { posts } = await postIndex(tx, actor.streetId)
  tell(
    call,
    rows.map((row) => ({
      event: 'case.dispute-late' as const,
      reader: 'desk' as const,
      to: adjudicatorsOf([...posts.values()], row.area, row.assigned_by).map(({ accountId }) => ({
        account: accountId,
      })),
      about: { type: 'case', id: row.id, area: row.area },
      facts: { number: row.number, due: row.dispute?.decideBy ?? at.toISOString() },
      urgency: row.urgency,
      dedupe: row.dispute?.decideBy ?? '',
    })),
  )
}
