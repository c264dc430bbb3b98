/** What is said when a case climbs, when duty is disputed and when organisations are called. Who hears it: modules/cases/server. */
import type { NoticeTemplate } from './template.ts'

export const callNotices = [
  {
    event: 'case.climbed',
    reader: 'desk',
    words: { zh: '超期上报', en: 'Late case reported up' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 已超过期限（{due}）还没办好，报您知道，请过问。',
      en: 'Case {number} is past its deadline ({due}) and still open. It is reported to you; please look into it.',
    },
    goesOut: true,
  },
  {
    event: 'case.disputed',
    reader: 'desk',
    words: { zh: '派单异议', en: 'Duty disputed' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 的承办单位提出派单异议，请您在 {due} 前裁定。',
      en: 'The organisation given case {number} says it is not its duty. Please decide by {due}.',
    },
    goesOut: true,
  },
  {
    event: 'case.dispute-late',
    reader: 'desk',
    words: { zh: '派单异议超时未裁定', en: 'Dispute not decided in time' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 的派单异议到 {due} 还没有裁定，您也可以裁定。',
      en: 'The dispute about case {number} was not decided by {due}. You may decide it too.',
    },
    goesOut: true,
  },
  {
    event: 'case.dispute-decided',
    reader: 'holder',
    words: { zh: '派单异议已裁定', en: 'Dispute decided' },
    fields: ['number'],
    text: {
      zh: '诉求 {number} 的派单异议已裁定，请打开看由谁办理。',
      en: 'Whose duty case {number} is has been decided. Please open it and see.',
    },
    goesOut: true,
  },
  {
    event: 'case.whistle',
    reader: 'holder',
    words: { zh: '吹哨', en: 'Whistle' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 吹哨，请您单位在 {due} 前报到。',
      en: 'A whistle was blown for case {number}. Your organisation has to report by {due}.',
    },
    goesOut: true,
  },
  {
    event: 'case.whistle-unanswered',
    reader: 'desk',
    words: { zh: '吹哨超时未报到', en: 'Nobody reported to a whistle' },
    fields: ['number', 'due'],
    text: {
      zh: '诉求 {number} 吹哨后，有单位到 {due} 还没有报到，请过问。',
      en: 'An organisation called to case {number} did not report by {due}. Please look into it.',
    },
    goesOut: true,
  },
] as const satisfies readonly NoticeTemplate[]
