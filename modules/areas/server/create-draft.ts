import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { findDraft, insertDraft } from './draft-store.ts'
import { draftView, getDraftRow } from './draft-view.ts'

export const createDraft = operation(contract.createDraft, async (call) => {
  const { tx, actor, at, body } = call
  const id = body.id ?? call.newId()
  if (await findDraft(tx, actor.streetId, id))
    throw new Refusal('platform/invalid-input', { errors: [{ path: '/body/id', message: 'is taken' }] })
  await insertDraft(
    tx,
    actor.streetId,
    { id, name: body.name, baseOn: dayOf(at) },
    { by: actor.accountId, at },
  )
  call.audit({ subjectType: 'area-draft', subjectId: id, detail: { name: body.name } })
  return draftView(await getDraftRow(call, id))
})
