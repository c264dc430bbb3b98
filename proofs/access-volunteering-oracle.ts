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
}
