/** What the access oracle says of drafts of areas and groupings; see access-oracle.ts for how it is written. */
import type { Role } from '../lib/contract.ts'
import { type Person, type Say, yesIf } from './access-oracle.ts'

type Rule = (person: Person, foreign: boolean) => Say

const everybody: Rule = (_, foreign) => yesIf(!foreign)
const only =
  (...roles: readonly Role[]): Rule =>
  (person, foreign) =>
    yesIf(roles.includes(person.role) && !foreign)
/** Of something that is not there: everybody hears the same. */
const nobody: Rule = () => 'no'

/** Catalogues and imports are the system administrator's; the street's own work the duty head's. */
const drafters = only('system-admin', 'duty-head')
/** Whoever answers for a community, or for the street, looks before it holds. */
const lookers = only('system-admin', 'duty-head', 'secretary', 'dispatcher', 'supervisor')

export const draftRows: Readonly<Record<string, Rule>> = {
  'areas.listDrafts': lookers,
  'areas.createDraft': drafters,
  // Drafts that are not there.
  'areas.getDraft': nobody,
  'areas.saveDraft': nobody,
  'areas.compareDraft': nobody,
  'areas.putDraftInForce': nobody,
  'areas.recallDraft': nobody,
  'areas.giveUpDraft': nobody,
  'areas.listBuildingPins': lookers,
  // What an area was is as open as what it is.
  'areas.getAreaHistory': everybody,
  'areas.listGroupings': everybody,
  'areas.listAreaFigures': (person, foreign) => yesIf(person.role !== 'resident' && !foreign),
  'areas.exportAreaFigures': (person, foreign) => yesIf(person.role !== 'resident' && !foreign),
  'areas.listDivisions': (person, foreign) => yesIf(person.role !== 'resident' && !foreign),
  'areas.saveGrouping': drafters,
  'areas.endGrouping': nobody,
  'areas.exportAreas': drafters,
  'areas.readAreaFile': drafters,
}
