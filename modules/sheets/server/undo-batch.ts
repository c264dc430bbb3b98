import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { changeBatch, findBatch, lockBatch } from './batch-store.ts'
import { batchDetail } from './batch-view.ts'
import { kindOfBatch, mayConfirm } from './sheet-kinds.ts'

/** Backwards, newest row first, by the same job that puts rows in. */
export const undoBatch = operation(contract.undoBatch, async (call) => {
  const { tx, actor, at, params, services } = call
  const { streetId } = actor
  const { batch, kind } = kindOfBatch(actor, await lockBatch(tx, streetId, params.id))
  if (!mayConfirm(actor, kind)) throw new Refusal('sheets/another-confirms')
  if (batch.state !== 'applied') throw new Refusal('sheets/wrong-state')
  if (batch.undoUntil === null || at >= batch.undoUntil) throw new Refusal('sheets/too-late')
  if (batch.forgottenAt !== null) throw new Refusal('sheets/gone')
  await changeBatch(tx, streetId, batch.id, {
    state: 'undoing',
    undone: { by: actor.accountId, at },
    progress: { at, done: 0, total: batch.counts.added + batch.counts.changed },
  })
  call.audit({ subjectType: 'sheet-batch', subjectId: batch.id, detail: { kind: batch.kind } })
  call.job({ task: 'sheets.advanceBatch', payload: { batchId: batch.id }, runAt: at })
  const changed = await findBatch(tx, streetId, batch.id)
  if (changed === undefined) throw new Error('the batch is gone')
  return batchDetail({ tx, keys: services.keys, actor, at }, changed, kind)
})
