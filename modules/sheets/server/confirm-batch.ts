import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { leaveOutBadRows } from './batch-row-store.ts'
import { changeBatch, findBatch, lockBatch } from './batch-store.ts'
import { batchDetail } from './batch-view.ts'
import { kindOfBatch, mayConfirm } from './sheet-kinds.ts'

/** The rows go in by a job, chunk by chunk: a browser that closes or a server that stops changes nothing. */
export const confirmBatch = operation(contract.confirmBatch, async (call) => {
  const { tx, actor, at, body, params, services } = call
  const { streetId } = actor
  const { batch, kind } = kindOfBatch(actor, await lockBatch(tx, streetId, params.id))
  if (!mayConfirm(actor, kind)) throw new Refusal('sheets/another-confirms')
  if (batch.state !== 'checked') throw new Refusal('sheets/wrong-state')
  if (batch.forgottenAt !== null) throw new Refusal('sheets/gone')
  const total = batch.counts.add + batch.counts.change
  if (batch.counts.bad > 0 && !body.leaveOutBad) throw new Refusal('sheets/has-faults')
  if (total === 0) throw new Refusal('sheets/nothing-to-do')
  await leaveOutBadRows(tx, streetId, batch.id)
  await changeBatch(tx, streetId, batch.id, {
    state: 'applying',
    confirmed: { by: actor.accountId, at, leaveOutBad: body.leaveOutBad },
    progress: { at, done: 0, total },
  })
  call.audit({
    subjectType: 'sheet-batch',
    subjectId: batch.id,
    detail: { kind: batch.kind, rows: total, leftOut: batch.counts.bad },
  })
  call.job({ task: 'sheets.advanceBatch', payload: { batchId: batch.id }, runAt: at })
  const confirmed = await findBatch(tx, streetId, batch.id)
  if (confirmed === undefined) throw new Error('the batch is gone')
  return batchDetail({ tx, keys: services.keys, actor, at }, confirmed, kind)
})
