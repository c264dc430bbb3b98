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
import { actOnNeed, askHelp, evaluateNeed, finishNeed, listNeeds } from './needs.ts'
import { arrive, endForOthers, getSiteCode, leave } from './on-site.ts'
import { listPatterns, lookForPatterns, noteCall, settlePattern } from './pattern-checks.ts'
import { recordSheet } from './record-sheet.ts'
import { listSignUps, signUp, withdraw } from './sign-up.ts'
import { addVolunteer, joinAsVolunteer, listVolunteers, putSkill, recordTraining } from './volunteers.ts'
import { claimWish, confirmWish, fulfilWish, listWishes, makeWish, publishWish } from './wishes.ts'

export { countShift, insertActivity, openRow as openActivityRow, putSignUp } from './activity-store.ts'
export { insertGroup, insertSeries, putMember } from './group-store.ts'
export { insertNeed, insertWish } from './need-store.ts'
export { enterRows, insertEvidence, insertSession } from './session-store.ts'
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
    withdraw,
    listSignUps,
    getSiteCode,
    arrive,
    leave,
    endForOthers,
    evaluateActivity,
    recordSheet,
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
