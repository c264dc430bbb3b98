/** A resident joins a case that others brought: filed in their own words, merged by the system, answered and rated on its own. */
import { systemAccountId } from '../../../platform/actor.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { fileCase } from '../contract.ts'
import { mergeRefusal } from '../rules/merge-target.ts'
import { mayBePublic } from '../rules/public-summary.ts'
import type { CaseRow } from './case-row.ts'
import { changeCase, lockCase } from './case-store.ts'
import type { Names } from './names.ts'
import { publishedOf } from './public-summary-store.ts'

/**
 * Only what stands in public may be joined: the same words that the resident was shown. The desk may split it again.
 * @throws Refusal `cases/merge-target-wrong` when it no longer is open or public
 */
export async function joinCase(
  call: Call<typeof fileCase>,
  row: CaseRow,
  parentId: string,
  names: Names,
): Promise<CaseRow> {
  const { tx, at, actor } = call
  return call.asSystem(names.areas.root.path, async () => {
    const parent = await lockCase(tx, actor.streetId, parentId)
    const matter = parent?.matter_id ? names.matters.byId.get(parent.matter_id) : undefined
    const child = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
    const published = parent && (await publishedOf(tx, actor.streetId, [parent.id])).has(parent.id)
    const isPublic =
      parent !== undefined &&
      mayBePublic({
        state: parent.state,
        confidential: parent.confidential,
        matter: matter ? { isPublic: matter.is_public, sensitive: matter.sensitive } : null,
      })
    const why = mergeRefusal(
      // What the resident tapped as the class of it yields to what they joined.
      { id: row.id, matter: child && matter && child.code === matter.code ? child : null },
      parent && {
        id: parent.id,
        state: parent.state,
        matter: matter ? { ...matter, isPublic: matter.is_public } : null,
      },
    )
    if (!parent || !published || !isPublic || why) throw new Refusal('cases/merge-target-wrong')
    const { row: after } = await changeCase(
      tx,
      row,
      {
        state: 'merged',
        parent_case_id: parent.id,
        matter_id: parent.matter_id,
        kind: row.kind ?? parent.kind,
        ...(parent.answered_at === null ? {} : { answer: parent.answer, answered_at: at }),
      },
      [
        {
          id: call.newId(),
          at,
          act: 'merge',
          actor_id: systemAccountId,
          post_id: null,
          from_state: 'pending',
          to_state: 'merged',
          words: null,
          detail: { joined: true },
          file_ids: [],
          internal: false,
        },
      ],
    )
    call.audit({ subjectType: 'case', subjectId: row.id, detail: { act: 'merge', joined: true } })
    return after
  })
}
