/** The door of accounts: its operations, and what other modules may ask of it. */

import type { ServerModule } from '../../../platform/server-module.ts'
import { refusals } from '../contract.ts'
import { partyWords } from '../member-words.ts'
import { words } from '../messages.ts'
import { dutyDecidesDesk } from '../settings.ts'
import { organisationList, postList } from './account-lists-sheet.ts'
import { appointPost } from './appoint-post.ts'
import { beginTotp } from './begin-totp.ts'
import { changeOrganisation } from './change-organisation.ts'
import { changePassword } from './change-password.ts'
import { confirmTotp } from './confirm-totp.ts'
import { createAccount } from './create-account.ts'
import { createOrganisation } from './create-organisation.ts'
import { getDoorRoster, listOwnCards, setOwnCard } from './door-cards.ts'
import { endLeave } from './end-leave.ts'
import { endPost } from './end-post.ts'
import { getDemoNote } from './get-demo-note.ts'
import { getOrganisation } from './get-organisation.ts'
import { getSession } from './get-session.ts'
import { addKeptItem, endKeptItem, handKeptItem, listKeptItems } from './kept-items.ts'
import { listAccounts } from './list-accounts.ts'
import { listAudit } from './list-audit.ts'
import { listOrganisations } from './list-organisations.ts'
import { listPosts } from './list-posts.ts'
import { listStandIns } from './list-stand-ins.ts'
import { organisationSheet } from './organisation-sheet.ts'
import { endOtherSessions, endOwnSession, listOwnSessions } from './own-sessions.ts'
import { addPartyBody, endPartyBody, listPartyBodies } from './party-bodies.ts'
import {
  appointPartyPost,
  endPartyPost,
  getPlaceRoster,
  listOwnPartyPosts,
  showPartyPost,
} from './party-posts.ts'
import {
  applyToCall,
  listApplications,
  settleApplication,
  takeUpApplication,
  withdrawApplication,
} from './recruit-applications.ts'
import { listRecruitCalls, openRecruitCall } from './recruit-calls.ts'
import { requestResidentCode } from './request-resident-code.ts'
import { resetPassword } from './reset-password.ts'
import { resetSecondFactor } from './reset-second-factor.ts'
import { rosterOperations } from './roster.ts'
import { rosterList } from './roster-list-sheet.ts'
import { setAccountDisabled } from './set-account-disabled.ts'
import { setLeave } from './set-leave.ts'
import { setOrganisationActive } from './set-organisation-active.ts'
import { shiftSheet } from './shift-sheet.ts'
import { signIn } from './sign-in.ts'
import { signInResident } from './sign-in-resident.ts'
import { signOut } from './sign-out.ts'
import { staffSheet } from './staff-sheet.ts'

export { type ChainStep, nextCall } from '../rules/roster-chain.ts'
export {
  checkShiftRows,
  type ShiftRow,
  type ShiftRowsChecked,
  type ShiftToPut,
} from '../rules/roster-rows.ts'
export { dutyDecidesDesk } from '../settings.ts'
export { actorOfAccount } from './actor-of-account.ts'
export { authenticator } from './authenticate.ts'
export { displayNames } from './display-names.ts'
export { insertAccounts, type NewAccount } from './insert-accounts.ts'
export { accountsJobs } from './jobs.ts'
export { accountsWithKnownPassword } from './known-passwords.ts'
export { organisationContact } from './organisation-contact.ts'
export {
  insertOrganisations,
  type NewOrganisation,
  needsApproval,
  type OrganisationRow,
  organisationsInOrder,
} from './organisation-store.ts'
export { insertPartyBody, insertPartyPost } from './party-store.ts'
export { hashPassword, makeOneTimePassword } from './passwords.ts'
export {
  type IndexedOrganisation,
  type IndexedPost,
  organisationNameAt,
  type PostIndex,
  postIndex,
} from './post-index.ts'
export { insertPosts, type NewPost, type PostRow } from './post-store.ts'
export { insertApplication, insertRecruitCall } from './recruit-store.ts'
export { findResidentByPhone, phoneOfAccount, residentContact } from './resident-contact.ts'
export {
  callOrderOf,
  type DeskGap,
  deskIsStaffed,
  dutyOf,
  headsOfDesk,
  insertShifts,
  lastResort,
  noteGaps,
  onDuty,
  rosterGaps,
  shiftRowFacts,
  watchKept,
} from './roster-door.ts'
export { openSession } from './session-store.ts'
export { staffOfAreas } from './staff-of-areas.ts'
export { standInFor } from './stand-ins.ts'

/** Lists of this module that come in as tables. */
export const accountSheets = [organisationSheet, staffSheet, shiftSheet] as const

/** Lists of this module that go out into templates. */
export const accountLists = [organisationList, postList, rosterList] as const

export const accountsModule: ServerModule = {
  name: 'accounts',
  operations: [
    signIn,
    requestResidentCode,
    signInResident,
    getSession,
    signOut,
    beginTotp,
    confirmTotp,
    changePassword,
    listOrganisations,
    getOrganisation,
    createOrganisation,
    changeOrganisation,
    setOrganisationActive,
    listOwnSessions,
    endOwnSession,
    endOtherSessions,
    listAccounts,
    createAccount,
    setAccountDisabled,
    resetPassword,
    resetSecondFactor,
    listPosts,
    appointPost,
    endPost,
    setLeave,
    endLeave,
    listStandIns,
    listAudit,
    getDemoNote,
    ...rosterOperations,
    listPartyBodies,
    addPartyBody,
    endPartyBody,
    appointPartyPost,
    endPartyPost,
    listOwnPartyPosts,
    showPartyPost,
    getPlaceRoster,
    listKeptItems,
    addKeptItem,
    handKeptItem,
    endKeptItem,
    listOwnCards,
    setOwnCard,
    getDoorRoster,
    listRecruitCalls,
    openRecruitCall,
    applyToCall,
    withdrawApplication,
    listApplications,
    settleApplication,
    takeUpApplication,
  ],
  refusals,
  words,
  settings: [dutyDecidesDesk, partyWords],
}
