/** The door of the points module: its operations, and the ledger for other modules. */
import type { ServerModule } from '../../../platform/server-module.ts'
import { words } from '../messages.ts'
import { refusals } from '../refusals.ts'
import { pointSettings } from '../settings.ts'
import { approveRun } from './approve-run.ts'
import { askApproval, listRequests, settleRequest } from './ask-approval.ts'
import { freezeRun, getRun, listRuns } from './freeze-run.ts'
import { getAccount } from './get-account.ts'
import { checkLedger, getLedger } from './get-ledger.ts'
import {
  exportPassbook,
  getPassbook,
  getPassbookOf,
  giveHours,
  givePoints,
  printPassbook,
  printPassbookOf,
} from './get-passbook.ts'
import { exportShop, getShop } from './get-shop.ts'
import { getSponsor } from './get-sponsor.ts'
import { checkHonour, listHonours, printHonour } from './honours.ts'
import { listAccounts } from './list-accounts.ts'
import { listPartners } from './list-partners.ts'
import { listRules } from './list-rules.ts'
import { cancelRun, listNotices, noticeRun, objectToRun, settleObjection } from './notice-run.ts'
import { sendOffline, takeOfflineList } from './offline-list.ts'
import { getOrganisationBook } from './organisation-book.ts'
import { printVouchers } from './print-vouchers.ts'
import { checkVoucher, redeemVoucher, returnVoucher } from './take-voucher.ts'

export { type AwardAsked, type AwardMade, awardPoints, bankMinutes } from './award-points.ts'
export { beginRun } from './begin-run.ts'
export { issueVouchers } from './issue-vouchers.ts'
export { pointsJobs } from './jobs.ts'
export {
  type AccountKey,
  balanceOf,
  openAccount,
  postReserved,
  postTransfer,
  reserveTransfer,
  voidReserved,
} from './ledger.ts'
export {
  accountsOf,
  balancesOf,
  foldBalances,
  ledgerDifferences,
  newestCheck as newestLedgerCheck,
} from './ledger-store.ts'

export { quarterList } from './quarter-list.ts'
export { applyAsk } from './request-acts.ts'
export { insertRequest, settleRow } from './request-store.ts'
export { beginNotice, findRun, keepApproval, linesOf } from './run-store.ts'
export { spendVoucher } from './take-voucher.ts'
export { vouchersOfRun } from './voucher-store.ts'
export { yearList } from './year-list.ts'

export const pointsModule: ServerModule = {
  name: 'points',
  operations: [
    listAccounts,
    getAccount,
    getLedger,
    checkLedger,
    askApproval,
    listRequests,
    settleRequest,
    listRules,
    listPartners,
    listRuns,
    freezeRun,
    getRun,
    noticeRun,
    cancelRun,
    approveRun,
    settleObjection,
    listNotices,
    objectToRun,
    printVouchers,
    checkVoucher,
    redeemVoucher,
    returnVoucher,
    takeOfflineList,
    sendOffline,
    getShop,
    exportShop,
    getSponsor,
    getPassbook,
    givePoints,
    giveHours,
    printPassbook,
    exportPassbook,
    getPassbookOf,
    printPassbookOf,
    listHonours,
    printHonour,
    checkHonour,
    getOrganisationBook,
  ],
  settings: pointSettings,
  refusals,
  words,
}
