/** What the access oracle says of the party tree and of recruiting; see access-oracle.ts for how it is written. */
import type { Role } from '../lib/contract.ts'
import { type Person, type Say, yesIf } from './access-oracle.ts'

type Rule = (person: Person, foreign: boolean) => Say

const everybody: Rule = (_, foreign) => yesIf(!foreign)
const staff: Rule = (person, foreign) => yesIf(person.role !== 'resident' && !foreign)
/** Of something that is not there: everybody hears the same. */
const nobody: Rule = () => 'no'
/** Nobody outside these roles; within them the area of the post decides. */
const within =
  (...roles: readonly Role[]): Rule =>
  (person, foreign) =>
    roles.includes(person.role) && !foreign ? 'unsaid' : 'no'

const keepers: readonly Role[] = [
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'duty-head',
]

export const memberRows: Readonly<Record<string, Rule>> = {
  'accounts.listPartyBodies': staff,
  'accounts.addPartyBody': within('secretary', 'duty-head'),
  'accounts.endPartyBody': nobody,
  'accounts.appointPartyPost': nobody,
  'accounts.endPartyPost': nobody,
  'accounts.listOwnPartyPosts': staff,
  'accounts.showPartyPost': nobody,
  // Only who agreed is named.
  'accounts.getPlaceRoster': everybody,
  'accounts.listRecruitCalls': everybody,
  'accounts.openRecruitCall': within('secretary', 'duty-head'),
  'accounts.applyToCall': nobody,
  'accounts.withdrawApplication': nobody,
  'accounts.listApplications': nobody,
  'accounts.settleApplication': nobody,
  'accounts.takeUpApplication': nobody,
  // Keys are seen and handed on where somebody stands in an area; row security keeps each list to the reader's own.
  'accounts.listKeptItems': (person, foreign) => yesIf(keepers.includes(person.role) && !foreign),
  'accounts.addKeptItem': nobody,
  'accounts.handKeptItem': nobody,
  'accounts.endKeptItem': nobody,
  'accounts.listOwnCards': staff,
  'accounts.setOwnCard': nobody,
  'accounts.getDoorRoster': nobody,
}
