/** The fixed words of a case: its states, acts, kinds, channels; complete by type. */
import type { callParts } from './call-operations.ts'
import type { ExtraFault } from './rules/extra-fields.ts'
import type {
  Act,
  CaseKind,
  CaseState,
  Channel,
  DeclineReason,
  EntryAct,
  LadderStep,
  Outcome,
  Satisfaction,
  SuspendReason,
  Urgency,
} from './words.ts'

interface Label {
  zh: string
  en: string
}
type Labels<T extends string> = Readonly<Record<T, Label>>

export const stateNames: Labels<CaseState> = {
  pending: { zh: '待受理', en: 'Pending' },
  accepted: { zh: '待派单', en: 'Accepted' },
  assigned: { zh: '待签收', en: 'Assigned' },
  'in-progress': { zh: '办理中', en: 'In progress' },
  'result-submitted': { zh: '待核查', en: 'To be checked' },
  answered: { zh: '待评价', en: 'Awaiting rating' },
  closed: { zh: '已结案', en: 'Closed' },
  declined: { zh: '不予受理', en: 'Declined' },
  merged: { zh: '已并单', en: 'Merged' },
}
/** 挂账 is closed with an unsolved outcome and a review date: a label of its own, no state. */
export const longTermName: Label = { zh: '挂账', en: 'Long-term' }

/** The steps a resident sees. 受理 is a formal act and is never shown before it happened. */
export const residentSteps = [
  { step: 'submitted', zh: '已提交', en: 'Submitted' },
  { step: 'accepted', zh: '已受理', en: 'Accepted' },
  { step: 'in-progress', zh: '办理中', en: 'In progress' },
  { step: 'answered', zh: '已答复', en: 'Answered' },
  { step: 'to-rate', zh: '待评价', en: 'Your rating' },
  { step: 'done', zh: '已办结', en: 'Done' },
] as const
export type ResidentStep = (typeof residentSteps)[number]['step']

export const residentStateNames: Labels<CaseState> = {
  pending: { zh: '已提交', en: 'Submitted' },
  accepted: { zh: '已受理', en: 'Accepted' },
  assigned: { zh: '已受理', en: 'Accepted' },
  'in-progress': { zh: '办理中', en: 'In progress' },
  'result-submitted': { zh: '办理中', en: 'In progress' },
  answered: { zh: '待评价', en: 'Your rating' },
  closed: { zh: '已办结', en: 'Done' },
  declined: { zh: '不予受理', en: 'Not taken on' },
  merged: { zh: '已并入同类诉求', en: 'Joined with the same matter' },
}
export const residentLongTermName: Label = { zh: '长期跟进', en: 'Followed up' }

export const kindNames: Labels<CaseKind> = {
  inquiry: { zh: '咨询', en: 'Inquiry' },
  help: { zh: '求助', en: 'Help' },
  complaint: { zh: '投诉', en: 'Complaint' },
  report: { zh: '举报', en: 'Report' },
  suggestion: { zh: '建议', en: 'Suggestion' },
  praise: { zh: '表扬', en: 'Praise' },
}

export const channelNames: Labels<Channel> = {
  'resident-app': { zh: '居民端', en: 'Resident app' },
  field: { zh: '网格上报', en: 'Grid' },
  desk: { zh: '窗口登记', en: 'Desk' },
  phone: { zh: '电话', en: 'Phone' },
  meeting: { zh: '坝坝会', en: 'Meeting' },
  upstream: { zh: '上级转办', en: 'Upstream' },
  import: { zh: '导入', en: 'Import' },
  task: { zh: '网格任务', en: 'Duty task' },
}

export const urgencyNames: Labels<Urgency> = {
  P0: { zh: '紧急', en: 'Emergency' },
  P1: { zh: '生命线', en: 'Lifeline' },
  P2: { zh: '一般', en: 'General' },
  P3: { zh: '疑难', en: 'Hard' },
}

export const outcomeNames: Labels<Outcome> = {
  solved: { zh: '已解决', en: 'Solved' },
  partly: { zh: '部分解决', en: 'Partly solved' },
  unsolved: { zh: '未解决', en: 'Unsolved' },
}

export const satisfactionNames: Labels<Satisfaction> = {
  satisfied: { zh: '满意', en: 'Satisfied' },
  mostly: { zh: '基本满意', en: 'Mostly satisfied' },
  fair: { zh: '一般', en: 'Fair' },
  dissatisfied: { zh: '不满意', en: 'Dissatisfied' },
}

export const declineReasonNames: Labels<DeclineReason> = {
  'emergency-number': {
    zh: '紧急情况，应拨打110/119/120/122',
    en: 'An emergency: call 110, 119, 120 or 122',
  },
  'legal-channel': {
    zh: '应通过诉讼、仲裁、复议、信访等法定途径',
    en: 'Belongs to a court, arbitration, review or petition office',
  },
  'same-matter-known': {
    zh: '同一事项正在办理或已答复，无新情况',
    en: 'The same matter is under way or answered, with nothing new',
  },
  'secret-or-privacy': {
    zh: '涉及国家秘密、商业秘密或个人隐私',
    en: 'Concerns state or business secrets, or privacy',
  },
  'outside-competence': {
    zh: '不属于政府职责，可通过市场或社会途径',
    en: 'Not a public duty; the market or society can help',
  },
  'against-law': { zh: '违反法律法规或公序良俗', en: 'Against law or public order' },
}

export const suspendReasonNames: Labels<SuspendReason> = {
  'waiting-for-resident': { zh: '等待居民补充', en: 'Waiting for the resident' },
  'on-site-check': { zh: '现场勘查', en: 'On-site examination' },
  'force-majeure': { zh: '不可抗力', en: 'Force majeure' },
}

/** The steps of a clock, as the ladder of a case shows them. */
export const ladderStepNames: Labels<LadderStep> = {
  'response-due-soon': { zh: '提醒联系居民', en: 'Reminder to contact the resident' },
  'response-overdue': { zh: '联系居民超期', en: 'Contact overdue' },
  'due-soon': { zh: '到期前提醒', en: 'Reminder before the deadline' },
  overdue: { zh: '超期提醒', en: 'Overdue' },
  supervisor: { zh: '报督办员', en: 'To the supervisor' },
  'street-head': { zh: '报街道值班长', en: 'To the head of the street centre' },
}

/** What is wrong with a value of an extra field; named by rules/extra-fields.ts. */
export const extraFaultWords: Labels<ExtraFault> = {
  missing: { zh: '这一项要填。', en: 'This one is needed.' },
  'not-asked': { zh: '这个事项没有这一项，请去掉。', en: 'This matter has no such field; leave it out.' },
  'wrong-kind': {
    zh: '填的内容不对，请照这一项的类型填。',
    en: 'This does not fit the field; fill in what it asks for.',
  },
}

export const actNames: Labels<Act> = {
  file: { zh: '登记', en: 'File' },
  add: { zh: '补充', en: 'Add' },
  accept: { zh: '受理', en: 'Accept' },
  'answer-now': { zh: '直接答复', en: 'Answer now' },
  decline: { zh: '不予受理', en: 'Decline' },
  merge: { zh: '并单', en: 'Merge' },
  split: { zh: '拆单', en: 'Split' },
  escalate: { zh: '上报', en: 'Escalate' },
  'send-down': { zh: '下派', en: 'Send down' },
  assign: { zh: '派单', en: 'Assign' },
  take: { zh: '签收', en: 'Take' },
  return: { zh: '申请退单', en: 'Ask to return' },
  recall: { zh: '收回重派', en: 'Take back' },
  'hand-on': { zh: '转交', en: 'Hand on' },
  contact: { zh: '联系居民', en: 'Contact' },
  'submit-result': { zh: '反馈结果', en: 'Submit result' },
  'solve-on-spot': { zh: '自行处置', en: 'Solve on the spot' },
  answer: { zh: '拟写答复', en: 'Draft answer' },
  check: { zh: '核查', en: 'Check' },
  rate: { zh: '评价', en: 'Rate' },
  close: { zh: '结案', en: 'Close' },
  reopen: { zh: '再次反映', en: 'Reopen' },
  extend: { zh: '申请延期', en: 'Ask to extend' },
  defer: { zh: '申请缓办', en: 'Ask to defer' },
  suspend: { zh: '申请暂停', en: 'Ask to suspend' },
  resume: { zh: '恢复计时', en: 'Resume' },
  approve: { zh: '批准', en: 'Approve' },
  refuse: { zh: '不批准', en: 'Refuse' },
  remind: { zh: '催办', en: 'Remind' },
  supervise: { zh: '督办', en: 'Supervise' },
  dispute: { zh: '派单异议', en: 'Dispute duty' },
  adjudicate: { zh: '裁定职责', en: 'Decide whose duty' },
  'return-upstream': { zh: '申请退回上级', en: 'Ask to send back' },
  'settle-upstream': { zh: '登记退单答复', en: 'Record their answer' },
  'reply-upstream': { zh: '回填上级', en: 'Reply above' },
  'rate-upstream': { zh: '登记上级回访', en: 'Record rating above' },
  'register-petition': { zh: '登记信访', en: 'Register as a petition' },
  'pass-petition': { zh: '转送信访', en: 'Pass the petition on' },
  'notice-petition': { zh: '登记受理告知', en: 'Record the notice' },
  'extend-petition': { zh: '信访延期', en: 'Ask for more time' },
  'settle-petition': { zh: '登记处理意见', en: 'Record the written answer' },
  'record-rating': { zh: '代录评价', en: 'Record a rating' },
  'find-unreasonable': { zh: '认定不合理诉求', en: 'Ask for a finding' },
  'finish-task': { zh: '完成任务', en: 'Task done' },
  'call-off-task': { zh: '取消任务', en: 'Call the task off' },
  unmask: { zh: '查看联系方式', en: 'Show contact' },
}

/** Lines of a case's history: its acts, and calls of people for an urgent one. */
export const entryNames: Labels<EntryAct> = {
  ...actNames,
  'blind-call-back': { zh: '评价核实回访', en: 'Asked again about the rating' },
  'give-task': { zh: '布置任务', en: 'Task given' },
  'end-task': { zh: '到期结束', en: 'Ended with its day' },
  mediation: { zh: '人民调解', en: 'Mediation' },
  hazard: { zh: '隐患整改', en: 'Hazard' },
  violation: { zh: '违法行为处理', en: 'Violation' },
  withdraw: { zh: '导入撤销', en: 'Import undone' },
  undo: { zh: '撤回上一步', en: 'Took the last step back' },
  'call-out': { zh: '呼叫值班人员', en: 'People called' },
  'answer-call': { zh: '我来处理', en: 'Has it' },
  climb: { zh: '超期上报', en: 'Late: reported up' },
  whistle: { zh: '吹哨', en: 'Whistle' },
  'whistle-arrive': { zh: '报到', en: 'Reported' },
  'whistle-task': { zh: '布置任务', en: 'Task given' },
  'whistle-done': { zh: '任务完成', en: 'Task done' },
  'whistle-accept': { zh: '任务确认', en: 'Task confirmed' },
  'whistle-veto': { zh: '任务未通过', en: 'Task not accepted' },
  'whistle-rate': { zh: '评价报到单位', en: 'Called organisation rated' },
  'whistle-release': { zh: '解除吹哨', en: 'Whistle ended' },
}

/** In what part somebody was called; `unanswered`: the supervisors and secretaries, when nobody was left. */
export const callPartNames: Labels<(typeof callParts)[number] | 'unanswered'> = {
  'on-duty': { zh: '当班', en: 'on duty' },
  chain: { zh: '呼叫顺序', en: 'call chain' },
  supervisor: { zh: '督办员', en: 'supervisor' },
  secretary: { zh: '书记', en: 'secretary' },
  unanswered: { zh: '无人应答，已报督办员和书记', en: 'nobody answered; supervisors and secretaries told' },
}
