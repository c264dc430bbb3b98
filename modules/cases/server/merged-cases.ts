/** What happens to a parent is told to every case merged into it: each petitioner has an answer and a rating of their own. */
import { sql } from 'kysely'
import type { OperationContract } from '../../../lib/contract.ts'
import { systemAccountId } from '../../../platform/actor.ts'
import type { Call } from '../../../platform/operation.ts'
import type { CaseRow } from './case-row.ts'
import { audienceOf } from './perform-act.ts'

/** Runs as the system, for a merged case may lie in another community than its parent. */
export async function answerMergedCases<C extends OperationContract>(
  call: Call<C>,
  parent: CaseRow,
  answer: string,
): Promise<void> {
  const { tx, at } = call
  const children = await tx.many(
    sql<CaseRow>`update cases set answer = ${answer}, answered_at = ${at}, responded_at = coalesce(responded_at, ${at}), version = version + 1
      where street_id = ${parent.street_id} and parent_case_id = ${parent.id} and state = 'merged' returning *`,
  )
  for (const child of children) {
    await tx.run(
      sql`insert into case_entries (street_id, id, case_id, at, act, actor_id, from_state, words, detail)
        values (${parent.street_id}, ${call.newId()}, ${child.id}, ${at}, 'answer', ${systemAccountId}, 'merged', ${answer},
          ${JSON.stringify({ parent: parent.number })})`,
    )
    call.event({ type: 'case.answer', subjectId: child.id, audience: audienceOf(child) })
  }
}
