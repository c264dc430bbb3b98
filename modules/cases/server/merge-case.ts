import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { mergeRefusal } from '../rules/merge-target.ts'
import type { CaseRow } from './case-row.ts'
import { findCase, lockCase } from './case-store.ts'
import { handOnMergedCases } from './merged-cases.ts'
import { performAct } from './perform-act.ts'

/** 并单: into another open case of the same public matter. The reporter keeps answer and rating of their own. */
export const mergeCase = operation(contract.mergeCase, async (call) => {
  const { tx, actor, params, body } = call
  // Both in one order, so that two cases merged into each other at once end as one merge and no deadlock.
  for (const id of [params.id, body.parentCaseId].sort()) await lockCase(tx, actor.streetId, id)
  return performAct(call, 'merge', async ({ row, names }) => {
    const parent = await findCase(call.tx, row.street_id, call.body.parentCaseId)
    const matterOf = (id: string | null) => (id === null ? null : (names.matters.byId.get(id) ?? null))
    const matter = matterOf(parent?.matter_id ?? null)
    const why = mergeRefusal(
      { id: row.id, matter: matterOf(row.matter_id) },
      parent && {
        id: parent.id,
        state: parent.state,
        matter: matter && { ...matter, isPublic: matter.is_public },
      },
      parent !== undefined && (await cameTwice(call.tx, row, parent)),
    )
    if (why || !parent) throw new Refusal(why ?? 'cases/merge-target-wrong')
    const moved = await handOnMergedCases(call, { row, names }, parent)
    return {
      moved,
      to: 'merged',
      set: {
        parent_case_id: parent.id,
        matter_id: parent.matter_id,
        kind: row.kind ?? parent.kind,
        // A parent that has its answer already has it for this petitioner too.
        ...(parent.answered_at === null ? {} : { answer: parent.answer, answered_at: call.at }),
      },
      words: call.body.words,
      detail: { parent: parent.number },
    }
  })
})

/** Two orders from above with the same number or the same phone: one person's word by two ways. */
async function cameTwice(tx: Tx, row: CaseRow, parent: CaseRow): Promise<boolean> {
  if (row.outside_source === null || parent.outside_source === null) return false
  const found = await tx.maybe(
    sql`select 1 from similar_orders(${row.id}, ${parent.created_at}) s
      where s.case_id = ${parent.id} and s.why in ('same-number', 'same-phone')`,
  )
  return found !== undefined
}
