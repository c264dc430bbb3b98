/** The door of the sheets module. */
import type { ServerModule } from '../../../platform/server-module.ts'
import { addTemplate, createBatch, refusals } from '../contract.ts'
import { words } from '../messages.ts'
import { undoHours } from '../settings.ts'
import { templateRoutes } from './add-template.ts'
import { batchReport } from './batch-report.ts'
import { checkBatch } from './check-batch.ts'
import { confirmBatch } from './confirm-batch.ts'
import { discardBatch } from './discard-batch.ts'
import { emptySheet } from './empty-sheet.ts'
import { exportList, sampleTemplate } from './export-list.ts'
import { getBatch } from './get-batch.ts'
import { listBatches } from './list-batches.ts'
import { listSheetKinds } from './list-sheet-kinds.ts'
import { listListKinds, listTemplates, removeTemplate } from './list-templates.ts'
import { setMatching } from './set-matching.ts'
import { takePasswords } from './take-passwords.ts'
import { undoBatch } from './undo-batch.ts'
import { batchRoutes } from './upload-batch.ts'

export { sheetsJobs } from './jobs.ts'

export const sheetsModule: ServerModule = {
  name: 'sheets',
  operations: [
    listSheetKinds,
    emptySheet,
    listBatches,
    getBatch,
    setMatching,
    checkBatch,
    confirmBatch,
    undoBatch,
    discardBatch,
    takePasswords,
    batchReport,
    listListKinds,
    listTemplates,
    removeTemplate,
    sampleTemplate,
    exportList,
  ],
  rawOperations: [
    { contract: createBatch, takes: 'multipart/form-data' },
    { contract: addTemplate, takes: 'multipart/form-data' },
  ],
  refusals,
  words,
  settings: [undoHours],
  routes: (app, http) => {
    batchRoutes(app, http)
    templateRoutes(app, http)
  },
}
