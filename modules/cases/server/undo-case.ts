import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { undoRefusal } from '../rules/undo-act.ts'
import { markUndone } from './batch-store.ts'
import { moveInSearch } from './case-list.ts'
import { changeCase, lockCase, type NewEntry } from './case-store.ts'
import { takeBackMergedCases } from './merged-cases.ts'
import { namesOf } from './names.ts'
import { audienceOf, viewOf } from './perform-act.ts'
import { actSettings } from './street-clocks.ts'
import { tellOfAct } from './tell-people.ts'
import { columnsBefore, undoFacts } from './undo-record.ts'

/**
 * 撤回: state, holder and clocks come back as they were, as if nobody had acted. The entries of the act stay, and this
 * one stands after them.
 */
export const undoCase = operation(contract.undoCase, async (call) => {
  const { tx, actor, at, params, body, ifMatch } = call
  const row = await lockCase(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('cases/not-found')
  if (ifMatch !== undefined && ifMatch !== row.version) throw new Refusal('cases/stale-version')
  const { undoWithinMinutes } = await actSettings(tx, actor.streetId, at)
  const { undo } = row
  const why = undoRefusal(undoFacts(undo), {
    accountId: actor.accountId,
    postIds: actor.posts.map(({ id }) => id),
    version: row.version,
    at,
    withinMinutes: undoWithinMinutes,
    batch: body.batchId,
  })
  if (why !== undefined || undo === null) throw new Refusal(why ?? 'cases/nothing-to-undo')
  const names = await namesOf(tx, actor.streetId)
  const before = columnsBefore(undo)
  if (before.area !== undefined && before.area !== row.area) await moveInSearch(tx, row.id, before.area)
  const entry: NewEntry = {
    id: call.newId(),
    at,
    act: 'undo',
    actor_id: actor.accountId,
    post_id: undo.post,
    from_state: row.state,
    to_state: before.state ?? row.state,
    words: null,
    detail: { acts: undo.acts.join(','), inBulk: undo.batch !== null },
    file_ids: [],
    internal: false,
  }
  const after = await changeCase(tx, row, { ...before, undo: null }, [entry])
  if (row.parent_case_id !== null)
    await takeBackMergedCases(call, names.areas.root.path, {
      row,
      parentId: row.parent_case_id,
      moved: undo.moved,
    })
  if (undo.batch !== null) await markUndone(tx, row, undo.batch, at)
  call.audit({
    subjectType: 'case',
    subjectId: row.id,
    postId: undo.post,
    detail: { acts: undo.acts.join(','), from: row.state, to: after.row.state },
  })
  call.event({ type: 'case.undo', subjectId: row.id, audience: audienceOf(after.row, row) })
  // Whoever was told of an order hears that it was taken from them.
  if (undo.acts.includes('assign') && at >= new Date(undo.toldAt))
    await tellOfAct(call, names.people, { act: 'recall', before: row, after: after.row })
  return viewOf(call, after.row, after.parts, names)
})
