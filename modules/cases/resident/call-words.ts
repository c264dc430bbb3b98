/** The words of an urgent call on a phone. */
import { defineWords } from '../../../ui/language.ts'

export const callWords = defineWords({
  urgent: { zh: '紧急，还没有人处理', en: 'Urgent: nobody has it yet' },
  calledYou: { zh: '紧急，正在叫您', en: 'Urgent: you are called' },
  answer: { zh: '我来处理', en: 'I have it' },
  yours: { zh: '好，这件事由您处理，已告诉其他人。', en: 'It is yours now; the others are told.' },
})
