import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { changeBatch, deleteContent, findBatch, lockBatch } from './batch-store.ts'
import { batchViews } from './batch-view.ts'
import { kindOfBatch } from './sheet-kinds.ts'

/** What is not put in is not kept. */
export const discardBatch = operation(contract.discardBatch, async (call) => {
  const { tx, actor, at, params, services } = call
  const { batch } = kindOfBatch(actor, await lockBatch(tx, actor.streetId, params.id))
  if (batch.state !== 'uploaded' && batch.state !== 'checked') throw new Refusal('sheets/wrong-state')
  await deleteContent(tx, actor.streetId, [batch.id])
  await changeBatch(tx, actor.streetId, batch.id, { state: 'discarded', forgottenAt: at })
  call.audit({ subjectType: 'sheet-batch', subjectId: batch.id, detail: { kind: batch.kind } })
  const changed = await findBatch(tx, actor.streetId, batch.id)
  const [view] = await batchViews({ tx, keys: services.keys, actor, at }, changed ? [changed] : [])
  if (view === undefined) throw new Error('the batch is gone')
  return view
})
