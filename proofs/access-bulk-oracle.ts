/** What the access oracle says of bulk work and reply templates; see access-oracle.ts for how it is written. */
import type { Role } from '../lib/contract.ts'
import { administrators, type Person, type Say, yesIf } from './access-oracle.ts'

type Rule = (person: Person, foreign: boolean) => Say

/** Desks, who may be on duty for one, and who sends up from the grid: each act asks again for itself. */
export const triages: readonly Role[] = [
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
  'grid-worker',
  'grid-head',
]
/** Whoever writes to residents, or helps to. */
const readsTexts: readonly Role[] = [...triages, 'micro-grid-member', 'handler', 'organisation-lead']
const only =
  (roles: readonly Role[]): Rule =>
  (person, foreign) =>
    yesIf(roles.includes(person.role) && !foreign)
/** Of something that is not there, or not theirs: everybody hears the same. */
const nobody: Rule = () => 'no'

export const bulkRows: Readonly<Record<string, Rule>> = {
  // As the list itself.
  'cases.listCaseKeys': (person) =>
    person.role === 'resident' || administrators.includes(person.role) ? 'unsaid' : 'yes',
  'cases.startCaseBatch': only(triages),
  'cases.getCaseBatch': nobody,
  'cases.listCaseBatches': only(triages),
  'cases.undoCaseBatch': nobody,
  'cases.listReplyTemplates': only(readsTexts),
  'cases.getReplyTemplate': nobody,
  // The street desk keeps them (decision 0047).
  'cases.putReplyTemplate': only(['dispatcher', 'duty-head']),
  // For a case that is not there.
  'cases.previewReplyTemplate': nobody,
}
