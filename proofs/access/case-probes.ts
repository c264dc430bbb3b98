/**
 * For each operation on a case: the state that it begins from, a body that would do, and the circumstances that make
 * a difference for some role. The expectations are the oracle's alone.
 */
import {
  inDays,
  order,
  type ProbePlan,
  pending,
  petition,
  type Scene,
  task,
  type Variant,
} from './case-scene.ts'

const plain: Variant = { label: 'plain' }
const atStreetDesk: Variant = { label: 'street desk', desk: 'street' }
const heldByMe: Variant = { label: 'holds', holds: true }
const reportedByMe: Variant = { label: 'reporter', reporter: true }

const deskOnly = [plain, atStreetDesk, reportedByMe]
const holderOnly = [plain, heldByMe, reportedByMe]
const holderOrDesk = [plain, atStreetDesk, heldByMe]
const settled: Variant[] = (['return', 'extend', 'close'] as const).flatMap((act) => [
  { label: `asked ${act}`, asked: { mine: false, act } },
  { label: `asked ${act} oneself`, asked: { mine: true, act } },
  { label: `asked ${act}, street desk`, desk: 'street' as const, asked: { mine: false, act } },
])

const asking = ({ at }: Scene) => ({ reason: '需要更多时间', until: inDays(at, 3) })
const answered = ({ at }: Scene) => ({
  outcome: 'solved' as const,
  answered_at: new Date(at.getTime() - 60_000),
  answer: '已换灯',
})

/** By name; `unmask` and the reads stand here too. */
export const casePlans: Readonly<Record<string, ProbePlan>> = {
  'cases.getCase': {
    state: 'in-progress',
    variants: [
      plain,
      heldByMe,
      reportedByMe,
      { label: 'confidential', confidential: true },
      { label: 'shared', shared: true },
    ],
    body: () => undefined,
  },
  'cases.fileOfCase': {
    state: 'in-progress',
    variants: [plain, heldByMe, reportedByMe],
    body: () => undefined,
  },
  'cases.suggestForCase': { state: 'pending', variants: deskOnly, body: () => undefined },
  'cases.draftWords': {
    state: 'in-progress',
    variants: deskOnly,
    body: () => ({ purpose: 'reply' }),
  },
  'cases.undoCase': { state: 'accepted', variants: deskOnly, body: () => ({}) },
  'cases.listFilledTemplates': { state: 'in-progress', variants: deskOnly, body: () => undefined },
  'cases.unmaskReporter': {
    state: 'in-progress',
    variants: [
      plain,
      heldByMe,
      { label: 'holds, confidential', holds: true, confidential: true },
      reportedByMe,
    ],
    body: () => ({ field: 'phone', reason: '回访核实' }),
  },
  'cases.addToCase': {
    state: 'in-progress',
    variants: [plain, reportedByMe],
    body: () => ({ words: '补充一句' }),
  },
  'cases.acceptCase': {
    state: 'pending',
    variants: deskOnly,
    body: ({ matters }) => ({ kind: 'help', matterCode: matters.personalCode }),
  },
  'cases.answerNow': {
    state: 'pending',
    variants: deskOnly,
    body: ({ matters }) => ({ answer: '已答复', kind: 'inquiry', matterCode: matters.personalCode }),
  },
  'cases.declineCase': {
    state: 'pending',
    variants: deskOnly,
    body: () => ({ reason: 'outside-competence', whereToTurn: '区城管局', answer: '请向区城管局反映' }),
  },
  'cases.mergeCase': {
    state: 'accepted',
    publicMatter: true,
    variants: deskOnly,
    body: ({ parent }) => ({
      parentCaseId: parent?.id ?? '0190a0a0-0000-7000-8000-000000000000',
      words: '同一盏灯',
    }),
  },
  'cases.splitCase': {
    state: 'merged',
    publicMatter: true,
    variants: deskOnly,
    body: () => ({ words: '不是同一盏灯' }),
    more: ({ parent }) => (parent ? { parent_case_id: parent.id } : {}),
  },
  'cases.escalateCase': { state: 'accepted', variants: deskOnly, body: () => ({ reason: '社区解决不了' }) },
  'cases.sendDownCase': {
    state: 'accepted',
    variants: deskOnly,
    body: ({ member }) => ({ areaId: member.street.areaId('c1'), reason: '社区能解决' }),
  },
  'cases.assignCase': {
    state: 'accepted',
    variants: deskOnly,
    body: ({ member }) => ({ organisationId: member.street.organisationId('property') }),
  },
  'cases.takeCase': { state: 'assigned', variants: holderOnly, body: () => ({}) },
  'cases.returnCase': { state: 'in-progress', variants: holderOnly, body: () => ({ reason: '不归我们管' }) },
  'cases.handOnCase': {
    state: 'in-progress',
    variants: [plain, heldByMe],
    body: ({ member }) => ({ postId: member.street.staffOf('handler-enforcement-2').postId }),
  },
  'cases.contactResident': {
    state: 'in-progress',
    variants: holderOrDesk,
    body: () => ({ mode: 'phone', reached: true }),
  },
  'cases.printOrder': { state: 'in-progress', variants: holderOrDesk, body: () => undefined },
  'cases.submitResult': {
    state: 'in-progress',
    variants: holderOrDesk,
    body: ({ facts, member }) => ({
      outcome: 'solved',
      words: '灯换好了',
      // The desk writes down what the holder said elsewhere (代录).
      ...(facts.holder === member.person.accountId || member.person.organisation ? {} : { onBehalf: 'call' }),
    }),
  },
  'cases.solveOnSpot': {
    state: 'accepted',
    variants: [plain, atStreetDesk, reportedByMe],
    body: () => ({ words: '当场换了灯' }),
  },
  'cases.draftAnswer': { state: 'in-progress', variants: holderOrDesk, body: () => ({ answer: '灯换好了' }) },
  'cases.checkCase': {
    state: 'result-submitted',
    variants: [plain, { label: 'handled', handled: true }, reportedByMe],
    body: () => ({ pass: true, mode: 'call-back', words: '居民说好了', answer: '灯换好了' }),
    more: () => ({ outcome: 'solved' }),
  },
  'cases.rateCase': {
    state: 'answered',
    variants: [plain, reportedByMe],
    body: () => ({ reached: true, solved: true, satisfaction: 'satisfied' }),
    more: answered,
  },
  'cases.closeCase': {
    state: 'answered',
    variants: [
      plain,
      { label: 'handled', handled: true },
      { label: 'assigned', assigned: true },
      reportedByMe,
    ],
    body: () => ({ outcome: 'solved' }),
    more: answered,
  },
  'cases.reopenCase': {
    state: 'closed',
    variants: [plain, reportedByMe],
    body: () => ({ words: '又坏了' }),
    more: (scene) => ({ ...answered(scene), closed_at: new Date(scene.at.getTime() - 30_000) }),
  },
  'cases.extendCase': { state: 'in-progress', variants: holderOnly, body: asking },
  'cases.deferCase': { state: 'in-progress', variants: holderOnly, body: asking },
  'cases.suspendCase': {
    state: 'in-progress',
    variants: holderOnly,
    body: (scene) => ({ ...asking(scene), kind: 'waiting-for-resident' }),
  },
  'cases.resumeCase': {
    state: 'in-progress',
    variants: [plain, heldByMe],
    body: () => ({ words: '可以继续了' }),
    more: ({ at }) => ({
      suspended_at: new Date(at.getTime() - 60_000),
      suspended_until: new Date(at.getTime() + 2 * 86_400_000),
    }),
  },
  'cases.approveRequest': { state: 'in-progress', variants: settled, body: () => ({}), more: pending },
  'cases.refuseRequest': {
    state: 'in-progress',
    variants: settled,
    body: () => ({ words: '请继续办理' }),
    more: pending,
  },
  'cases.remindHolder': { state: 'in-progress', variants: deskOnly, body: () => ({ words: '请抓紧' }) },
  'cases.superviseCase': {
    state: 'in-progress',
    variants: [plain, reportedByMe],
    body: () => ({ words: '挂牌督办' }),
  },
  'cases.raiseWhistle': {
    state: 'in-progress',
    variants: [plain, reportedByMe],
    body: ({ member }) => ({
      kind: 'emergency',
      words: '井盖缺失，请到场',
      calls: [{ organisationId: member.street.organisationId('property') }],
    }),
  },
  'cases.disputeDuty': {
    state: 'in-progress',
    variants: holderOnly,
    body: () => ({ reason: '不属于本单位职责' }),
  },
  'cases.adjudicateDuty': {
    state: 'in-progress',
    variants: [plain, reportedByMe],
    body: ({ member }) => ({
      organisationId: member.street.organisationId('property'),
      reason: '按职责清单',
    }),
  },
  'cases.recordRating': {
    state: 'answered',
    variants: [plain, atStreetDesk, { label: 'handled', handled: true }, reportedByMe],
    body: () => ({ way: 'desk', reached: true, solved: true, satisfaction: 'satisfied' }),
    more: answered,
  },
  'cases.findUnreasonable': {
    state: 'in-progress',
    variants: holderOrDesk,
    body: () => ({ kind: 'impossible', reason: '超出规划条件' }),
  },
  'cases.settleCallBack': {
    state: 'answered',
    variants: [plain, reportedByMe],
    body: () => ({ answered: false }),
    more: answered,
  },
  'cases.finishTask': { state: 'assigned', variants: holderOnly, body: () => ({}), more: task },
  'cases.callOffTask': {
    state: 'assigned',
    variants: deskOnly,
    body: () => ({ words: '不用做了' }),
    more: task,
  },
  'cases.registerPetition': { state: 'pending', variants: deskOnly, body: () => ({ form: 'letter' }) },
  'cases.passPetition': {
    state: 'accepted',
    variants: deskOnly,
    body: () => ({ to: '区住房和城乡建设委员会' }),
    more: petition(null),
  },
  'cases.noticePetition': {
    state: 'in-progress',
    variants: holderOrDesk,
    body: () => ({ notice: 'taken-on', words: '已书面告知受理' }),
    more: petition(null),
  },
  'cases.extendPetition': {
    state: 'in-progress',
    variants: holderOrDesk,
    body: ({ at }) => ({ until: inDays(at, 20), reason: '情况复杂' }),
    more: petition('taken-on'),
  },
  'cases.settlePetition': {
    state: 'in-progress',
    variants: holderOrDesk,
    body: () => ({ opinion: 'partly', answer: '已复核' }),
    more: petition('taken-on'),
  },
  'cases.printPetition': {
    state: 'accepted',
    variants: [plain, heldByMe, reportedByMe],
    body: () => undefined,
    more: petition(null),
  },
  'cases.answerCall': { state: 'pending', variants: [plain, reportedByMe], body: () => ({}) },
  'cases.recallCase': { state: 'assigned', variants: deskOnly, body: () => ({ reason: '派错了' }) },
  'cases.printSlip': { state: 'accepted', variants: [plain, atStreetDesk], body: () => ({}) },
  'cases.listSimilarOrders': { state: 'accepted', variants: deskOnly, body: () => undefined },
  'cases.getReplyText': {
    state: 'answered',
    variants: deskOnly,
    body: () => undefined,
    more: (scene) => ({ ...answered(scene), ...order() }),
  },
  'cases.returnUpstream': {
    state: 'accepted',
    variants: deskOnly,
    body: () => ({ reason: '不属于本街道' }),
    more: order,
  },
  'cases.settleUpstream': {
    state: 'accepted',
    variants: deskOnly,
    body: () => ({ approved: false, confirmedBy: '热线' }),
    more: order,
  },
  'cases.replyUpstream': {
    state: 'answered',
    variants: deskOnly,
    body: () => ({ text: '已换灯' }),
    more: (scene) => ({ ...answered(scene), ...order() }),
  },
  'cases.rateUpstream': {
    state: 'answered',
    variants: deskOnly,
    body: () => ({ value: '满意' }),
    more: (scene) => ({ ...answered(scene), ...order() }),
  },
}
