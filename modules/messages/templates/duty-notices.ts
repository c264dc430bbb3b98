/** What is said to people of the duty roster. Who hears it is decided in modules/cases/server (call-chain, roster-alarms). */
import type { NoticeTemplate } from './template.ts'

export const dutyNotices = [
  {
    event: 'duty.called',
    reader: 'desk',
    words: { zh: '紧急诉求呼叫', en: 'Called for an urgent case' },
    fields: ['number', 'street'],
    text: {
      zh: '紧急诉求 {number} 正在等人处理，请马上打开系统，按“我来处理”。',
      en: 'Urgent case {number} waits for somebody. Please open the system now and press “I have it”.',
    },
    goesOut: true,
  },
  {
    event: 'duty.unanswered',
    reader: 'desk',
    words: { zh: '紧急诉求无人应答', en: 'Nobody answered an urgent case' },
    fields: ['number', 'street'],
    text: {
      zh: '紧急诉求 {number} 已经叫遍值班人员，还没有人应答，请您马上过问。',
      en: 'Everybody on the call chain was called for urgent case {number} and nobody answered. Please see to it now.',
    },
    goesOut: true,
  },
  {
    event: 'duty.answered',
    reader: 'desk',
    words: { zh: '紧急诉求已有人处理', en: 'Somebody has the urgent case' },
    fields: ['number'],
    text: {
      zh: '紧急诉求 {number} 已有同事在处理，您不用再赶去了。',
      en: 'A colleague has urgent case {number}. You need not come.',
    },
    goesOut: false,
  },
  {
    event: 'duty.gap',
    reader: 'desk',
    words: { zh: '值班表缺班', en: 'A shift is missing' },
    fields: ['starts', 'street'],
    text: {
      zh: '值班表上 {starts} 开始的班还没有排人，请尽快补上。',
      en: 'Nobody stands the shift that begins {starts}. Please fill it soon.',
    },
    goesOut: false,
  },
] as const satisfies readonly NoticeTemplate[]
