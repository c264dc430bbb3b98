import { Type } from 'typebox'
import { defineSetting } from '../../lib/setting.ts'

const minutes = { zh: '分钟', en: 'minutes' }

export const undoWithinMinutes = defineSetting({
  key: 'cases.undoWithinMinutes',
  group: 'cases',
  words: { zh: '多久以内可以撤回', en: 'Time for taking an act back' },
  help: {
    zh: '受理、派单、并单、上报、下派，以及批量处理，办的人在这段时间里可以撤回，前提是之后没有别人办过。',
    en: 'Accepting, assigning, merging, sending up or down, singly or in bulk, may be taken back by whoever did it within this time, as long as nobody acted since.',
  },
  schema: Type.Integer({ minimum: 1, maximum: 240 }),
  fallback: 30,
  unit: minutes,
})

export const quietMinutes = defineSetting({
  key: 'cases.batchQuietMinutes',
  group: 'cases',
  words: { zh: '批量处理后多久才发通知', en: 'Time before a batch tells anybody' },
  help: {
    zh: '批量处理的受理、派单和答复，过这段时间才通知居民和承办单位；这时已经撤回的就不通知。紧急的马上通知。填 0 表示马上通知。',
    en: 'What is accepted, assigned or answered in bulk is told to residents and holders only after this time; what was taken back meanwhile is not told at all. Urgent ones are told at once. 0 means at once.',
  },
  schema: Type.Integer({ minimum: 0, maximum: 30 }),
  fallback: 3,
  unit: minutes,
})

export const adoptAbovePercent = defineSetting({
  key: 'cases.adoptAbovePercent',
  group: 'cases',
  words: { zh: '批量受理采用事项建议的把握', en: 'How sure a suggestion must be in bulk' },
  help: {
    zh: '批量受理时，每条按建议的事项受理；把握低于这个数的不办，留给人单独看。',
    en: 'Accepting in bulk takes the suggested matter of each case; what is less sure than this is left for a person to look at.',
  },
  schema: Type.Integer({ minimum: 50, maximum: 100 }),
  fallback: 85,
  unit: { zh: '%', en: '%' },
})

export const bulkSettings = [undoWithinMinutes, quietMinutes, adoptAbovePercent] as const
