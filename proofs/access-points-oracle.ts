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

/** Operations of points, by name. */
export const pointsRows: Readonly<Record<string, PointsRule>> = {
  'points.listAccounts': desks(...keepers),
  // Of an account that is not there: everybody hears the same.
  'points.getAccount': () => 'no',
  'points.getLedger': desks(...keepers, 'viewer'),
  'points.checkLedger': desks('duty-head', 'supervisor'),
}
