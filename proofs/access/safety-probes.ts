/** Calls of public safety: for each, what is sent when its subject lies in this relation. */
import { randomUUID } from 'node:crypto'
import type { StreetPlan, StreetScene } from './street-probes.ts'

const abroad = ({ relation }: StreetScene) => relation === 'another-street'
const nothing = () => ({})
/** Of something that is not there. */
const ofNone = (body?: unknown): StreetPlan => ({
  once: true,
  send: () => ({ params: { id: randomUUID() }, ...(body === undefined ? {} : { body }) }),
})
const partyId = randomUUID()
const instant = '2026-09-01T01:00:00Z'

export const safetyPlans: Readonly<Record<string, StreetPlan>> = {
  'safety.registerMediation': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: {
        areaId: scene.street.areaId(scene.areaCode),
        kind: 'neighbours',
        level: 'blue',
        facts: '漏水',
        parties: [{ name: '甲' }, { name: '乙' }],
      },
    }),
  },
  'safety.putMediator': {
    send: (scene) => ({
      foreign: abroad(scene),
      params: { id: randomUUID() },
      body: {
        areaId: scene.street.areaId(scene.areaCode),
        tier: scene.areaCode.startsWith('c') ? 'community' : 'street',
        name: '某人',
        active: true,
      },
    }),
  },
  'safety.getSafetyChoices': { once: true, send: nothing },
  'safety.listCampaigns': { once: true, send: nothing },
  'safety.createCampaign': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: {
        areaId: scene.street.areaId(scene.areaCode),
        name: '除险清患',
        kinds: ['fire'],
        from: '2026-09-01',
        until: '2036-09-01',
      },
    }),
  },
  'safety.endCampaign': ofNone({}),
  'safety.getLedger': ofNone(),
  'safety.exportLedger': ofNone(),
  'safety.putHazard': {
    once: true,
    send: () => ({
      params: { id: randomUUID(), caseId: randomUUID() },
      body: {
        kind: 'fire',
        level: 'low',
        owner: '某店',
        organisationId: randomUUID(),
        rectifyOn: '2036-09-01',
      },
    }),
  },
  'safety.listViolations': { once: true, send: nothing },
  'safety.exportViolations': { once: true, send: nothing },
  'safety.getViolation': ofNone(),
  'safety.putViolation': ofNone({
    kind: 'burning',
    organisationId: randomUUID(),
    rectifyOn: '2036-09-01',
  }),
  'safety.measureViolation': ofNone({ areaCm2: 10, removedCm2: 5 }),
  'safety.handOverViolation': ofNone({
    to: '综合执法',
    documentNumber: '1',
    on: '2026-01-01',
    fileIds: [randomUUID()],
  }),
  'safety.getEvidence': ofNone(),
  'safety.getCaseLinks': ofNone(),
  'safety.askMediation': ofNone({}),
  'safety.listMediationRequests': { once: true, send: nothing },
  'safety.mediateRequest': ofNone({
    kind: 'neighbours',
    level: 'blue',
    consentWay: 'phone',
    others: [{ name: '乙' }],
  }),
  'safety.listMediations': { once: true, send: nothing },
  'safety.listMediators': { once: true, send: nothing },
  'safety.exportMediations': { once: true, send: nothing },
  'safety.openMyMediations': { once: true, send: () => ({ body: {} }) },
  'safety.getMediation': ofNone(),
  'safety.recordConsent': ofNone({ partyId, answer: 'yes' }),
  'safety.wishMediator': ofNone({ partyId, mediatorId: partyId }),
  'safety.setMediators': ofNone({ mediatorIds: [partyId], by: 'parties' }),
  'safety.planSession': ofNone({ at: instant, place: '居委会', isPublic: false }),
  'safety.recordSession': ofNone({
    heldAt: instant,
    place: '居委会',
    came: [],
    words: '谈过',
    result: 'goes-on',
  }),
  'safety.moveMediationUp': ofNone({ reason: 'party-applied', partyId, words: '申请' }),
  'safety.putOffMediation': ofNone({ dueOn: '2027-01-01', words: '还在谈' }),
  'safety.writeAgreement': ofNone({
    form: 'oral',
    facts: '漏水',
    responsibility: '各半',
    content: '修好',
    aboutStatus: false,
    duties: [{ partyId, what: '修', way: '请人', dueOn: '2027-01-01' }],
  }),
  'safety.signAgreement': ofNone({ who: 'stamp' }),
  'safety.recordPerformance': ofNone({ dutyId: partyId, done: true, words: '好了' }),
  'safety.recordCourtStep': ofNone({ step: 'applied' }),
  'safety.notePoliceReport': ofNone({ words: '已报' }),
  'safety.endMediation': ofNone({ reason: 'withdrawn', words: '撤回' }),
  'safety.unmaskParty': ofNone({ partyId, field: 'phone', reason: '联系' }),
  'safety.printAgreement': ofNone(),
  'safety.getSignedPaper': ofNone(),
}
