import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'
import { routeNames } from './gathering-words.ts'

const days = Type.Integer({ minimum: 1, maximum: 730 })

/** The promise of a case with a route; one that is nearer than its rule's deadline becomes the deadline. */
export const routePromises = defineSetting({
  key: 'cases.routePromises',
  group: 'times',
  words: { zh: '“三办”的承诺天数', en: 'Days promised for each route' },
  help: {
    zh: '马上办、协调办、跟踪办各在几天内办好。从受理起算，写在诉求、三单和公开页面上。承诺比规定时限早的，按承诺；比规定时限晚的，规定时限不变。',
    en: 'Within how many days each route promises to be done. Counted from acceptance and written on the case, the lists and the public page. A promise that is nearer than the rule becomes the deadline; a later one never puts the rule off.',
  },
  schema: Type.Object({ 'handle-now': days, coordinate: days, track: days }, { additionalProperties: false }),
  // Rule: 和美社区 keeps what it can solve within about a week (systems.md 002-07); the other two are ours to change.
  fallback: { 'handle-now': 7, coordinate: 30, track: 90 },
  unit: { zh: '天', en: 'days' },
  labels: routeNames,
})
