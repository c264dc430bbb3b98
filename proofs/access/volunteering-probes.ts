/** Calls of people and volunteering: for each, what is sent when its subject lies in this relation. */
import { randomUUID } from 'node:crypto'
import type { StreetPlan, StreetScene } from './street-probes.ts'

const nothing = () => ({})
const abroad = ({ relation }: StreetScene) => relation === 'another-street'
/** Of something that is not there. */
const ofNone = (body?: unknown): StreetPlan => ({
  once: true,
  send: () => ({ params: { id: randomUUID() }, ...(body === undefined ? {} : { body }) }),
})

const freshPhone = () => `136${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`

const instant = '2026-09-01T01:00:00Z'
const plan = (areaId: string) => ({
  areaId,
  groupId: randomUUID(),
  kind: 'elder-care',
  title: '敬老',
  content: '理发',
  placeText: '活动室',
  risk: 'ordinary',
  shifts: [{ startsAt: instant, endsAt: '2026-09-01T03:00:00Z', places: 5 }],
})

export const volunteeringPlans: Readonly<Record<string, StreetPlan>> = {
  'people.registerPerson': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: {
        areaId: scene.street.areaId(scene.areaCode),
        name: '某人',
        phone: freshPhone(),
        birthOn: '1980-01-01',
      },
    }),
  },
  'people.findPeople': { once: true, send: () => ({ body: { words: '没有这个人' } }) },
  'people.getPerson': ofNone(),
  'people.correctPerson': ofNone({ name: '某人' }),
  'people.unmaskPerson': ofNone({ field: 'phone', reason: '核对用' }),
  'people.giveConsent': ofNone({ name: '某人', relation: '父亲' }),
  'people.withdrawConsent': ofNone({}),
  'people.getMyself': { once: true, send: nothing },
  'people.registerMyself': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: { areaId: scene.street.areaId(scene.areaCode), name: '本人', birthOn: '1980-01-01' },
    }),
  },
  'people.listReadsOfMe': { once: true, send: nothing },
  ...Object.fromEntries(
    [
      'listGroups',
      'listSeries',
      'listActivities',
      'listWishes',
      'getFestivalCalendar',
      'getMyService',
      'listNotice',
      'listNeeds',
    ].map((name) => [`volunteering.${name}`, { once: true, send: nothing }]),
  ),
  'volunteering.getChoices': { once: true, send: nothing },
  'volunteering.listCertificates': { once: true, send: nothing },
  'volunteering.listVolunteers': { once: true, send: nothing },
  'volunteering.listSessions': { once: true, send: nothing },
  'volunteering.listPatterns': { once: true, send: nothing },
  'volunteering.lookForPatterns': { once: true, send: () => ({ body: {} }) },
  'volunteering.enterHours': { once: true, send: () => ({ body: {} }) },
  'volunteering.confirmHours': { once: true, send: () => ({ body: { ids: [randomUUID()] } }) },
  'volunteering.joinAsVolunteer': {
    once: true,
    send: () => ({ body: { groupId: randomUUID(), interests: [] } }),
  },
  'volunteering.addVolunteer': {
    once: true,
    send: () => ({ body: { personId: randomUUID(), groupId: randomUUID(), interests: [] } }),
  },
  'volunteering.makeCalendarLink': { once: true, send: () => ({ body: {} }) },
  'volunteering.askHelp': {
    once: true,
    send: () => ({ body: { kind: 'elder-care', words: '取药', wantedText: '明天' } }),
  },
  'volunteering.makeWish': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: { areaId: scene.street.areaId(scene.areaCode), words: '一本书' },
    }),
  },
  'volunteering.askCertificate': {
    once: true,
    send: () => ({ body: { groupId: randomUUID(), from: '2026-01-01', to: '2026-12-31' } }),
  },
  'volunteering.createGroup': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: {
        areaId: scene.street.areaId(scene.areaCode),
        kind: 'organisation',
        name: `队${randomUUID().slice(0, 8)}`,
        head: '甲',
        phone: '1',
      },
    }),
  },
  'volunteering.createSeries': {
    send: (scene) => ({
      foreign: abroad(scene),
      body: { areaId: scene.street.areaId(scene.areaCode), name: `系${randomUUID().slice(0, 8)}` },
    }),
  },
  'volunteering.planActivity': {
    send: (scene) => ({ foreign: abroad(scene), body: plan(scene.street.areaId(scene.areaCode)) }),
  },
  'volunteering.checkCertificate': {
    once: true,
    send: () => ({ body: { number: 'ZY20260914-AAAAAA', code: 'AAAAAAAA' } }),
  },
  'volunteering.getCalendar': {
    once: true,
    send: ({ member }) => ({ params: { street: member.street.code, token: randomUUID() } }),
  },
  'volunteering.changeGroup': ofNone({ name: '队' }),
  'volunteering.listMembers': ofNone(),
  'volunteering.setMember': ofNone({ personId: randomUUID(), part: 'member' }),
  'volunteering.putSkill': ofNone({ skill: 'hair' }),
  'volunteering.recordTraining': ofNone({ title: '培训', heldOn: '2026-01-01', minutes: 60 }),
  'volunteering.openActivity': ofNone({}),
  'volunteering.cancelActivity': ofNone({ reason: '下雨' }),
  'volunteering.getActivity': ofNone(),
  'volunteering.signUp': ofNone({}),
  'volunteering.signUpSeries': ofNone({ whole: 'series' }),
  'volunteering.withdraw': ofNone({}),
  'volunteering.listSignUps': ofNone(),
  'volunteering.getSiteCode': ofNone(),
  'volunteering.arrive': ofNone({ code: '000000' }),
  'volunteering.leave': ofNone({ code: '000000' }),
  'volunteering.endForOthers': ofNone({ endedAt: instant }),
  'volunteering.evaluateActivity': ofNone({ satisfaction: 'satisfied' }),
  'volunteering.recordSheet': ofNone({
    photoId: randomUUID(),
    rows: [{ personId: randomUUID(), startedAt: instant, endedAt: instant }],
  }),
  'volunteering.listSheets': ofNone(),
  'volunteering.getSheetPhoto': ofNone(),
  'volunteering.objectToHours': ofNone({ words: '没来' }),
  'volunteering.settleObjection': ofNone({ upheld: true, words: '没来' }),
  'volunteering.noteCall': ofNone({ sessionId: randomUUID(), result: 'was-there' }),
  'volunteering.settlePattern': ofNone({ outcome: 'struck', words: '没来' }),
  'volunteering.actOnNeed': ofNone({ act: 'take' }),
  'volunteering.finishNeed': ofNone({ startedAt: instant, endedAt: instant }),
  'volunteering.evaluateNeed': ofNone({ wasDone: true, satisfaction: 'satisfied' }),
  'volunteering.publishWish': ofNone({ publicWords: '一本书' }),
  'volunteering.claimWish': ofNone({ as: '邻居' }),
  'volunteering.fulfilWish': ofNone({ words: '送到' }),
  'volunteering.confirmWish': ofNone({ cameTrue: true }),
  'volunteering.withdrawWish': ofNone({ words: '不要了' }),
  'volunteering.issueCertificate': ofNone({ handler: '甲' }),
  'volunteering.revokeCertificate': ofNone({ reason: '有误' }),
  'volunteering.printCertificate': ofNone(),
}
