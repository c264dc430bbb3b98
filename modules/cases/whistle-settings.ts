import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'
import { whistleKindNames } from './whistle-words.ts'

const minutes = Type.Integer({ minimum: 5, maximum: 10_080 })

export const whistleMinutes = defineSetting({
  key: 'cases.whistleMinutes',
  group: 'times',
  words: { zh: '吹哨后报到的时间', en: 'Time to report to a whistle' },
  help: {
    zh: '被吹哨的单位在这些分钟内报到；吹哨时可以另外约定。',
    en: 'Within so many minutes a called organisation has to report; the caller may say otherwise.',
  },
  schema: Type.Object(
    { 'beyond-us': minutes, 'joint-enforcement': minutes, emergency: minutes },
    { additionalProperties: false },
  ),
  // Rule: edge.md 4.8, e.g. 30 minutes; the longer ones are ours.
  fallback: { 'beyond-us': 1440, 'joint-enforcement': 120, emergency: 30 },
  unit: { zh: '分钟', en: 'minutes' },
  labels: whistleKindNames,
})

export const whistleClimbMinutes = defineSetting({
  key: 'cases.whistleClimbMinutes',
  group: 'times',
  words: { zh: '超时未报到后报给谁', en: 'Who hears of a call that nobody answered' },
  help: {
    zh: '到时没有报到，马上提醒单位负责人和吹哨人；再过这些分钟报督办员，再报街道值班长。每一级只报一次。',
    en: 'When nobody reported in time, the head of the organisation and the caller are told at once; after so many minutes more the supervisor, then the head of the street centre. Each once.',
  },
  schema: Type.Object({ supervisor: minutes, 'street-head': minutes }, { additionalProperties: false }),
  fallback: { supervisor: 15, 'street-head': 60 },
  unit: { zh: '分钟', en: 'minutes' },
  labels: {
    supervisor: { zh: '报督办员', en: 'To the supervisor after' },
    'street-head': { zh: '报街道值班长', en: 'To the head of the street centre after' },
  },
})
