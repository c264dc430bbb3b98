/** What the access oracle says of checks, proposals and buildings; see access-oracle.ts for how it is written. */
import type { Role } from '../lib/contract.ts'
import { type Person, type Say, yesIf } from './access-oracle.ts'

type Rule = (person: Person, foreign: boolean) => Say

const only =
  (...roles: readonly Role[]): Rule =>
  (person, foreign) =>
    yesIf(roles.includes(person.role) && !foreign)
const staff: Rule = (person, foreign) => yesIf(person.role !== 'resident' && !foreign)
/** Of something that is not there: everybody hears the same. */
const nobody: Rule = () => 'no'

/** Dividing areas is the system administrator's and the duty head's, as drawing them is. */
const dividers = only('system-admin', 'duty-head')
const lookers = only('system-admin', 'duty-head', 'secretary', 'dispatcher', 'supervisor')

export const groundRows: Readonly<Record<string, Rule>> = {
  'areas.checkAreas': lookers,
  'areas.exportAreaChecks': lookers,
  'areas.listBarriers': lookers,
  'areas.saveBarriers': dividers,
  'areas.listProposals': lookers,
  // Nothing can be divided there; who may not ask hears so first.
  'areas.startProposal': nobody,
  'areas.getProposal': nobody,
  'areas.cancelProposal': nobody,
  'areas.adoptProposal': nobody,
  // Compounds and buildings stand in the street for all to see; nobody's name is among them.
  'areas.listCompounds': staff,
  'areas.getBuilding': nobody,
  'areas.saveBuilding': nobody,
  'areas.printDoorCodes': nobody,
  // A code that no building has.
  'areas.openDoor': nobody,
}
