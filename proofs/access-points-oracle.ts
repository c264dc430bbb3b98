/**
 * What the access oracle says of points. The rights page knows no ledger; decision 0020 reads it: desks keep the ledger
 * of their community, whoever asked does not approve, a shop sees its own, a person theirs.
 */
import type { Role } from '../lib/contract.ts'
import type { Person, Say } from './access-oracle.ts'

type PointsRule = (person: Person, foreign: boolean) => Say

const keepers: readonly Role[] = ['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor']

/** Nobody outside these roles; within them the subject decides, and the page does not say. */
const desks =
  (...roles: readonly Role[]): PointsRule =>
  (person, foreign) =>
    roles.includes(person.role) && !foreign ? 'unsaid' : 'no'

const everybody: PointsRule = (_, foreign) => (foreign ? 'no' : 'yes')

/** Operations of points, by name. */
export const pointsRows: Readonly<Record<string, PointsRule>> = {
  'points.listAccounts': desks(...keepers),
  // Of an account that is not there: everybody hears the same.
  'points.getAccount': () => 'no',
  'points.getLedger': desks(...keepers, 'viewer'),
  'points.checkLedger': desks('duty-head', 'supervisor'),
  'points.askApproval': desks('clerk', 'secretary', 'dispatcher', 'duty-head'),
  'points.listRequests': desks(...keepers),
  // Of a request, a run, a list or a person that is not there.
  'points.settleRequest': () => 'no',
  'points.getRun': () => 'no',
  'points.noticeRun': () => 'no',
  'points.cancelRun': () => 'no',
  'points.approveRun': () => 'no',
  'points.settleObjection': () => 'no',
  'points.objectToRun': () => 'no',
  'points.printVouchers': () => 'no',
  'points.sendOffline': () => 'no',
  'points.getPassbookOf': () => 'no',
  'points.printPassbookOf': () => 'no',
  'points.printHonour': () => 'no',
  // Whether a number and a code belong together is no matter of roles.
  'points.checkHonour': () => 'unsaid',
  // What one's time earns is open to all of the street.
  'points.listRules': everybody,
  'points.listPartners': desks(...keepers),
  'points.listRuns': desks(...keepers),
  'points.listHonours': desks(...keepers),
  'points.getOrganisationBook': desks('handler', 'organisation-lead', ...keepers),
  'points.freezeRun': desks('clerk', 'secretary'),
  // By the last digits of passbooks, while they are shown.
  'points.listNotices': everybody,
  // A shop is an organisation with an agreement; here none has one.
  'points.checkVoucher': () => 'no',
  'points.redeemVoucher': () => 'no',
  'points.returnVoucher': () => 'no',
  'points.takeOfflineList': () => 'no',
  'points.exportShop': desks('handler', 'organisation-lead', ...keepers),
  // Of an organisation that is no sponsor.
  'points.getSponsor': () => 'no',
  'points.getShop': desks('handler', 'organisation-lead', ...keepers),
  // One's own, of whoever stands in the register of people; whether somebody does is no matter of roles.
  'points.getPassbook': () => 'unsaid',
  'points.givePoints': () => 'unsaid',
  'points.giveHours': () => 'unsaid',
  'points.printPassbook': () => 'unsaid',
  'points.exportPassbook': () => 'unsaid',
}
