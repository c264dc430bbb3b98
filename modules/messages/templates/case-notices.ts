/**
 * What is said about a case, and to whom. Who hears of which event is decided by the cases module
 * (modules/cases/server/tell-people.ts); here are the words.
 */
import type { NoticeTemplate } from './template.ts'

export const caseNotices = [
  {
    event: 'case.filed-urgent',
    reader: 'desk',
    words: { zh: '紧急诉求登记', en: 'Urgent case filed' },
    fields: ['number', 'street'],
    text: {
      zh: '有一条紧急诉求 {number}，请马上处理。',
      en: 'Urgent case {number} was filed. Please see to it at once.',
    },
    goesOut: true,
  },
  {
    event: 'case.accepted',
    reader: 'resident',
    words: { zh: '诉求受理', en: 'Case accepted' },
    fields: ['number', 'due', 'street', 'deskPhone'],
    text: {
      zh: '您反映的事情（编号 {number}）已受理，我们会在 {due} 前答复您。',
      en: 'What you reported ({number}) was accepted. We answer you by {due}.',
    },
    goesOut: false,
  },
  {
    event: 'case.assigned',
    reader: 'holder',
    words: { zh: '派单', en: 'Case given' },
    fields: ['number', 'due', 'street'],
    text: {
      zh: '诉求 {number} 派给您这里办理，请尽快签收，{due} 前办结。',
      en: 'Case {number} was given to you. Please take it soon and finish by {due}.',
    },
    goesOut: true,
  },
  {
    event: 'case.handed-on',
    reader: 'holder',
    words: { zh: '单位内转交', en: 'Handed on inside the organisation' },
    fields: ['number', 'due'],
    text: {
      zh: '单位负责人把诉求 {number} 转给您办理，{due} 前办结。',
      en: 'The lead of your organisation gave you case {number}. It is due by {due}.',
    },
    goesOut: false,
  },
  {
    event: 'case.recalled',
    reader: 'holder',
    words: { zh: '收回重派', en: 'Order taken back' },
    fields: ['number'],
    text: {
      zh: '诉求 {number} 已由派单台收回，您这里不用再办理。',
      en: 'The desk took case {number} back. You need not go on with it.',
    },
    goesOut: false,
  },
  {
    event: 'case.rework',
    reader: 'holder',
    words: { zh: '核查未通过', en: 'Check not passed' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 核查未通过，请继续办理，期限不变：{due}。',
      en: 'Case {number} did not pass its check. Please go on; the deadline stays {due}.',
    },
    goesOut: true,
  },
  {
    event: 'case.response-due-soon',
    reader: 'holder',
    words: { zh: '联系居民即将到期', en: 'Contact due soon' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 请在 {due} 前联系居民。',
      en: 'Please contact the resident of case {number} by {due}.',
    },
    goesOut: false,
  },
  {
    event: 'case.response-overdue',
    reader: 'holder',
    words: { zh: '联系居民超期', en: 'Contact overdue' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 应在 {due} 前联系居民，已超过时间，请现在联系。',
      en: 'The resident of case {number} should have been contacted by {due}. Please do it now.',
    },
    goesOut: false,
  },
  {
    event: 'case.due-soon',
    reader: 'holder',
    words: { zh: '即将到期', en: 'Due soon' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 快到期了，请在 {due} 前办结。',
      en: 'Case {number} is due soon: {due}.',
    },
    goesOut: true,
  },
  {
    event: 'case.overdue',
    reader: 'holder',
    words: { zh: '超期', en: 'Overdue' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 已超过期限（{due}），请尽快办结，或说明情况。',
      en: 'Case {number} is past its deadline ({due}). Please finish it soon or say what holds it up.',
    },
    goesOut: true,
  },
  {
    event: 'case.overdue',
    reader: 'desk',
    words: { zh: '超期', en: 'Overdue' },
    fields: ['number', 'due'],
    text: {
      zh: '您这里交办的诉求 {number} 已超过期限（{due}）。',
      en: 'Case {number}, given out by your desk, is past its deadline ({due}).',
    },
    goesOut: false,
  },
  {
    event: 'case.answered',
    reader: 'resident',
    words: { zh: '诉求已答复', en: 'Case answered' },
    fields: ['number', 'street', 'deskPhone', 'link'],
    text: {
      zh: '您反映的事情（编号 {number}）已有答复，请打开“我的诉求”查看，并说说是否解决。{link}',
      en: 'What you reported ({number}) has been answered. Please open “My requests”, read it and say whether it is solved. {link}',
    },
    goesOut: true,
  },
  {
    event: 'case.rating-ends',
    reader: 'resident',
    words: { zh: '等待评价', en: 'Waiting for a rating' },
    fields: ['number', 'rateBy', 'street', 'deskPhone', 'link'],
    text: {
      zh: '您反映的事情（编号 {number}）还没有评价。{rateBy} 前没有收到您的意见，将按已办好结案。{link}',
      en: 'You have not rated {number} yet. If we hear nothing by {rateBy} it will be closed as done. {link}',
    },
    goesOut: false,
  },
  {
    event: 'case.declined',
    reader: 'resident',
    words: { zh: '不予受理', en: 'Case declined' },
    fields: ['number', 'street', 'deskPhone'],
    text: {
      zh: '您反映的事情（编号 {number}）不能在这里受理，原因和可以找的地方请看“我的诉求”。',
      en: 'What you reported ({number}) can not be taken on here. “My requests” says why and where to turn.',
    },
    goesOut: true,
  },
  {
    event: 'case.approval-asked',
    reader: 'desk',
    words: { zh: '申请待批', en: 'Request to approve' },
    fields: ['number', 'request'],
    text: {
      zh: '诉求 {number} 申请{request}，请您审批。',
      en: 'Case {number}: somebody asks for a {request}. Please decide.',
    },
    goesOut: false,
  },
  {
    event: 'case.request-approved',
    reader: 'holder',
    words: { zh: '申请已批准', en: 'Request approved' },
    fields: ['number', 'request', 'due'],
    text: {
      zh: '诉求 {number} 的{request}申请已批准。',
      en: 'Case {number}: the {request} was approved.',
    },
    goesOut: false,
  },
  {
    event: 'case.request-refused',
    reader: 'holder',
    words: { zh: '申请未批准', en: 'Request refused' },
    fields: ['number', 'request', 'due'],
    text: {
      zh: '诉求 {number} 的{request}申请没有批准，请继续办理，期限 {due}。',
      en: 'Case {number}: the {request} was not approved. Please go on; it is due by {due}.',
    },
    goesOut: false,
  },
  {
    event: 'case.reopened',
    reader: 'desk',
    words: { zh: '再次反映', en: 'Reopened' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 再次反映，请重新交办，{due} 前办结。',
      en: 'Case {number} was raised again. Please give it out anew; it is due by {due}.',
    },
    goesOut: false,
  },
  {
    event: 'case.reminded',
    reader: 'holder',
    words: { zh: '催办', en: 'Reminder' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 被催办，请尽快办理，期限 {due}。',
      en: 'A reminder: please see to case {number}. It is due by {due}.',
    },
    goesOut: true,
  },
  {
    event: 'case.supervised',
    reader: 'holder',
    words: { zh: '督办', en: 'Supervised' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 已列入督办，请抓紧办理，期限 {due}。',
      en: 'Case {number} is now supervised. Please press on; it is due by {due}.',
    },
    goesOut: true,
  },
  {
    event: 'case.supervised',
    reader: 'desk',
    words: { zh: '督办', en: 'Supervised' },
    fields: ['number', 'due'],
    text: {
      zh: '您这里交办的诉求 {number} 已列入督办。',
      en: 'Case {number}, given out by your desk, is now supervised.',
    },
    goesOut: false,
  },
  {
    event: 'case.task',
    reader: 'holder',
    words: { zh: '网格任务', en: 'Duty task' },
    fields: ['number', 'due'],
    text: {
      zh: '有一件网格任务 {number}，{due} 前做完即可。',
      en: 'There is a duty task {number} for your grid, open until {due}.',
    },
    goesOut: false,
  },
  {
    // It says nothing of what or where: whoever looks over a shoulder reads only that something waits.
    event: 'harm.reported',
    reader: 'desk',
    words: { zh: '有一件专人处理的事', en: 'Something for you alone' },
    fields: [],
    text: {
      zh: '有一件需要您本人马上查看的事，请打开“强制报告”。',
      en: 'Something waits for you in person. Please open “Mandatory reports” at once.',
    },
    goesOut: false,
  },
] as const satisfies readonly NoticeTemplate[]
