/** The door of the cases module. */
import type { ServerModule } from '../../../platform/server-module.ts'
import { refusals } from '../contract.ts'
import { words } from '../messages.ts'
import { caseSettings } from '../settings.ts'
import { acceptCase } from './accept-case.ts'
import { addToCase } from './add-to-case.ts'
import { answerCall, listCallRuns } from './answer-call.ts'
import { answerNow } from './answer-now.ts'
import { deferCase, extendCase, returnCase, suspendCase } from './ask-approval.ts'
import { assignCase } from './assign-case.ts'
import { checkCase } from './check-case.ts'
import { closeCase } from './close-case.ts'
import { contactResident } from './contact-resident.ts'
import { countCases } from './count-cases.ts'
import { declineCase } from './decline-case.ts'
import { draftAnswer } from './draft-answer.ts'
import { escalateCase } from './escalate-case.ts'
import { exportCases } from './export-cases.ts'
import { exportMatters } from './export-matters.ts'
import { fileCase } from './file-case.ts'
import { fileRoutes } from './file-of-case.ts'
import { getCase } from './get-case.ts'
import { handOnCase } from './hand-on-case.ts'
import { matterImportRoutes } from './import-matters.ts'
import { importNotice, undoImport } from './import-notice.ts'
import { listCases } from './list-cases.ts'
import { listDutyRules } from './list-duty-rules.ts'
import { listMatters } from './list-matters.ts'
import { mergeCase } from './merge-case.ts'
import { printSlip } from './print-slip.ts'
import { querySlip } from './query-slip.ts'
import { rateCase } from './rate-case.ts'
import { checkNotice, getCalendarYear, listCalendar } from './read-calendar.ts'
import { reopenCase } from './reopen-case.ts'
import { resumeCase } from './resume-case.ts'
import { searchCases } from './search-cases.ts'
import { sendDownCase } from './send-down-case.ts'
import { approveRequest, refuseRequest } from './settle-approval.ts'
import { solveOnSpot } from './solve-on-spot.ts'
import { splitCase } from './split-case.ts'
import { submitResult } from './submit-result.ts'
import { suggestForCase } from './suggest-for-case.ts'
import { takeCase } from './take-case.ts'
import { unmaskReporter } from './unmask-reporter.ts'
import { remindHolder, superviseCase } from './urge-case.ts'

export type { CaseRow } from './case-row.ts'
export type { NewEntry } from './case-store.ts'
export { factsOf } from './case-view.ts'
export {
  noteStreetExport,
  type StreetCaseRecord,
  streetCaseColumns,
  streetCases,
} from './export-street-cases.ts'
export { freshCase } from './fresh-case.ts'
export { importRequests, type RequestsImport } from './import-requests.ts'
export { type RequestMapping, requestFields } from './import-requests-read.ts'
export { caseNumber, insertCases, takeCaseNumbers, type WholeCase } from './insert-cases.ts'
export { insertCatalogue } from './insert-catalogue.ts'
export { casesJobs } from './jobs.ts'
export { phoneOfReporter } from './phone-of-reporter.ts'

export const casesModule: ServerModule = {
  name: 'cases',
  operations: [
    listCallRuns,
    answerCall,
    listMatters,
    listDutyRules,
    exportMatters,
    listCalendar,
    getCalendarYear,
    checkNotice,
    importNotice,
    undoImport,
    fileCase,
    listCases,
    exportCases,
    getCase,
    countCases,
    acceptCase,
    addToCase,
    answerNow,
    declineCase,
    mergeCase,
    splitCase,
    escalateCase,
    sendDownCase,
    assignCase,
    takeCase,
    returnCase,
    extendCase,
    deferCase,
    suspendCase,
    approveRequest,
    refuseRequest,
    handOnCase,
    contactResident,
    submitResult,
    solveOnSpot,
    draftAnswer,
    checkCase,
    rateCase,
    closeCase,
    reopenCase,
    resumeCase,
    remindHolder,
    superviseCase,
    unmaskReporter,
    printSlip,
    querySlip,
    searchCases,
    suggestForCase,
  ],
  refusals,
  words,
  settings: caseSettings,
  routes: (app, http) => {
    fileRoutes(app, http)
    matterImportRoutes(app, http)
  },
}
