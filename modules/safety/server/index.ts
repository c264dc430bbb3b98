/** The door of safety. */
import type { JobModule } from '../../../platform/jobs.ts'
import type { ServerModule } from '../../../platform/server-module.ts'
import { refusals } from '../contract.ts'
import { words } from '../messages.ts'
import { safetySettings } from '../settings.ts'
import {
  getSignedPaper,
  recordCourtStep,
  recordPerformance,
  signAgreement,
  writeAgreement,
} from './agreements.ts'
import {
  createCampaign,
  endCampaign,
  exportLedger,
  getLedger,
  listCampaigns,
  putHazard,
} from './campaigns.ts'
import { getSafetyChoices } from './get-choices.ts'
import { endMediation, moveUp, noteToPolice, putOffMediation, recordSession } from './hold-mediation.ts'
import { askMediation, getCaseLinks, listMediationRequests, mediateRequest } from './mediate-request.ts'
import { listMediators, putMediator } from './mediators.ts'
import { planSession, recordConsent, setMediators, wishMediator } from './prepare-mediation.ts'
import { printAgreement } from './print-agreement.ts'
import { handOverViolation, measureViolation, putViolation } from './put-violation.ts'
import {
  exportMediations,
  getMediation,
  listMediations,
  openMyMediations,
  unmaskParty,
} from './read-mediations.ts'
import { registerMediation } from './register-mediation.ts'
import { remindMediations } from './remind-mediations.ts'
import { exportViolations, getEvidence, getViolation, listViolations } from './violations.ts'

export { insertCampaign, putHazardRow } from './campaign-store.ts'
export { sealFacts, sealParty } from './mediation-seal.ts'
export { insertMediation, putMediatorRow } from './mediation-store.ts'
export { phoneOfParty } from './remind-mediations.ts'
export { putViolationRow } from './violation-store.ts'

export const safetyModule: ServerModule = {
  name: 'safety',
  operations: [
    getSafetyChoices,
    registerMediation,
    listMediations,
    exportMediations,
    getMediation,
    openMyMediations,
    recordConsent,
    wishMediator,
    setMediators,
    planSession,
    recordSession,
    moveUp,
    putOffMediation,
    writeAgreement,
    signAgreement,
    recordPerformance,
    recordCourtStep,
    noteToPolice,
    endMediation,
    unmaskParty,
    printAgreement,
    getSignedPaper,
    listMediators,
    putMediator,
    listCampaigns,
    createCampaign,
    endCampaign,
    getLedger,
    exportLedger,
    putHazard,
    listViolations,
    exportViolations,
    getViolation,
    putViolation,
    measureViolation,
    handOverViolation,
    getEvidence,
    getCaseLinks,
    askMediation,
    listMediationRequests,
    mediateRequest,
  ],
  refusals,
  words,
  settings: safetySettings,
}

export const safetyJobs: JobModule = {
  name: 'safety',
  jobs: [{ task: 'safety.remindMediations', scope: 'street', everyMinutes: 60, run: remindMediations }],
}
