import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { noCounts } from './batch-row.ts'
import { replaceRows } from './batch-row-store.ts'
import { changeBatch, findBatch, lockBatch, putPreview } from './batch-store.ts'
import { batchDetail } from './batch-view.ts'
import { decideReading, previewOf, readStoredFile, sealedAt } from './read-batch.ts'
import { kindOfBatch } from './sheet-kinds.ts'

/** What an earlier check found no longer holds, so the batch goes back to its columns. */
export const setMatching = operation(contract.setMatching, async (call) => {
  const { tx, actor, at, body, params, services } = call
  const { batch, kind } = kindOfBatch(actor, await lockBatch(tx, actor.streetId, params.id))
  if (batch.state !== 'uploaded' && batch.state !== 'checked') throw new Refusal('sheets/wrong-state')
  const sheets = await readStoredFile(tx, services.keys, actor.streetId, batch.id)
  const reading = await decideReading(tx, actor.streetId, kind, batch.source, sheets, body)
  await putPreview(
    tx,
    actor.streetId,
    batch.id,
    services.keys.seal(sealedAt.preview(batch.id), JSON.stringify(previewOf(sheets, reading))),
  )
  if (batch.state === 'checked') await replaceRows(tx, actor.streetId, batch.id, [])
  await changeBatch(tx, actor.streetId, batch.id, { state: 'uploaded', reading, counts: noCounts })
  call.audit({ subjectType: 'sheet-batch', subjectId: batch.id })
  const changed = await findBatch(tx, actor.streetId, batch.id)
  if (changed === undefined) throw new Error('the batch is gone')
  return batchDetail({ tx, keys: services.keys, actor, at }, changed, kind)
})
