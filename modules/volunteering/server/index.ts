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
import { getFestivalCalendar } from './festival-calendar.ts'
import { evaluateNeed, finishNeed } from './finish-need.ts'
import {
  changeGroup,
  createGroup,
  createSeries,
  getChoices,
  listGroups,
  listMembers,
  listSeries,
  setMember,
} from './groups.ts'
import { lookForPatterns } from './look-for-patterns.ts'
import { getCalendar, getMyService, makeCalendarLink } from './my-service.ts'
import { actOnNeed, askHelp, listNeeds } from './needs.ts'
import { arrive, endForOthers, getSiteCode, leave } from './on-site.ts'
import { listPatterns, noteCall, settlePattern } from './pattern-checks.ts'
import { getSheetPhoto, listSheets } from './read-sheet.ts'
import { recordSheet } from './record-sheet.ts'
import { listSignUps, signUp, withdraw } from './sign-up.ts'
import { signUpSeries } from './sign-up-series.ts'
import { addVolunteer, joinAsVolunteer, listVolunteers, putSkill, recordTraining } from './volunteers.ts'
import {
  claimWish,
  confirmWish,
  fulfilWish,
  listWishes,
  makeWish,
  publishWish,
  withdrawWish,
} from './wishes.ts'

export { insertActivity, openRow as openActivityRow } from './activity-store.ts'
export { awardFor } from './award-for.ts'
export { insertAsked } from './certificate-store.ts'
export { insertEvidence } from './evidence-store.ts'
export { insertGroup, insertSeries, putMember } from './group-store.ts'
export { volunteeringJobs } from './jobs.ts'
export { lookThrough } from './look-for-patterns.ts'
export {
  changeWish,
  insertNeed,
  insertWish,
  lockWish,
  setEvaluation,
  setTaker,
} from './need-store.ts'
export { enterRows, findSession, insertSession } from './session-store.ts'
export { countShift, putSignUp } from './sign-up-store.ts'
export { insertVolunteer } from './volunteer-store.ts'

export const volunteeringModule: ServerModule = {
  name: 'volunteering',
  operations: [
    getChoices,
    listGroups,
    createGroup,
    changeGroup,
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
    getFestivalCalendar,
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
    withdrawWish,
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
