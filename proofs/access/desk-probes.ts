/** Calls of what desks do beside single cases: roster, meetings, gatherings, orders from above, being told. */
import { randomUUID } from 'node:crypto'
import type { Sent, StreetPlan, StreetScene } from './street-probes.ts'

const nothing = (): Sent => ({})
const once = (send: StreetPlan['send'] = nothing): StreetPlan => ({ once: true, send })
/** Of a thing that is not there: whoever may not ask must hear so before that. */
const ofNone = (body?: unknown): StreetPlan => once(() => ({ params: { id: randomUUID() }, body }))
const abroad = ({ relation }: StreetScene) => relation === 'another-street'

/** About the area of the scene, which for some lies in the other street. */
const ofArea = (more: (scene: StreetScene) => Sent = nothing): StreetPlan => ({
  send: (scene) => ({
    params: { id: scene.street.areaId(scene.areaCode) },
    foreign: abroad(scene),
    ...more(scene),
  }),
})
const byArea = (send: (areaId: string, scene: StreetScene) => Sent): StreetPlan => ({
  send: (scene) => ({ ...send(scene.street.areaId(scene.areaCode), scene), foreign: abroad(scene) }),
})
const ofCase = (body?: unknown): StreetPlan => ({
  send: (scene) => ({ params: { id: scene.nearby?.id ?? randomUUID() }, foreign: abroad(scene), body }),
})

const today = () => new Date().toISOString().slice(0, 10)
const shift = ({ member }: StreetScene) => ({ headId: member.person.accountId, memberIds: [] })
const need = () => ({ id: randomUUID(), text: '楼道灯不亮' })
const shiftKind = { code: 'day', name: '白班', nameEn: 'Day', applies: 'every-day', startMinute: 540 }
const source = {
  code: 'hotline',
  name: '热线',
  nameEn: 'Hotline',
  kind: 'hotline',
  mapping: {},
  insideAmount: 1,
  insideUnit: 'working-days',
  replyTemplate: '{answer}',
  ratingScale: ['满意', '不满意'],
  contact: null,
  active: true,
}

export const deskPlans: Readonly<Record<string, StreetPlan>> = {
  'accounts.listDesks': once(),
  'accounts.getDutyNow': once(),
  'accounts.getMyDuty': once(),
  'accounts.getRoster': ofArea(),
  'accounts.exportRoster': ofArea(),
  'accounts.putShifts': ofArea((scene) => ({
    body: { shifts: [{ day: today(), kind: 'day', ...shift(scene) }] },
  })),
  'accounts.repeatShifts': ofArea((scene) => ({
    body: { kind: 'day', fromDay: today(), toDay: today(), per: 'shift', turns: [shift(scene)] },
  })),
  'accounts.removeShift': ofNone(),
  'accounts.putShiftKinds': once(() => ({ body: { kinds: [{ ...shiftKind, lengthMinutes: 480 }] } })),
  'accounts.listSwaps': ofArea(),
  'accounts.askSwap': ofNone({ withAccountId: randomUUID() }),
  'accounts.answerSwap': ofNone({ agree: true }),
  'accounts.settleSwap': ofNone({ approve: true }),
  'accounts.listHandoverNotes': ofArea(),
  'accounts.writeHandoverNote': ofNone({ words: '无事' }),
  'accounts.readHandoverNote': ofNone({}),
  'accounts.getCallChain': ofArea(),
  'accounts.putCallChain': ofArea(({ member }) => ({
    body: { headWaitMinutes: 5, steps: [{ accountId: member.person.accountId, waitMinutes: 5 }] },
  })),
  'cases.listCallRuns': once(),
  'cases.getOpenWork': byArea((_, { street }) => ({ query: { postId: street.staffOf('clerk-c1').postId } })),
  'cases.listHandOvers': once(),
  'cases.listCasePoints': once(),
  'cases.recordGathering': byArea((areaId) => ({
    body: { kind: 'home-visit', areaId, heldAt: new Date().toISOString(), needs: [need()] },
  })),
  'cases.addNeeds': ofNone({ needs: [need()] }),
  'cases.correctGathering': ofNone({ note: '改一下' }),
  'cases.getGathering': ofNone(),
  'cases.getReplySheet': ofNone(),
  'cases.listGatherings': byArea((areaId) => ({ query: { areaId }, list: true })),
  'cases.suggestForNeed': byArea((areaId) => ({ body: { areaId, text: '楼道灯不亮' }, list: true })),
  'cases.listNearCases': once(() => ({ body: { text: '楼道灯不亮', addressText: '梧桐苑' } })),
  'cases.listClusters': once(),
  'cases.listHotMatters': once(() => ({ query: { from: today(), to: today() } })),
  'cases.getThreeLists': byArea((areaId) => ({ query: { areaId } })),
  'cases.exportThreeLists': byArea((areaId) => ({ query: { areaId } })),
  'cases.getPublicSummary': ofCase(),
  'cases.writePublicSummary': ofCase({ summary: '楼道灯已修好' }),
  'cases.publishSummary': ofCase({ version: 1 }),
  'cases.withdrawSummary': ofCase({ reason: '写错了' }),
  // Public in every street, so only the own one is asked: names of the other are marks of a leak elsewhere.
  'cases.getPublicList': once(({ member }) => ({
    params: { code: 'c1' },
    query: { street: member.street.code },
  })),
  'cases.listUpstreamSources': once(),
  'cases.putUpstreamSource': once(() => ({ body: source })),
  'cases.importOrders': once(() => ({
    body: { source: 'hotline', rows: [{ number: randomUUID(), text: '楼道灯不亮' }] },
  })),
  'cases.undoOrders': once(() => ({ body: { batchId: randomUUID() } })),
  'cases.querySlip': once(() => ({ body: { number: 'P00000001', code: 'ABCDEFGH' } })),
  'command.listMeetings': once(),
  'command.planMeeting': byArea((areaId) => ({ body: { areaId } })),
  'command.getMeeting': ofNone(),
  'command.decideOnCase': {
    send: ({ nearby }) => ({
      params: { id: randomUUID() },
      body: { caseId: nearby?.id ?? randomUUID(), dueOn: today(), words: '请抓紧' },
    }),
  },
  'command.holdMeeting': ofNone({}),
  'command.keepMinutes': ofNone({ words: '会议纪要' }),
  'command.exportMeeting': once(() => ({
    params: { id: randomUUID() },
    query: { format: 'xlsx', language: 'zh' },
  })),
  'command.listTemplates': once(),
  'command.getTemplate': once(() => ({ params: { format: 'xlsx' } })),
  'command.putTemplate': once(() => ({ params: { format: 'xlsx' }, body: {} })),
  'cases.getFigures': byArea((areaId) => ({ query: { areaId, from: today(), to: today(), by: 'area' } })),
  'cases.exportFigures': byArea((areaId) => ({ query: { areaId, from: today(), to: today() } })),
  'command.getSolvedWhere': byArea((areaId) => ({ query: { areaId, from: today(), to: today() } })),
  'command.giveAreaFigure': byArea((areaId) => ({
    body: { areaId, name: 'population', scope: '常住', value: 1, onDay: today(), source: '统计' },
  })),
  'messages.countUnread': once(),
  'messages.listInbox': once(),
  'messages.listPhoneTasks': once(),
  'messages.listToldAbout': ofCase(),
  'messages.markRead': once(() => ({ body: {} })),
  'messages.settlePhoneTask': ofNone({ result: 'told' }),
  'messages.takeReceipt': once(() => ({
    body: { id: `1-${randomUUID()}`, state: 'delivered', time: Date.now(), signature: '0'.repeat(64) },
  })),
}
