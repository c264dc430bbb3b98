/** Calls of checks, proposals and buildings: for each, what is sent when its subject lies in this relation. */
import { randomUUID } from 'node:crypto'
import type { StreetPlan } from './street-probes.ts'

const once = (send: StreetPlan['send'] = () => ({})): StreetPlan => ({ once: true, send })
/** Of one that is not there: whoever may not ask must hear so before that. */
const ofNone = (body?: unknown): StreetPlan => once(() => ({ params: { id: randomUUID() }, body }))

export const groundPlans: Readonly<Record<string, StreetPlan>> = {
  'areas.checkAreas': once(),
  'areas.exportAreaChecks': once(),
  'areas.listBarriers': once(),
  'areas.saveBarriers': once(() => ({ body: { datum: 'wgs84', items: [] } })),
  'areas.listProposals': once(),
  'areas.startProposal': once(() => ({
    body: {
      name: '按户数划分',
      areaId: randomUUID(),
      level: 'micro-grid',
      target: 300,
      deviation: 0.15,
      seed: 1,
      recut: false,
      withBarriers: false,
    },
  })),
  'areas.getProposal': ofNone(),
  'areas.cancelProposal': ofNone({}),
  'areas.adoptProposal': ofNone({}),
  'areas.listCompounds': once(),
  'areas.getBuilding': ofNone(),
  'areas.saveBuilding': ofNone({ households: null, compound: null, entrances: [] }),
  'areas.printDoorCodes': once(() => ({ body: { buildingId: randomUUID() } })),
  'areas.openDoor': once(() => ({ params: { door: 'ZZZZZZZZZZ' } })),
}
