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
const administrators: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']
const gridPeople: readonly Role[] = ['micro-grid-member', 'grid-worker', 'grid-head']
const checkers: readonly Role[] = ['verifier', 'supervisor']
const deskRoles: readonly Role[] = ['clerk', 'secretary', 'dispatcher', 'duty-head']

const yesIf = (condition: boolean): Say => (condition ? 'yes' : 'no')

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
  'cases.superviseCase': (person, one) => yesIf(person.role === 'supervisor' && inScope(person, one)),
}

/** May this person call an operation that names no case? `foreign`: its subject lies in another street. */
type StreetRule = (person: Person, foreign: boolean) => Say

const anyone: StreetRule = () => 'yes'
/** What lies open to everybody in the street, and nothing of another street. */
const everybody: StreetRule = (_, foreign) => yesIf(!foreign)
const staff: StreetRule = (person, foreign) => yesIf(person.role !== 'resident' && !foreign)
const only =
  (...roles: readonly Role[]): StreetRule =>
  (person, foreign) =>
    yesIf(roles.includes(person.role) && !foreign)

/** These roles, wherever their post reaches the meeting or area that the proof asks about. */
const meetingOfStreet =
  (...roles: readonly Role[]): StreetRule =>
  (person, foreign) =>
    foreign || !roles.includes(person.role) ? 'no' : 'unsaid'

/** rights.md gives settings to the system administrator; whoever plans the street's work may read what counts. */
const settingReaders = only('system-admin', 'secretary', 'dispatcher', 'duty-head', 'supervisor')

/** Nobody outside these roles; within them which desk it is decides, and the page does not say. */
const desksAlone =
  (...roles: readonly Role[]): StreetRule =>
  (person, foreign) =>
    roles.includes(person.role) && !foreign ? 'unsaid' : 'no'
const whoStands: readonly Role[] = [
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
]

/** In the area of the post and of nobody else; which area it is the probe does not vary. */
const gatherings = desksAlone(
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
)
const listReaders = desksAlone(...whoStands)

const listBringers = [
  'system-admin',
  'security-admin',
  'secretary',
  'duty-head',
  'dispatcher',
  'clerk',
] as const

/** Operations that name no case, by name. */
export const streetRows: Readonly<Record<string, StreetRule>> = {
  // Lists come in by whoever keeps what they hold; the staff list by two of the three administrators together.
  'sheets.listSheetKinds': only(...listBringers),
  'sheets.emptySheet': only(...listBringers),
  'sheets.createBatch': only(...listBringers),
  'sheets.listBatches': only(...listBringers),
  // Batches that are not there, or not theirs.
  'sheets.getBatch': () => 'no',
  'sheets.setMatching': () => 'no',
  'sheets.checkBatch': () => 'no',
  'sheets.confirmBatch': () => 'no',
  'sheets.undoBatch': () => 'no',
  'sheets.discardBatch': () => 'no',
  'sheets.takePasswords': () => 'no',
  'sheets.batchReport': () => 'no',
  'sheets.listListKinds': staff,
  'sheets.listTemplates': staff,
  'sheets.addTemplate': only('system-admin'),
  'sheets.removeTemplate': () => 'no',
  'sheets.sampleTemplate': only('system-admin'),
  'sheets.exportList': () => 'no',
  'accounts.signIn': anyone,
  'accounts.requestResidentCode': anyone,
  'accounts.signInResident': anyone,
  'accounts.getDemoNote': anyone,
  'accounts.getSession': everybody,
  'accounts.signOut': everybody,
  'accounts.beginTotp': staff,
  'accounts.confirmTotp': staff,
  'accounts.changePassword': staff,
  'accounts.listOrganisations': everybody,
  // Its phone and address are for printed orders: staff's business, and no resident's.
  'accounts.getOrganisation': staff,
  'accounts.createOrganisation': only('system-admin'),
  'accounts.changeOrganisation': only('system-admin'),
  'accounts.setOrganisationActive': only('system-admin'),
  'accounts.listOwnSessions': everybody,
  // Of a session that is not theirs.
  'accounts.endOwnSession': () => 'no',
  'accounts.endOtherSessions': everybody,
  'accounts.listAccounts': only('security-admin'),
  'accounts.createAccount': only('security-admin'),
  'accounts.setAccountDisabled': only('security-admin'),
  'accounts.resetPassword': only('security-admin'),
  'accounts.resetSecondFactor': only('security-admin'),
  'accounts.appointPost': only('security-admin'),
  // Of handlers of another organisation: their own lead and who keeps posts. The page names no other head of theirs.
  'accounts.setLeave': only('security-admin'),
  'accounts.listStandIns': only('security-admin'),
  // A leave that is not there: everybody hears the same.
  'accounts.endLeave': () => 'no',
  'accounts.endPost': only('security-admin'),
  // People in posts: theirs to keep who keeps posts; colleagues must find each other; residents have no list of staff.
  'accounts.listPosts': (person) =>
    person.role === 'resident'
      ? 'no'
      : ['viewer', 'system-admin', 'audit-admin'].includes(person.role)
        ? 'unsaid'
        : 'yes',
  'accounts.listAudit': only('audit-admin'),
  // The roster (decision 0013): it hangs on the wall for staff; run by duty head and supervisor, at a community by its
  // secretary. The rights page knows no roster, so what lies inside the desks' roles is left unsaid.
  'accounts.listDesks': staff,
  'accounts.getDutyNow': staff,
  'accounts.getMyDuty': staff,
  'accounts.getRoster': staff,
  'accounts.exportRoster': staff,
  'accounts.putShifts': desksAlone('secretary', 'duty-head', 'supervisor'),
  'accounts.repeatShifts': desksAlone('secretary', 'duty-head', 'supervisor'),
  'accounts.removeShift': desksAlone('secretary', 'duty-head', 'supervisor'),
  'accounts.putShiftKinds': desksAlone('duty-head', 'supervisor'),
  'accounts.putCallChain': desksAlone('secretary', 'duty-head', 'supervisor'),
  'accounts.settleSwap': desksAlone('secretary', 'duty-head', 'supervisor'),
  'accounts.listSwaps': desksAlone(...whoStands),
  'accounts.askSwap': desksAlone(...whoStands),
  'accounts.answerSwap': desksAlone(...whoStands),
  'accounts.listHandoverNotes': desksAlone(...whoStands),
  'accounts.writeHandoverNote': desksAlone(...whoStands),
  'accounts.readHandoverNote': desksAlone(...whoStands),
  'accounts.getCallChain': desksAlone(...whoStands),
  'cases.listCallRuns': desksAlone(...whoStands),
  // What a colleague's post holds, as far as one sees the cases; the page names no hand-over.
  'cases.getOpenWork': () => 'unsaid',
  'cases.listHandOvers': () => 'unsaid',
  'cases.listCalendar': staff,
  'cases.getCalendarYear': staff,
  'cases.checkNotice': only('system-admin'),
  'cases.importNotice': only('system-admin'),
  'cases.undoCalendarImport': only('system-admin'),
  // Names and times of who sends orders, no order: open to staff. Orders hold texts and contacts: the street centre's.
  'cases.listUpstreamSources': staff,
  'cases.putUpstreamSource': only('system-admin'),
  'cases.importOrders': only('dispatcher', 'duty-head'),
  'cases.undoOrders': only('dispatcher', 'duty-head'),
  // The street's centre and the secretary of a community; a viewer reads figures and lists without texts. The meeting asked
  // for lies in the whole street, which a secretary or viewer of one community does not reach.
  'command.listMeetings': only('secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer'),
  'command.planMeeting': (person, foreign) =>
    foreign || !['secretary', 'dispatcher', 'duty-head', 'supervisor'].includes(person.role)
      ? 'no'
      : 'unsaid',
  'command.getMeeting': meetingOfStreet('secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer'),
  'command.decideOnCase': meetingOfStreet('supervisor'),
  'command.holdMeeting': meetingOfStreet('secretary', 'dispatcher', 'duty-head', 'supervisor'),
  'command.keepMinutes': meetingOfStreet('secretary', 'dispatcher', 'duty-head', 'supervisor'),
  'command.exportMeeting': meetingOfStreet('secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer'),
  'command.listTemplates': only('secretary', 'dispatcher', 'duty-head', 'supervisor', 'system-admin'),
  'command.getTemplate': only('secretary', 'dispatcher', 'duty-head', 'supervisor', 'system-admin'),
  'command.putTemplate': only('system-admin'),
  'command.getSolvedWhere': meetingOfStreet('secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer'),
  // A figure of an area by who runs it or keeps the registers; the area asked about may lie elsewhere.
  'command.giveAreaFigure': meetingOfStreet('system-admin', 'secretary', 'duty-head'),
  'settings.listSettings': settingReaders,
  'settings.getSetting': settingReaders,
  'settings.changeSetting': only('system-admin'),
  'settings.resetSetting': only('system-admin'),
  'settings.undoChange': only('system-admin'),
  'settings.getWords': everybody,
  // A file belongs to nothing yet; what may be sent and what reads it later is asked elsewhere.
  'files.uploadFile': everybody,
  // Everybody may listen; of what they hear is what they may see.
  'events.stream': everybody,
  'areas.listAreas': everybody,
  'areas.getArea': everybody,
  'areas.listAreaLevels': everybody,
  'areas.getBoundaries': everybody,
  'areas.locate': everybody,
  'areas.listBuildings': everybody,
  // One's own inbox; whoever it is for is who asks.
  'messages.listInbox': everybody,
  'messages.countUnread': everybody,
  'messages.markRead': everybody,
  // Who was told what, by post: for those who read cases. A subject of another street has nothing told here.
  'messages.listToldAbout': (person, foreign) =>
    person.role === 'resident' || person.role === 'viewer' || administrators.includes(person.role)
      ? 'no'
      : foreign
        ? 'unsaid'
        : 'yes',
  // Calls are a desk's: clerk and secretary, dispatcher and duty head.
  'messages.listPhoneTasks': (person) =>
    yesIf(['clerk', 'secretary', 'dispatcher', 'duty-head'].includes(person.role)),
  'messages.settlePhoneTask': only('clerk', 'secretary', 'dispatcher', 'duty-head'),
  // Signed by the gateway, not by a person; number and code of a slip, not a sign-in.
  'messages.takeReceipt': anyone,
  'cases.querySlip': anyone,
  'cases.listMatters': everybody,
  'cases.listDutyRules': (person) => (person.role === 'resident' ? 'unsaid' : 'yes'),
  'cases.exportMatters': (person) => (person.role === 'resident' ? 'unsaid' : 'yes'),
  'cases.importMatters': only('system-admin'),
  // A resident for themselves, any staff role with an area; the page is silent on those who read no cases.
  'cases.fileCase': (person) => {
    if (person.role === 'resident') return 'yes'
    if (administrators.includes(person.role) || person.role === 'viewer') return 'unsaid'
    return yesIf(person.area !== null)
  },
  'cases.listCases': (person) => (administrators.includes(person.role) ? 'unsaid' : 'yes'),
  'cases.exportCases': (person) =>
    person.role === 'resident' || administrators.includes(person.role) ? 'unsaid' : 'yes',
  'cases.countCases': (person) => (administrators.includes(person.role) ? 'unsaid' : 'yes'),
  // 走访与会议 (decision 0019): any staff role with an area files, and a gathering is many filings in the area of a post.
  'cases.recordGathering': gatherings,
  'cases.suggestForNeed': gatherings,
  // Of a gathering that is not there: everybody hears the same.
  'cases.addNeeds': () => 'no',
  'cases.correctGathering': () => 'no',
  'cases.getGathering': () => 'no',
  'cases.getReplySheet': () => 'no',
  'cases.listGatherings': gatherings,
  // 三单: figures and lines of the cases that one may read anyway; publishing is the community's own.
  'cases.getThreeLists': listReaders,
  'cases.exportThreeLists': listReaders,
  'cases.getPublicSummary': listReaders,
  'cases.writePublicSummary': desksAlone('clerk', 'secretary', 'dispatcher', 'duty-head'),
  'cases.publishSummary': desksAlone('clerk', 'secretary'),
  'cases.withdrawSummary': desksAlone('clerk', 'secretary'),
  'cases.getPublicList': anyone,
  // A phone is a contact: never for those who never see one.
  'cases.searchCases': (person) => {
    if (['resident', 'micro-grid-member', 'viewer', ...administrators].includes(person.role)) return 'no'
    return ['grid-worker', 'grid-head', 'handler', 'organisation-lead'].includes(person.role)
      ? 'unsaid'
      : 'yes'
  },
}
