/** What a street changes itself about its cases. Read with `readSetting` of platform/street-settings.ts. */
import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'

const days = { zh: '天', en: 'days' }

export const closeAfterDays = defineSetting({
  key: 'cases.closeAfterDays',
  group: 'cases',
  words: { zh: '答复后等待居民的天数', en: 'Days to wait for the resident after an answer' },
  help: {
    zh: '答复后居民没有评价，也没有说还有什么没办好，过了这些天系统自动结案。未解决的诉求不会自动结案。',
    en: 'When the resident neither rates the answer nor says what is still wrong, the system closes the case after so many days. An unsolved matter never closes by itself.',
  },
  schema: Type.Integer({ minimum: 1, maximum: 90 }),
  fallback: 7,
  unit: days,
})
