/** What parties and desks are told of mediation. Nothing of the dispute leaves the system: only that there is something to read. */
import type { NoticeTemplate } from './template.ts'

export const safetyNotices = [
  {
    event: 'safety.mediation-news',
    reader: 'resident',
    words: { zh: '调解有新进展', en: 'News of a mediation' },
    fields: ['street', 'deskPhone'],
    text: {
      zh: '您参加的人民调解有新进展，请打开“我的调解”查看，或拨打 {deskPhone} 询问。',
      en: 'There is news of your mediation. Please open “My mediation”, or call {deskPhone}.',
    },
    goesOut: true,
  },
  {
    event: 'safety.court-days',
    reader: 'resident',
    words: { zh: '司法确认快到期', en: 'Days left for the court' },
    fields: ['due', 'street', 'deskPhone'],
    text: {
      zh: '您的调解协议可以申请司法确认，双方一起去法院，最晚 {due}，不收费。要带什么请看“我的调解”。',
      en: 'The court can confirm your agreement: apply together by {due}, free of charge. “My mediation” says what to bring.',
    },
    goesOut: true,
  },
  {
    event: 'safety.court-days',
    reader: 'desk',
    words: { zh: '司法确认快到期', en: 'Days left for the court' },
    fields: ['number', 'due'],
    text: {
      zh: '调解 {number} 的协议最晚 {due} 可以申请司法确认，双方还没有申请。',
      en: 'The agreement of mediation {number} can be confirmed by the court until {due}; nobody has applied yet.',
    },
    goesOut: false,
  },
  {
    event: 'safety.duty-soon',
    reader: 'resident',
    words: { zh: '协议履行快到期', en: 'A duty is due soon' },
    fields: ['due', 'street', 'deskPhone'],
    text: {
      zh: '调解协议里有一项最晚 {due} 履行，请打开“我的调解”查看。',
      en: 'Something of your agreement is to be done by {due}. See “My mediation”.',
    },
    goesOut: true,
  },
  {
    event: 'safety.duty-due',
    reader: 'desk',
    words: { zh: '协议履行待回访', en: 'A duty to call about' },
    fields: ['number', 'due'],
    text: {
      zh: '调解 {number} 有一项约定 {due} 到期，请回访是否履行。',
      en: 'Something of mediation {number} was to be done by {due}. Please call and ask.',
    },
    goesOut: false,
  },
] as const satisfies readonly NoticeTemplate[]
