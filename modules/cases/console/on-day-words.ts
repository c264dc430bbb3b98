/** Words of the list as it stood on a day. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  onDay: { zh: '看哪一天', en: 'As of day' },
  asItWas: {
    zh: '{day}当天结束时在办的诉求，状态和所属区域按那一天；承办人和时间是现在的。',
    en: 'What was open at the end of {day}, with the state and the area of that day; who handles it and the dates are those of now.',
  },
  asAsked: {
    zh: '按{day}的区域和状态列出；承办人和时间是现在的。',
    en: 'By the areas and states of {day}; who handles it and the dates are those of now.',
  },
  notForDays: {
    zh: '“时限”和“等谁办”只看现在，已略去。',
    en: '“Due” and “waits for” are about now and are left out.',
  },
  backToNow: { zh: '回到现在', en: 'Back to now' },
})
