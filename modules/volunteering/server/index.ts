/** The door of volunteering. */
import type { ServerModule } from '../../../platform/server-module.ts'
import { refusals } from '../contract.ts'
import { words } from '../messages.ts'
import { volunteeringSettings } from '../settings.ts'
import {
  cancelActivity,
  evaluateActivity,
  getActivity,
  listActivities,
  openActivity,
  planActivity,
} from './activities.ts'
import {
  askCertificate,
  checkCertificate,
  issueCertificate,
  listCertificates,
  printCertificate,
  revokeCertificate,
} from './certificates.ts'
import { confirmHours, listNotice, listSessions, objectToHours, settleObjection } from './confirm-hours.ts'
import { enterHours } from './enter-hours.ts'
import { evaluateNeed, finishNeed } from './finish-need.ts'
import {
  createGroup,
  createSeries,
  getChoices,
  listGroups,
  listMembers,
  listSeries,
  setMember,
} from './groups.ts'
import { getCalendar, getMyService, makeCalendarLink } from './my-service.ts'
import { actOnNeed, askHelp, listNeeds } from './needs.ts'
import { arrive, endForOthers, getSiteCode, leave } from './on-site.ts'
import { listPatterns, lookForPatterns, noteCall, settlePattern } from './pattern-checks.ts'
import { getSheetPhoto, listSheets } from './read-sheet.ts'
import { recordSheet } from './record-sheet.ts'
import { listSignUps, signUp, withdraw } from './sign-up.ts'
import { signUpSeries } from './sign-up-series.ts'
import { addVolunteer, joinAsVolunteer, listVolunteers, putSkill, recordTraining } from './volunteers.ts'
import { claimWish, confirmWish, fulfilWish, listWishes, makeWish, publishWish } from './wishes.ts'

export { insertActivity, openRow as openActivityRow } from './activity-store.ts'
export { insertEvidence } from './evidence-store.ts'
export { insertGroup, insertSeries, putMember } from './group-store.ts'
export { volunteeringJobs } from './jobs.ts'
export { insertNeed, insertWish } from './need-store.ts'
export { enterRows, insertSession } from './session-store.ts'
export { countShift, putSignUp } from './sign-up-store.ts'
export { insertVolunteer } from './volunteer-store.ts'

export const volunteeringModule: ServerModule = {
  name: 'volunteering',
  operations: [
    getChoices,
    listGroups,
    createGroup,
    listMembers,
    setMember,
    joinAsVolunteer,
    getMyService,
    addVolunteer,
    listVolunteers,
    putSkill,
    recordTraining,
    makeCalendarLink,
    getCalendar,
    listSeries,
    createSeries,
    planActivity,
    openActivity,
    cancelActivity,
    listActivities,
    getActivity,
    signUp,
    signUpSeries,
    withdraw,
    listSignUps,
    getSiteCode,
    arrive,
    leave,
    endForOthers,
    evaluateActivity,
    recordSheet,
    listSheets,
    getSheetPhoto,
    listSessions,
    confirmHours,
    listNotice,
    objectToHours,
    settleObjection,
    enterHours,
    lookForPatterns,
    listPatterns,
    noteCall,
    settlePattern,
    askHelp,
    listNeeds,
    actOnNeed,
    finishNeed,
    evaluateNeed,
    makeWish,
    listWishes,
    publishWish,
    claimWish,
    fulfilWish,
    confirmWish,
    askCertificate,
    issueCertificate,
    revokeCertificate,
    listCertificates,
    printCertificate,
    checkCertificate,
  ],
  refusals,
  words,
  settings: volunteeringSettings,
}
