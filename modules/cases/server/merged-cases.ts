/** What happens to a parent is told to every case merged into it: each petitioner has an answer and a rating of their own. */
import { sql } from 'kysely'
import type { OperationContract } from '../../../lib/contract.ts'
import { systemAccountId } from '../../../platform/actor.ts'
import type { Call } from '../../../platform/operation.ts'
import type { CaseRow } from './case-row.ts'
import { type Acting, audienceOf } from './perform-act.ts'
import { tellOfAnswers } from './tell-people.ts'

/** Runs as the system, for a merged case may lie in another community than its parent. How many were answered. */
export async function answerMergedCases<C extends OperationContract>(
  call: Call<C>,
  { row: parent, names }: Pick<Acting, 'row' | 'names'>,
  answer: string,
): Promise<number> {
  const children = await call.asSystem(names.areas.root.path, () => answerChildren(call, parent, answer))
  tellOfAnswers(call, names.people, children)
  return children.length
}

async function answerChildren<C extends OperationContract>(
  call: Call<C>,
  parent: CaseRow,
  answer: string,
): Promise<CaseRow[]> {
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
  return children
}

/** Whether somebody else's case is answered with this one; asked as the system, for it may lie elsewhere. */
export function hasMergedCases(
  call: Pick<Call<OperationContract>, 'tx' | 'asSystem'>,
  { street_id, id }: CaseRow,
  streetPath: string,
): Promise<boolean> {
  return call.asSystem(streetPath, async () => {
    const found = await call.tx.maybe(
      sql`select 1 from cases where street_id = ${street_id} and parent_case_id = ${id} and state = 'merged' limit 1`,
    )
    return found !== undefined
  })
}

/** The cases merged into one that is itself merged go with it, or nobody would ever answer them. Which they were. */
export async function handOnMergedCases<C extends OperationContract>(
  call: Call<C>,
  { row, names }: Pick<Acting, 'row' | 'names'>,
  parent: CaseRow,
): Promise<string[]> {
  const moved = await call.asSystem(names.areas.root.path, () =>
    call.tx.many(
      sql<{ id: string }>`update cases set parent_case_id = ${parent.id}, version = version + 1
        where street_id = ${row.street_id} and parent_case_id = ${row.id} and state = 'merged' returning id`,
    ),
  )
  return moved.map(({ id }) => id)
}

/** Of the cases that went with a merge that is taken back, those that are still there come back with it. */
export async function takeBackMergedCases<C extends OperationContract>(
  call: Call<C>,
  streetPath: string,
  { row, parentId, moved }: { row: CaseRow; parentId: string; moved: readonly string[] },
): Promise<void> {
  if (moved.length === 0) return
  await call.asSystem(streetPath, () =>
    call.tx.run(
      sql`update cases set parent_case_id = ${row.id}, version = version + 1
        where street_id = ${row.street_id} and id = any(${[...moved]}::uuid[]) and parent_case_id = ${parentId}
          and state = 'merged'`,
    ),
  )
}
