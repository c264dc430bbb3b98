/**
 * Who may do what, written down a second time from the rights page alone, so that the policy in code and the proof
 * can not share a mistake. Nothing of the modules' rules or servers is imported here, and nobody should copy from
 * them: when the two disagree, the page decides.
 *
 * Three answers: `yes`, `no`, and `unsaid` where the page does not decide; for those the proof only tells what the
 * system does, and still looks for what leaks.
 */
import type { Role } from '../lib/contract.ts'

export type Say = 'yes' | 'no' | 'unsaid'

/** Where a case lies, seen from the post of the person. */
export const relations = [
  'own',
  'ancestor',
  'descendant',
  'sibling',
  'another-community',
  'another-street',
] as const
export type Relation = (typeof relations)[number]

export interface Person {
  readonly accountId: string
  readonly role: Role
  readonly street: number
  /** Path of the post's area; null for a post in an organisation and for a resident. */
  readonly area: string | null
  readonly organisation: string | null
}

export interface CaseFacts {
  readonly street: number
  readonly area: string
  readonly desk: 'community' | 'street'
  readonly organisation: string | null
  /** Organisations that it is shared with or that were whistled to. */
  readonly shared: readonly string[]
  readonly reporter: string | null
  /** The person it was given to, where it was given to a person's post. */
  readonly holder: string | null
  readonly confidential: boolean
  readonly handledBy: readonly string[]
  readonly handledOrganisations: readonly string[]
  readonly assignedBy: readonly string[]
  /** Who asked, and for what, when something waits for a second person. */
  readonly asked: {
    readonly by: string
    readonly act: 'return' | 'extend' | 'defer' | 'suspend' | 'close'
  } | null
}

const desks: Record<CaseFacts['desk'], readonly Role[]> = {
  community: ['clerk', 'secretary'],
  street: ['dispatcher', 'duty-head'],
}
export const administrators: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']
const gridPeople: readonly Role[] = ['micro-grid-member', 'grid-worker', 'grid-head']
const checkers: readonly Role[] = ['verifier', 'supervisor']
const deskRoles: readonly Role[] = ['clerk', 'secretary', 'dispatcher', 'duty-head']

export const yesIf = (condition: boolean): Say => (condition ? 'yes' : 'no')

function liesUnder(path: string, area: string | null): boolean {
  return area !== null && (path === area || path.startsWith(`${area}.`))
}

/** The rows of the second wall: street, and area or organisation or reporter; tasks given to a person count as theirs. */
export function rowVisible(person: Person, one: CaseFacts): boolean {
  if (person.street !== one.street) return false
  return (
    liesUnder(one.area, person.area) ||
    (person.organisation !== null &&
      (one.organisation === person.organisation || one.shared.includes(person.organisation))) ||
    one.reporter === person.accountId ||
    one.holder === person.accountId
  )
}

/** What a person sees of a case: all of it, only that it is there and where it stands, or nothing. */
export function sees(person: Person, one: CaseFacts): 'all' | 'figures' | 'nothing' {
  if (!rowVisible(person, one)) return 'nothing'
  if (one.reporter === person.accountId) return 'all'
  if (administrators.includes(person.role)) return 'nothing'
  return person.role === 'viewer' ? 'figures' : 'all'
}

/**
 * Sees it through the post, and not only because they reported it or it was given to them: an act is done under a
 * post that permits it, and a post permits nothing outside its scope.
 */
function inScope(person: Person, one: CaseFacts): boolean {
  return sees(person, { ...one, reporter: null, holder: null }) === 'all'
}

/** Whether the reporter's clear contact may be shown, with a reason. */
function maySeeContact(person: Person, one: CaseFacts): Say {
  if (!inScope(person, one) && !holds(person, one)) return 'no'
  switch (person.role) {
    case 'resident':
    case 'micro-grid-member':
    case 'viewer':
    case 'system-admin':
    case 'security-admin':
    case 'audit-admin':
      return 'no'
    case 'grid-worker':
    case 'grid-head':
      return yesIf(holds(person, one))
    case 'handler':
    case 'organisation-lead':
      return yesIf(!one.confidential)
    default:
      return 'yes'
  }
}

/** The resident's own contact is theirs to read; everybody else gets it only through `unmask`. */
export function ownContact(person: Person, one: CaseFacts): boolean {
  return one.reporter === person.accountId
}

function atDesk(person: Person, one: CaseFacts): boolean {
  return (
    person.street === one.street && desks[one.desk].includes(person.role) && liesUnder(one.area, person.area)
  )
}

function holds(person: Person, one: CaseFacts): boolean {
  if (person.street !== one.street) return false
  if (one.holder !== null) return one.holder === person.accountId
  return person.organisation !== null && one.organisation === person.organisation
}

function isReporter(person: Person, one: CaseFacts): boolean {
  return one.reporter === person.accountId && person.street === one.street
}

function handled(person: Person, one: CaseFacts): boolean {
  return (
    one.handledBy.includes(person.accountId) ||
    (person.organisation !== null && one.handledOrganisations.includes(person.organisation))
  )
}

/** Asked ≠ approved. A return is settled at the desk, a longer time by supervisor or duty-head. */
function maySettle(person: Person, one: CaseFacts): Say {
  if (!one.asked || !inScope(person, one) || one.asked.by === person.accountId) return 'no'
  if (one.asked.act === 'return') return yesIf(atDesk(person, one))
  if (one.asked.act === 'close') {
    // An unsolved close needs "a second person"; whether a duty-head or a verifier may be it the page does not say.
    if (person.role === 'duty-head' || person.role === 'verifier') return 'unsaid'
    return yesIf(person.role === 'supervisor' && !handled(person, one))
  }
  return yesIf(person.role === 'supervisor' || person.role === 'duty-head')
}

/** May this person do the act on this case, the case being in a state that the act begins from? */
type CaseRule = (person: Person, one: CaseFacts) => Say

const desk: CaseRule = (person, one) => yesIf(atDesk(person, one))
const holder: CaseRule = (person, one) => yesIf(holds(person, one))
const holderOrDesk: CaseRule = (person, one) => yesIf(holds(person, one) || atDesk(person, one))
const reporter: CaseRule = (person, one) => yesIf(isReporter(person, one))
const unsaidIfSeen: CaseRule = (person, one) => (sees(person, one) === 'all' ? 'unsaid' : 'no')

/** Operations on one case, by name. */
export const caseRows: Readonly<Record<string, CaseRule>> = {
  'cases.getCase': (person, one) => {
    const seen = sees(person, one)
    return seen === 'figures' ? 'unsaid' : yesIf(seen === 'all')
  },
  'cases.fileOfCase': (person, one) => yesIf(sees(person, one) === 'all'),
  'cases.suggestForCase': (person, one) =>
    sees(person, one) !== 'all' || person.role === 'resident' ? 'no' : atDesk(person, one) ? 'yes' : 'unsaid',
  // A help for whoever writes to the resident; the page does not name it. Off in the proof, so it refuses all who see it.
  'cases.draftWords': (person, one) =>
    sees(person, one) !== 'all' || person.role === 'resident' ? 'no' : 'unsaid',
  // A help for whoever writes to the resident, filled with what they may see anyway.
  'cases.listFilledTemplates': (person, one) =>
    sees(person, one) !== 'all' || person.role === 'resident' ? 'no' : 'unsaid',
  // Nothing was done yet in the proof: whoever sees the case hears that there is nothing to take back (decision 0047).
  'cases.undoCase': (person, one) =>
    [...deskRoles, ...checkers, 'grid-worker', 'grid-head'].includes(person.role)
      ? unsaidIfSeen(person, one)
      : 'no',
  'cases.unmaskReporter': maySeeContact,
  // The page does not name `add`: a reporter adds to their own; what staff may add it leaves open.
  'cases.addToCase': (person, one) => (isReporter(person, one) ? 'yes' : unsaidIfSeen(person, one)),
  'cases.acceptCase': desk,
  'cases.answerNow': desk,
  'cases.declineCase': desk,
  'cases.mergeCase': desk,
  'cases.splitCase': desk,
  // Moves a case up from the community desk; whether a grid worker may ask for it the page leaves open.
  'cases.escalateCase': (person, one) =>
    gridPeople.includes(person.role)
      ? unsaidIfSeen(person, one)
      : yesIf(one.desk === 'community' && atDesk(person, one)),
  'cases.sendDownCase': (person, one) => yesIf(one.desk === 'street' && atDesk(person, one)),
  'cases.assignCase': desk,
  'cases.takeCase': holder,
  'cases.returnCase': holder,
  'cases.handOnCase': (person, one) => yesIf(person.role === 'organisation-lead' && holds(person, one)),
  'cases.contactResident': holderOrDesk,
  'cases.submitResult': holderOrDesk,
  'cases.printOrder': holderOrDesk,
  'cases.solveOnSpot': (person, one) => yesIf(gridPeople.includes(person.role) && inScope(person, one)),
  'cases.draftAnswer': holderOrDesk,
  'cases.checkCase': (person, one) =>
    yesIf(checkers.includes(person.role) && inScope(person, one) && !handled(person, one)),
  'cases.rateCase': reporter,
  'cases.closeCase': (person, one) =>
    yesIf(
      checkers.includes(person.role) &&
        inScope(person, one) &&
        !handled(person, one) &&
        !one.assignedBy.includes(person.accountId),
    ),
  'cases.reopenCase': (person, one) =>
    isReporter(person, one)
      ? 'yes'
      : yesIf(person.role !== 'resident' && (inScope(person, one) || holds(person, one))),
  'cases.extendCase': holder,
  'cases.deferCase': holder,
  'cases.suspendCase': holder,
  // Ends a pause early; the page names only who asks for one and who approves it.
  'cases.resumeCase': (person, one) =>
    holds(person, one) || person.role === 'supervisor' || person.role === 'duty-head'
      ? unsaidIfSeen(person, one)
      : 'no',
  'cases.approveRequest': maySettle,
  'cases.refuseRequest': maySettle,
  // "desk / supervisor" stands beside "remind / supervise": it can be read as either for a supervisor who reminds.
  // The page names no slip: its code opens progress alone, and only staff who may print one at all get it.
  'cases.printSlip': (person, one) =>
    ['clerk', 'secretary', 'dispatcher', 'duty-head', 'grid-worker', 'grid-head'].includes(person.role)
      ? unsaidIfSeen(person, one)
      : 'no',
  'cases.remindHolder': (person, one) =>
    person.role === 'supervisor' && inScope(person, one) ? 'unsaid' : desk(person, one),
  // 我来处理: of staff of the place who see the case; a call has to be under way.
  'cases.answerCall': (person, one) =>
    ['resident', 'micro-grid-member', 'handler', 'organisation-lead'].includes(person.role)
      ? 'no'
      : unsaidIfSeen(person, one),
  // The page does not list it; taking an order back is the reverse of giving it (decision 0010).
  'cases.recallCase': desk,
  // What is done with those above: the desk's and the street centre's business; checkers may record what they said.
  'cases.returnUpstream': (person, one) =>
    atDesk(person, one) ? 'yes' : deskRoles.includes(person.role) ? unsaidIfSeen(person, one) : 'no',
  'cases.settleUpstream': (person, one) =>
    atDesk(person, one) ? 'yes' : deskRoles.includes(person.role) ? unsaidIfSeen(person, one) : 'no',
  'cases.replyUpstream': (person, one) =>
    [...deskRoles, ...checkers].includes(person.role) ? unsaidIfSeen(person, one) : 'no',
  'cases.rateUpstream': (person, one) =>
    [...deskRoles, ...checkers].includes(person.role) ? unsaidIfSeen(person, one) : 'no',
  'cases.listSimilarOrders': (person, one) =>
    [...deskRoles, ...checkers].includes(person.role) ? unsaidIfSeen(person, one) : 'no',
  'cases.getReplyText': (person, one) =>
    [...deskRoles, ...checkers].includes(person.role) ? unsaidIfSeen(person, one) : 'no',
  // Grid head and up, wherever their post sees the case.
  'cases.raiseWhistle': (person, one) =>
    ['grid-head', ...deskRoles, 'supervisor'].includes(person.role) ? yesIf(inScope(person, one)) : 'no',
  // Objecting belongs to whoever holds it for an organisation; the page names neither act (decision 0030).
  'cases.disputeDuty': (person, one) =>
    ['handler', 'organisation-lead'].includes(person.role) ? holder(person, one) : 'no',
  // A named person decides; who that is stands on the case and not on the page.
  'cases.adjudicateDuty': (person, one) =>
    person.role === 'supervisor' || person.role === 'duty-head' ? unsaidIfSeen(person, one) : 'no',
  // Written down at the desk or in a call-back, by nobody who handled it (decision 0042).
  'cases.recordRating': (person, one) =>
    yesIf(
      (atDesk(person, one) || (checkers.includes(person.role) && inScope(person, one))) &&
        !handled(person, one),
    ),
  'cases.findUnreasonable': holderOrDesk,
  // Nothing is flagged in the proof: whoever sees the case hears that nothing waits.
  'cases.settleCallBack': (person, one) =>
    checkers.includes(person.role) ? unsaidIfSeen(person, one) : 'no',
  // Duty tasks of a grid (decision 0041): done by whoever was given them, called off at the desk.
  'cases.finishTask': holder,
  'cases.callOffTask': desk,
  // Petitions (decision 0040): received at any desk, passed on by the street's, answered by whoever was asked.
  'cases.registerPetition': desk,
  'cases.passPetition': (person, one) => yesIf(one.desk === 'street' && atDesk(person, one)),
  'cases.noticePetition': (person, one) =>
    yesIf(holds(person, one) || (one.desk === 'street' && atDesk(person, one))),
  'cases.extendPetition': (person, one) =>
    yesIf(holds(person, one) || (one.desk === 'street' && atDesk(person, one))),
  'cases.settlePetition': (person, one) =>
    yesIf(holds(person, one) || (one.desk === 'street' && atDesk(person, one))),
  // The paper shows what the case shows, and only to whoever reads its texts.
  'cases.printPetition': (person, one) => yesIf(sees(person, one) === 'all'),
  'cases.superviseCase': (person, one) => yesIf(person.role === 'supervisor' && inScope(person, one)),
}
