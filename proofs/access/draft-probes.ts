/** Calls of drafts of areas and groupings: for each, what is sent when its subject lies in this relation. */
import { randomUUID } from 'node:crypto'
import type { StreetPlan, StreetScene } from './street-probes.ts'

const once = (send: StreetPlan['send'] = () => ({})): StreetPlan => ({ once: true, send })
/** Of a draft that is not there: whoever may not ask must hear so before that. */
const ofNone = (body?: unknown): StreetPlan => once(() => ({ params: { id: randomUUID() }, body }))
const abroad = ({ relation }: StreetScene) => relation === 'another-street'

const noAreas = Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: [] })).toString('base64')

export const draftPlans: Readonly<Record<string, StreetPlan>> = {
  'areas.listDrafts': once(),
  'areas.createDraft': once(() => ({ body: { name: '年末调整' } })),
  'areas.getDraft': ofNone(),
  'areas.saveDraft': ofNone({ version: 1, put: [], drop: [] }),
  'areas.compareDraft': ofNone(),
  'areas.putDraftInForce': ofNone({ version: 1, onDay: '2030-01-01', approval: '样例〔2030〕1号' }),
  'areas.recallDraft': ofNone({ version: 1, reason: '改期' }),
  'areas.giveUpDraft': ofNone({}),
  'areas.listBuildingPins': once(),
  'areas.getAreaHistory': {
    send: (scene) => ({
      params: { id: scene.street.areaId(scene.areaCode) },
      foreign: abroad(scene),
    }),
  },
  'areas.listAreaFigures': once(),
  'areas.exportAreaFigures': once(),
  'areas.listDivisions': once(),
  'areas.listGroupings': once(),
  'areas.saveGrouping': {
    send: (scene) => ({
      params: { id: randomUUID() },
      foreign: abroad(scene),
      body: { kind: '片区', name: '东片区', note: null, areaIds: [scene.street.areaId(scene.areaCode)] },
    }),
  },
  'areas.endGrouping': ofNone({}),
  'areas.exportAreas': once(() => ({ query: { format: 'geojson', datum: 'wgs84' } })),
  'areas.readAreaFile': once(() => ({
    body: { fileName: 'none.geojson', content: noAreas, datum: 'wgs84' },
  })),
}
