import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { findBatch } from './batch-store.ts'
import { batchDetail } from './batch-view.ts'
import { kindOfBatch } from './sheet-kinds.ts'

/** The screen asks once a second while a batch is at work: those looks leave no trace. */
export const getBatch = operation(contract.getBatch, async (call) => {
  const { tx, actor, at, params, services } = call
  const { batch, kind } = kindOfBatch(actor, await findBatch(tx, actor.streetId, params.id))
  if (batch.state === 'applying' || batch.state === 'undoing') call.skipAudit()
  return batchDetail({ tx, keys: services.keys, actor, at }, batch, kind)
})
