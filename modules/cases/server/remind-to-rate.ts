/** Each hour: answers that nobody rated and that close by themselves within two days. Their reporters are told once. */
import { sql } from 'kysely'
import { dayMs } from '../../../lib/time.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { closeAfterDays } from '../settings.ts'
import type { CaseRow } from './case-row.ts'
import { tellToRate } from './tell-people.ts'

const daysBefore = 2
const batch = 500

/** The same cases that close-expired.ts would close, a little earlier. A period of two days or less has no reminder. */
export async function remindToRate(call: JobCall): Promise<void> {
  const { tx, at, actor } = call
  const days = await readSetting(tx, actor.streetId, closeAfterDays, at)
  if (days <= daysBefore) return
  const ended = new Date(at.getTime() - days * dayMs)
  const soon = new Date(ended.getTime() + daysBefore * dayMs)
  const rows = await tx.many(
    sql<CaseRow & { rate_by: Date }>`with told as (
        insert into case_notices (street_id, case_id, notice, round, due_at, at)
        select c.street_id, c.id, 'rating-ends', c.reopen_count, c.answered_at + make_interval(days => ${days}), ${at}
        from cases c
        where c.street_id = ${actor.streetId} and c.state = 'answered' and c.answered_at <= ${soon}
          and c.answered_at > ${ended} and c.rating is null and c.outcome is distinct from 'unsolved'
          and c.pending_approval is null and c.channel <> 'import' and c.outside_rating is null
          and not exists (select from case_notices n where n.street_id = c.street_id and n.case_id = c.id
            and n.notice = 'rating-ends' and n.round = c.reopen_count)
        order by c.answered_at limit ${batch}
        on conflict do nothing returning case_id, due_at)
      select c.*, told.due_at as rate_by from told join cases c on c.street_id = ${actor.streetId} and c.id = told.case_id`,
  )
  await tellToRate(call, rows)
}
