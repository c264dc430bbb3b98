import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'

const hours = { zh: '小时', en: 'hours' }

export const disputeWithinHours = defineSetting({
  key: 'cases.disputeWithinHours',
  group: 'cases',
  words: { zh: '派单后可以提出异议的时间', en: 'Time for objecting to a duty' },
  help: {
    zh: '承办单位认为不是自己的职责，在派单后这段时间内可以提出派单异议。异议期间先办后议，时限照走。',
    en: 'Within so many hours of being given an order, an organisation may say that it is not its duty. Meanwhile the matter is handled and the clock runs.',
  },
  schema: Type.Integer({ minimum: 1, maximum: 240 }),
  fallback: 24,
  unit: hours,
})

export const adjudicateWithinHours = defineSetting({
  key: 'cases.adjudicateWithinHours',
  group: 'cases',
  words: { zh: '派单异议的裁定时间', en: 'Time for deciding a dispute' },
  help: {
    zh: '裁定人在这段时间内裁定。超过时间没有裁定，通知所有督办员和街道值班长，他们中没有派过这条诉求的人都可以裁定。',
    en: 'The adjudicator decides within so many hours. After that every supervisor and head of the street centre is told, and any of them who did not give out the case may decide.',
  },
  schema: Type.Integer({ minimum: 1, maximum: 240 }),
  fallback: 24,
  unit: hours,
})
