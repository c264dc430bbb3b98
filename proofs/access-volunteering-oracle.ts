/** What the access oracle says of people and volunteering; see access-oracle.ts for how it is written. */
import type { Role } from '../lib/contract.ts'
import { type Person, type Say, yesIf } from './access-oracle.ts'

type Rule = (person: Person, foreign: boolean) => Say

/** What lies open to everybody in the street, and nothing of another street. */
const everybody: Rule = (_, foreign) => yesIf(!foreign)
/** These roles and nobody else; within them the area of the post decides, which the page leaves to the desk. */
const desksAlone =
  (...roles: readonly Role[]): Rule =>
  (person, foreign) =>
    roles.includes(person.role) && !foreign ? 'unsaid' : 'no'
/** Of something that is not there: everybody hears the same. */
const nobody: Rule = () => 'no'

/** The register of people is the community desk's and the street centre's; administrators hold no people. */
const keepers = desksAlone('clerk', 'secretary', 'dispatcher', 'duty-head')

const watchers = desksAlone('clerk', 'secretary', 'dispatcher', 'duty-head', 'verifier', 'supervisor')

/** Of a group, activity, shift, record, check, need, wish or certificate that is not there. */
const ofNoneRows = [
  'changeGroup',
  'listMembers',
  'setMember',
  'putSkill',
  'recordTraining',
  'openActivity',
  'cancelActivity',
  'getActivity',
  'signUp',
  'signUpSeries',
  'withdraw',
  'listSignUps',
  'getSiteCode',
  'arrive',
  'leave',
  'endForOthers',
  'evaluateActivity',
  'recordSheet',
  'listSheets',
  'getSheetPhoto',
  'objectToHours',
  'settleObjection',
  'noteCall',
  'settlePattern',
  'actOnNeed',
  'finishNeed',
  'evaluateNeed',
  'publishWish',
  'claimWish',
  'fulfilWish',
  'confirmWish',
  'withdrawWish',
  'issueCertificate',
  'revokeCertificate',
  'printCertificate',
] as const

export const volunteeringRows: Readonly<Record<string, Rule>> = {
  'people.registerPerson': keepers,
  'people.findPeople': keepers,
  'people.getPerson': nobody,
  'people.correctPerson': nobody,
  'people.unmaskPerson': nobody,
  'people.giveConsent': nobody,
  'people.withdrawConsent': nobody,
  // One's own record; whose it is is who asks.
  'people.getMyself': everybody,
  'people.registerMyself': everybody,
  // Of whoever is in the register, which the proof varies not.
  'people.listReadsOfMe': () => 'unsaid',
  // What is offered lies open to everybody of the street.
  'volunteering.getChoices': everybody,
  'volunteering.listGroups': everybody,
  'volunteering.listSeries': everybody,
  'volunteering.listActivities': everybody,
  'volunteering.listWishes': everybody,
  'volunteering.getFestivalCalendar': everybody,
  // One's own service, one's own notice, needs and papers; whose they are is who asks.
  'volunteering.getMyService': everybody,
  'volunteering.listNotice': everybody,
  'volunteering.listNeeds': everybody,
  'volunteering.listCertificates': everybody,
  // Whoever is in the register, which the proof varies not.
  'volunteering.joinAsVolunteer': () => 'unsaid',
  'volunteering.makeCalendarLink': () => 'unsaid',
  'volunteering.askHelp': () => 'unsaid',
  'volunteering.makeWish': everybody,
  'volunteering.askCertificate': () => 'unsaid',
  // Rows that are not there are answered one by one, by name.
  'volunteering.confirmHours': everybody,
  // Run by the community's desk and the street's centre in their areas.
  'volunteering.createGroup': keepers,
  'volunteering.createSeries': keepers,
  'volunteering.listVolunteers': keepers,
  'volunteering.planActivity': keepers,
  'volunteering.enterHours': keepers,
  'volunteering.addVolunteer': keepers,
  'volunteering.listSessions': watchers,
  'volunteering.lookForPatterns': watchers,
  'volunteering.listPatterns': watchers,
  // Without a sign-in: number and code, or a secret address.
  'volunteering.checkCertificate': () => 'unsaid',
  'volunteering.getCalendar': nobody,
  ...Object.fromEntries(ofNoneRows.map((name) => [`volunteering.${name}`, nobody])),
}
