import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { dropDraftAreas, putDraftAreas, touchDraft } from './draft-store.ts'
import { draftView, getDraftRow, holdOpenDraft } from './draft-view.ts'

/** What is drawn may be half done: only putting it in force asks whether it holds together. */
export const saveDraft = operation(contract.saveDraft, async (call) => {
  const { tx, actor, at, params, body } = call
  const draft = await holdOpenDraft(call, params.id, body.version)
  if (body.drop.length > 0) await dropDraftAreas(tx, actor.streetId, draft.id, body.drop)
  if (body.put.length > 0) await putDraftAreas(tx, actor.streetId, draft.id, body.put)
  await touchDraft(tx, actor.streetId, draft.id, body.name ?? null, { by: actor.accountId, at })
  call.audit({
    subjectType: 'area-draft',
    subjectId: draft.id,
    detail: { put: body.put.length, drop: body.drop.length },
  })
  return draftView(await getDraftRow(call, draft.id))
})
