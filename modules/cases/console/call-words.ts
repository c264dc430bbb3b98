/** The words of urgent cases on their way down the call chain; console and phone share them. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  waits: { zh: '紧急，还没有人处理', en: 'Urgent: nobody has it yet' },
  answer: { zh: '我来处理', en: 'I have it' },
  hasIt: { zh: '{name}正在处理（{time}应答）', en: '{name} has it (answered {time})' },
  nobodyLeft: {
    zh: '值班人员都叫过了，没有人应答，已报督办员和书记。',
    en: 'Everybody was called and nobody answered; supervisors and secretaries are told.',
  },
  called: { zh: '已呼叫：', en: 'Called: ' },
  urgentCases: { zh: '紧急诉求', en: 'Urgent cases' },
})
