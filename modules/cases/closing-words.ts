/** 三问效: what is asked about the effect when a case is closed. A street says the three questions in its own words. */
import type { Bilingual } from '../../lib/language.ts'
import { defineWordsSetting } from '../../lib/setting.ts'

export const closingQuestions = ['effect', 'content', 'lasting'] as const
export type ClosingQuestion = (typeof closingQuestions)[number]

export const closingQuestionNames: Readonly<Record<ClosingQuestion, Bilingual>> = {
  effect: { zh: '问题解决了吗', en: 'Is it solved?' },
  content: { zh: '居民认可吗', en: 'Does the resident agree?' },
  lasting: { zh: '以后不会再犯吗', en: 'Will it stay so?' },
}

export const ownClosingQuestions = defineWordsSetting({
  key: 'cases.closingQuestions',
  words: { zh: '三问效：结案时问什么', en: 'What is asked when a case is closed' },
  help: {
    zh: '结案时对效果的三个提问，可以改成街道自己的说法。回答写进诉求的经过。',
    en: 'Three questions about the effect when a case is closed, in your own words. The answers stand in the history of the case.',
  },
  shipped: Object.fromEntries(
    closingQuestions.map((one) => [`cases.closing.${one}`, closingQuestionNames[one]]),
  ),
})
