import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'
import { routeNames } from './gathering-words.ts'

const days = Type.Integer({ minimum: 1, maximum: 730 })

/** Shown on the lists; the clock of a case stays the clock of its rule. */
export const routePromises = defineSetting({
  key: 'cases.routePromises',
  group: 'times',
  words: { zh: '“三办”的承诺天数', en: 'Days promised for each route' },
  help: {
    zh: '马上办、协调办、跟踪办各在几天内办好。写在三单和公开页面上，不改变诉求本身的时限。',
    en: 'Within how many days each route promises to be done. It is written on the lists and the public page; the deadlines of cases stay as they are.',
  },
  schema: Type.Object({ 'handle-now': days, coordinate: days, track: days }, { additionalProperties: false }),
  // Rule: 和美社区 keeps what it can solve within about a week (systems.md 002-07); the other two are ours to change.
  fallback: { 'handle-now': 7, coordinate: 30, track: 90 },
  unit: { zh: '天', en: 'days' },
  labels: routeNames,
})
