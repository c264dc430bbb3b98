/** The jobs of sheets: a chunk at a time, what stood still goes on, what is no longer needed is forgotten. */

import type { JobCall, JobModule } from '../../../platform/jobs.ts'
import { keptSince } from '../../../platform/jobs-clean-up.ts'
import { advanceBatch } from './advance-batch.ts'
import { batchesStandingStill, batchesToForget, changeBatch, deleteContent } from './batch-store.ts'

const standsStillMs = 60_000

/** A worker that was killed left its batch where the last chunk ended. */
async function resumeBatches({ tx, actor, at, job }: JobCall): Promise<void> {
  const ids = await batchesStandingStill(tx, actor.streetId, new Date(at.getTime() - standsStillMs))
  for (const batchId of ids) job({ task: 'sheets.advanceBatch', payload: { batchId }, runAt: at })
}

// Rule: personal information law, article 19: no longer than the purpose needs; the purpose is undo.
async function forgetBatches({ tx, actor, at, audit }: JobCall): Promise<void> {
  const ids = await batchesToForget(tx, actor.streetId, at, await keptSince(tx, 'sheet-rows', at))
  if (ids.length === 0) return
  await deleteContent(tx, actor.streetId, ids)
  for (const id of ids) await changeBatch(tx, actor.streetId, id, { forgottenAt: at })
  audit({ subjectType: 'sheet-batch', detail: { batches: ids } })
}

export const sheetsJobs: JobModule = {
  name: 'sheets',
  jobs: [
    { task: 'sheets.advanceBatch', scope: 'street', run: advanceBatch },
    { task: 'sheets.resumeBatches', scope: 'street', everyMinutes: 1, run: resumeBatches },
    { task: 'sheets.forgetBatches', scope: 'street', everyMinutes: 60, run: forgetBatches },
  ],
}
