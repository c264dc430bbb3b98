/** What the access oracle says of operations that name no case; see access-oracle.ts for how it is written. */
import type { Role } from '../lib/contract.ts'
import { bulkRows } from './access-bulk-oracle.ts'
import { draftRows } from './access-draft-oracle.ts'
import { groundRows } from './access-ground-oracle.ts'
import { memberRows } from './access-member-oracle.ts'
import { administrators, type Person, type Say, yesIf } from './access-oracle.ts'
import { pointsRows } from './access-points-oracle.ts'
import { safetyRows } from './access-safety-oracle.ts'
import { volunteeringRows } from './access-volunteering-oracle.ts'

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

const dutyReaders: readonly Role[] = [
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
  'handler',
  'organisation-lead',
]

/** In the area of the post and of nobody else; which area it is the probe does not vary. */
/** Whoever works with people and may come to see harm: everybody but administrators, viewers and residents. */
const meetsPeople = ({ role }: Person): boolean =>
  role !== 'resident' && role !== 'viewer' && !administrators.includes(role)
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
  ...volunteeringRows,
  ...safetyRows,
  ...draftRows,
  ...bulkRows,
  ...memberRows,
  ...groundRows,
  ...pointsRows,
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
  // Rule: places of open cases are for whoever answers for a community or the street.
  'cases.listCasePoints': (person, foreign) =>
    yesIf(['clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor'].includes(person.role) && !foreign),
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
  // rights.md: settings and backups are the system administrator's, and with them how the machine fares.
  'settings.seeInstallation': only('system-admin'),
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
  'cases.listWhistles': desksAlone('grid-head', ...dutyReaders),
  // Whistles and tasks that are not there, or not theirs.
  'cases.arriveAtWhistle': () => 'no',
  'cases.giveWhistleTask': () => 'no',
  'cases.finishWhistleTask': () => 'no',
  'cases.judgeWhistleTask': () => 'no',
  'cases.rateWhistleCall': () => 'no',
  'cases.releaseWhistle': () => 'no',
  // Whoever gives out or takes orders reads what was decided about duty; cases among them are within their sight.
  // 强制报告: of everybody who works with people; a report of another is in sight of supervising posts alone.
  'cases.reportHarm': (person, foreign) => yesIf(!foreign && meetsPeople(person)),
  'cases.listHarmReports': (person) => yesIf(meetsPeople(person)),
  'cases.openHarmReport': () => 'no',
  'cases.addToHarmReport': () => 'no',
  'cases.releaseHarmCase': () => 'no',
  // Signed by number and code of a slip, not by a person.
  'cases.rateByCode': anyone,
  'cases.listCallBacks': desksAlone('verifier', 'supervisor'),
  'cases.getTrust': desksAlone('clerk', 'secretary', 'dispatcher', 'duty-head', 'verifier', 'supervisor'),
  // Figures as the meeting has them, and for the desk of a community; the area asked about may lie elsewhere.
  'cases.getFigures': meetingOfStreet(
    'clerk',
    'secretary',
    'dispatcher',
    'duty-head',
    'supervisor',
    'viewer',
  ),
  'cases.exportFigures': meetingOfStreet(
    'clerk',
    'secretary',
    'dispatcher',
    'duty-head',
    'supervisor',
    'viewer',
  ),
  // Tasks for grids within the desk's own area; the area asked about may lie elsewhere.
  'cases.giveTasks': desksAlone('clerk', 'secretary', 'dispatcher', 'duty-head'),
  'cases.listTasks': desksAlone(
    'micro-grid-member',
    'grid-worker',
    'grid-head',
    'clerk',
    'secretary',
    'dispatcher',
    'duty-head',
    'supervisor',
  ),
  'cases.listPetitions': desksAlone('clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor'),
  'cases.listDisputes': desksAlone(...dutyReaders),
  'cases.listPrecedents': desksAlone(...dutyReaders),
  'cases.listFallbacks': desksAlone(...dutyReaders),
  'cases.setFallback': desksAlone('duty-head', 'supervisor'),
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
  // Published words and nothing of anybody's case; for whoever is about to say something.
  'cases.listNearCases': (person, foreign) => yesIf(person.role === 'resident' && !foreign),
  'cases.listClusters': desksAlone('clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor'),
  'cases.listHotMatters': desksAlone('clerk', 'secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer'),
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
