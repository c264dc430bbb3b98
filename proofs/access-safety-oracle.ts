/** What the access oracle says of public safety; see access-oracle.ts for how it is written. */
import type { Role } from '../lib/contract.ts'
import { type Person, type Say, yesIf } from './access-oracle.ts'

type Rule = (person: Person, foreign: boolean) => Say

/** These roles and nobody else; within them the area of the post decides, which the page leaves to the desk. */
const desksAlone =
  (...roles: readonly Role[]): Rule =>
  (person, foreign) =>
    roles.includes(person.role) && !foreign ? 'unsaid' : 'no'
/** Of something that is not there: everybody hears the same. */
const nobody: Rule = () => 'no'
const everybody: Rule = (_, foreign) => yesIf(!foreign)

const desks = desksAlone('clerk', 'secretary', 'dispatcher', 'duty-head')
/** Desks, and whoever may be on the list of mediators. */
const mediators = desksAlone(
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'verifier',
  'supervisor',
)

/** The ledgers: whoever works with cases reads what lies in their own sight. */
const caseRoles = desksAlone(
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'verifier',
  'supervisor',
  'handler',
  'organisation-lead',
)

/** Of a mediation, campaign or violation that is not there. */
const ofNoneRows = [
  'getMediation',
  'recordConsent',
  'wishMediator',
  'setMediators',
  'planSession',
  'recordSession',
  'moveMediationUp',
  'putOffMediation',
  'writeAgreement',
  'signAgreement',
  'recordPerformance',
  'recordCourtStep',
  'notePoliceReport',
  'endMediation',
  'unmaskParty',
  'printAgreement',
  'getSignedPaper',
  'getLedger',
  'exportLedger',
  'endCampaign',
  'putHazard',
  'getViolation',
  'putViolation',
  'measureViolation',
  'handOverViolation',
  'getEvidence',
  'getCaseLinks',
  'askMediation',
  'mediateRequest',
] as const

export const safetyRows: Readonly<Record<string, Rule>> = {
  'safety.registerMediation': desks,
  'safety.putMediator': desks,
  'safety.listMediations': mediators,
  'safety.listMediators': mediators,
  'safety.exportMediations': desks,
  'safety.listCampaigns': caseRoles,
  'safety.listMediationRequests': desks,
  'safety.listViolations': caseRoles,
  'safety.exportViolations': caseRoles,
  'safety.createCampaign': desks,
  'safety.getSafetyChoices': everybody,
  // One's own as a party; whose they are is who asks.
  'safety.openMyMediations': everybody,
  ...Object.fromEntries(ofNoneRows.map((name) => [`safety.${name}`, nobody])),
}
