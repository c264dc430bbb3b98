import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { settleDraft } from './draft-store.ts'
import { draftView, getDraftRow, holdOpenDraft } from './draft-view.ts'

export const giveUpDraft = operation(contract.giveUpDraft, async (call) => {
  const { tx, actor, at, params } = call
  const draft = await holdOpenDraft(call, params.id)
  const end = { state: 'given-up', onDay: null, approval: null } as const
  await settleDraft(tx, actor.streetId, draft.id, end, { by: actor.accountId, at })
  call.audit({ subjectType: 'area-draft', subjectId: draft.id })
  return draftView(await getDraftRow(call, draft.id))
})
