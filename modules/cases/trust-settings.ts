import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'

export const againWithinDays = defineSetting({
  key: 'cases.againWithinDays',
  group: 'times',
  words: {
    zh: '结案后多少天内同地同事再来算过早结案',
    en: 'Days after closing in which the same again counts against it',
  },
  help: {
    zh: '同一地点、同一事项在这些天里又有人反映，算在这次结案上。',
    en: 'When the same matter at the same place is reported within so many days, it counts against the closing.',
  },
  schema: Type.Integer({ minimum: 3, maximum: 180 }),
  // Rule: rules.md §1.6, 重复案件: same place and code within 30 days.
  fallback: 30,
  unit: { zh: '天', en: 'days' },
})
