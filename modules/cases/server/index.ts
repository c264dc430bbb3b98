/** The door of the cases module. */
import type { ServerModule } from '../../../platform/server-module.ts'
import { importMatters, refusals } from '../contract.ts'
import { words } from '../messages.ts'
import { caseSettings } from '../settings.ts'
import { acceptCase } from './accept-case.ts'
import { addToCase } from './add-to-case.ts'
import { adjudicateDuty } from './adjudicate-duty.ts'
import { answerCall, listCallRuns } from './answer-call.ts'
import { answerNow } from './answer-now.ts'
import { deferCase, extendCase, returnCase, suspendCase } from './ask-approval.ts'
import { assignCase } from './assign-case.ts'
import { listCallBacks, settleCallBack } from './call-backs.ts'
import { getCaseBatch, listCaseBatches, startCaseBatch, undoCaseBatch } from './case-batches.ts'
import { caseList } from './case-list-sheet.ts'
import { checkCase } from './check-case.ts'
import { closeCase } from './close-case.ts'
import { listClusters, listHotMatters } from './clusters.ts'
import { contactResident } from './contact-resident.ts'
import { countCases } from './count-cases.ts'
import { declineCase } from './decline-case.ts'
import { disputeDuty } from './dispute-duty.ts'
import { draftAnswer } from './draft-answer.ts'
import { dutyRuleSheet } from './duty-rule-sheet.ts'
import { callOffTask, finishTask, giveTasks, listTasks } from './duty-tasks.ts'
import { escalateCase } from './escalate-case.ts'
import { exportCases } from './export-cases.ts'
import { exportFigures } from './export-figures.ts'
import { exportMatters } from './export-matters.ts'
import { exportThreeLists } from './export-three-lists.ts'
import { fileCase } from './file-case.ts'
import { fileOfCase, fileRoutes } from './file-of-case.ts'
import { findUnreasonable } from './find-unreasonable.ts'
import { getGathering, getReplySheet, listGatherings } from './gathering-read.ts'
import { addNeeds, correctGathering, recordGathering } from './gathering-record.ts'
import { suggestForNeed } from './gathering-suggest.ts'
import { getCase } from './get-case.ts'
import { getFigures } from './get-figures.ts'
import { getReplyText } from './get-reply-text.ts'
import { getTrust } from './get-trust.ts'
import { handOnCase } from './hand-on-case.ts'
import { getOpenWork, listHandOvers } from './hand-overs.ts'
import {
  addToHarmReport,
  listHarmReports,
  openHarmReport,
  releaseHarmCase,
  reportHarm,
} from './harm-reports.ts'
import { matterImportRoutes } from './import-matters.ts'
import { importNotice, undoImport } from './import-notice.ts'
import { importOrders } from './import-orders.ts'
import { listCaseKeys } from './list-case-keys.ts'
import { listCasePoints } from './list-case-points.ts'
import { listCases } from './list-cases.ts'
import { listDutyRules } from './list-duty-rules.ts'
import { listMatters } from './list-matters.ts'
import { listPetitions } from './list-petitions.ts'
import { matterList } from './matter-list-sheet.ts'
import { matterSheet } from './matter-sheet.ts'
import { mergeCase } from './merge-case.ts'
import { listNearCases } from './near-cases.ts'
import {
  extendPetition,
  noticePetition,
  passPetition,
  registerPetition,
  settlePetition,
} from './petition-acts.ts'
import { listDisputes, listFallbacks, listPrecedents, setFallback } from './precedents.ts'
import { printOrder } from './print-order.ts'
import { printPetition } from './print-petition.ts'
import { printSlip } from './print-slip.ts'
import { getPublicList, publicListRoutes } from './public-list.ts'
import { getPublicSummary, publishSummary, withdrawSummary, writePublicSummary } from './public-summary.ts'
import { querySlip } from './query-slip.ts'
import { raiseWhistle } from './raise-whistle.ts'
import { rateByCode } from './rate-by-code.ts'
import { rateCase, recordRating } from './rate-case.ts'
import { checkNotice, getCalendarYear, listCalendar } from './read-calendar.ts'
import { recallCase } from './recall-case.ts'
import { reopenCase } from './reopen-case.ts'
import {
  getReplyTemplate,
  listFilledTemplates,
  listReplyTemplates,
  previewReplyTemplate,
  putReplyTemplate,
} from './reply-templates.ts'
import { resumeCase } from './resume-case.ts'
import { searchCases } from './search-cases.ts'
import { sendDownCase } from './send-down-case.ts'
import { approveRequest, refuseRequest } from './settle-approval.ts'
import { listSimilarOrders } from './similar-orders.ts'
import { solveOnSpot } from './solve-on-spot.ts'
import { splitCase } from './split-case.ts'
import { submitResult } from './submit-result.ts'
import { draftWords } from './suggest-draft.ts'
import { suggestForCase } from './suggest-for-case.ts'
import { takeCase } from './take-case.ts'
import { getThreeLists } from './three-lists.ts'
import { undoCase } from './undo-case.ts'
import { undoOrders } from './undo-orders.ts'
import { unmaskReporter } from './unmask-reporter.ts'
import { rateUpstream, replyUpstream, returnUpstream, settleUpstream } from './upstream-acts.ts'
import { upstreamSheet } from './upstream-sheet.ts'
import { listUpstreamSources, putUpstreamSource } from './upstream-sources.ts'
import { remindHolder, superviseCase } from './urge-case.ts'
import {
  arriveAtWhistle,
  finishWhistleTask,
  giveWhistleTask,
  judgeWhistleTask,
  listWhistles,
  rateWhistleCall,
  releaseWhistle,
} from './whistles.ts'

export { shippedModelPath } from '../seeds/load-text-model.ts'

export { answerBeside, contactForDispute, isPlainRequest } from './answer-beside.ts'
export { type CaseHistory, caseHistory } from './case-history.ts'
export type { CaseRow } from './case-row.ts'
export { findCase, type NewEntry } from './case-store.ts'
export { factsOf } from './case-view.ts'
export { type CasesOnDay, casesOnDay } from './cases-on-day.ts'
export {
  noteStreetExport,
  type StreetCaseRecord,
  streetCaseColumns,
  streetCases,
} from './export-street-cases.ts'
export { recountStreet } from './figure-jobs.ts'
export { countRolled } from './figure-rollups.ts'
export { type CaseStanding, caseStandings, figureCases } from './figure-rows.ts'
export { countFigures, type FigureAsked, type FigureCount } from './figures.ts'
export { foldFigures } from './fold-figures.ts'
export { freshCase } from './fresh-case.ts'
export { importRequests, type RequestsImport } from './import-requests.ts'
export { type RequestMapping, requestFields } from './import-requests-read.ts'
export { caseNumber, insertCases, takeCaseNumbers, type WholeCase } from './insert-cases.ts'
export { insertCatalogue } from './insert-catalogue.ts'
export { casesJobs } from './jobs.ts'
export { linkOfCase } from './link-of-case.ts'
export { namesOf } from './names.ts'
export { phoneOfReporter } from './phone-of-reporter.ts'
export { type Precedent, precedentsFor } from './precedents.ts'
export { keepWhistle } from './raise-whistle.ts'
export {
  type CaseStep,
  type NewSpecialCase,
  openSpecialCase,
  stepSpecialCase,
} from './special-cases.ts'
export {
  fewestCases,
  type ModelUse,
  modelUses,
  type StreetTrained,
  switchModel,
  trainForStreet,
} from './suggest-train.ts'
export {
  insertTemplate as insertReplyTemplate,
  type TemplateRow as ReplyTemplateRow,
} from './template-store.ts'
export { type Supervision, superviseFor } from './urge-case.ts'

/** Lists of this module that come in as tables. */
export const caseSheets = [matterSheet, dutyRuleSheet, upstreamSheet] as const

/** Lists of this module that go out into templates. */
export const caseLists = [caseList, matterList] as const

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
    recordGathering,
    addNeeds,
    correctGathering,
    listGatherings,
    getGathering,
    getReplySheet,
    suggestForNeed,
    getThreeLists,
    exportThreeLists,
    getPublicSummary,
    writePublicSummary,
    publishSummary,
    withdrawSummary,
    getPublicList,
    listCases,
    listCaseKeys,
    startCaseBatch,
    getCaseBatch,
    listCaseBatches,
    undoCaseBatch,
    undoCase,
    listReplyTemplates,
    getReplyTemplate,
    putReplyTemplate,
    previewReplyTemplate,
    listFilledTemplates,
    exportCases,
    getCase,
    countCases,
    getFigures,
    exportFigures,
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
    recallCase,
    contactResident,
    submitResult,
    printOrder,
    getOpenWork,
    listHandOvers,
    listCasePoints,
    solveOnSpot,
    draftAnswer,
    checkCase,
    rateCase,
    closeCase,
    reopenCase,
    resumeCase,
    remindHolder,
    superviseCase,
    disputeDuty,
    adjudicateDuty,
    raiseWhistle,
    listWhistles,
    arriveAtWhistle,
    giveWhistleTask,
    finishWhistleTask,
    judgeWhistleTask,
    rateWhistleCall,
    releaseWhistle,
    listDisputes,
    listPrecedents,
    listFallbacks,
    setFallback,
    unmaskReporter,
    printSlip,
    querySlip,
    searchCases,
    suggestForCase,
    draftWords,
    listNearCases,
    listClusters,
    listHotMatters,
    listUpstreamSources,
    putUpstreamSource,
    importOrders,
    undoOrders,
    listSimilarOrders,
    getReplyText,
    returnUpstream,
    settleUpstream,
    replyUpstream,
    rateUpstream,
    registerPetition,
    passPetition,
    noticePetition,
    extendPetition,
    settlePetition,
    listPetitions,
    printPetition,
    recordRating,
    findUnreasonable,
    rateByCode,
    listCallBacks,
    settleCallBack,
    getTrust,
    giveTasks,
    listTasks,
    finishTask,
    callOffTask,
    reportHarm,
    listHarmReports,
    openHarmReport,
    addToHarmReport,
    releaseHarmCase,
  ],
  refusals,
  words,
  settings: caseSettings,
  rawOperations: [
    { contract: fileOfCase, gives: ['image/jpeg', 'application/pdf'] },
    { contract: importMatters, takes: 'multipart/form-data' },
  ],
  routes: (app, http) => {
    publicListRoutes(app)
    fileRoutes(app, http)
    matterImportRoutes(app, http)
  },
}
