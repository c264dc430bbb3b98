/** What a street changes itself about its cases. Read with `readSetting` of platform/street-settings.ts. */
import { Type } from 'typebox'
import { defineSetting, defineWordsSetting, type StreetSetting } from '../../lib/setting.ts'
import { bulkSettings } from './bulk-settings.ts'
import { clockSettings } from './clock-settings.ts'
import { ownClosingQuestions } from './closing-words.ts'
import { adjudicateWithinHours, disputeWithinHours } from './dispute-settings.ts'
import { figureSettings } from './figure-settings.ts'
import { routePromises } from './gathering-settings.ts'
import { ladderSettings } from './ladder-settings.ts'
import { kindWords, stateWords } from './street-words.ts'
import { suggestSettings } from './suggest-settings.ts'
import { againWithinDays } from './trust-settings.ts'
import { whistleClimbMinutes, whistleMinutes } from './whistle-settings.ts'

const days = { zh: '天', en: 'days' }
const hours = { zh: '小时', en: 'hours' }

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

export const rateWithinDays = defineSetting({
  key: 'cases.rateWithinDays',
  group: 'cases',
  words: { zh: '结案后还可以评价的天数', en: 'Days for rating after closing' },
  help: {
    zh: '结案以后，居民在这些天内还可以评价；过后可以再次反映。',
    en: 'After a case is closed the resident may still rate it for so many days.',
  },
  schema: Type.Integer({ minimum: 1, maximum: 365 }),
  fallback: 30,
  unit: days,
})

export const reopenWithinDays = defineSetting({
  key: 'cases.reopenWithinDays',
  group: 'cases',
  words: { zh: '结案后可以再次反映的天数', en: 'Days for reporting again after closing' },
  help: {
    zh: '结案以后，居民在这些天内可以在原诉求上再次反映；过后请重新登记一条。填 0 表示不限。长期跟进的诉求不受限制。',
    en: 'For so many days after closing, the resident may report the same case again; later it is filed anew. 0 means without limit. Long-term cases have none.',
  },
  schema: Type.Integer({ minimum: 0, maximum: 1095 }),
  fallback: 0,
  unit: days,
  labels: { 0: { zh: '不限', en: 'Without limit' } },
})

export const returnWithinHours = defineSetting({
  key: 'cases.returnWithinHours',
  group: 'cases',
  words: { zh: '派单后可以申请退单的时间', en: 'Time for returning an order' },
  help: {
    zh: '承办单位在派单后这段时间内可以申请退单，由派单台另一人审批。',
    en: 'Within so many hours of being assigned, a holder may ask to return an order; somebody else at the desk approves.',
  },
  schema: Type.Integer({ minimum: 1, maximum: 240 }),
  fallback: 48,
  unit: hours,
})

export const dueSoon = defineSetting({
  key: 'cases.dueSoon',
  group: 'times',
  words: { zh: '什么时候算“即将到期”', en: 'When a case counts as due soon' },
  help: {
    zh: '时限只剩下这个比例时提醒，但最早不超过到期前这些小时。例如 25% 和 24 小时：两小时的时限提前 30 分钟提醒，五个工作日的提前一天。',
    en: 'A warning comes when this share of the time is left, but no earlier than so many hours before the end. With 25% and 24 hours, two hours warn for 30 minutes and five working days for one day.',
  },
  schema: Type.Object(
    {
      sharePercent: Type.Integer({ minimum: 5, maximum: 75 }),
      atMostHours: Type.Integer({ minimum: 1, maximum: 240 }),
    },
    { additionalProperties: false },
  ),
  fallback: { sharePercent: 25, atMostHours: 24 },
  labels: {
    sharePercent: { zh: '剩余比例（%）', en: 'Share left (%)' },
    atMostHours: { zh: '最早提前（小时）', en: 'At most (hours before)' },
  },
})

export const longestExtension = defineSetting({
  key: 'cases.longestExtension',
  group: 'cases',
  words: { zh: '延期最长', en: 'Longest extension' },
  help: {
    zh: '一条诉求不管申请几次延期或缓办，加起来最多推迟这些工作日，从原来的时限算起。',
    en: 'However often it is asked, one case is put off by at most so many working days, counted from its first deadline.',
  },
  schema: Type.Integer({ minimum: 1, maximum: 120 }),
  fallback: 15,
  unit: { zh: '个工作日', en: 'working days' },
})

export const alikeWithinDays = defineSetting({
  key: 'cases.alikeWithinDays',
  group: 'orders',
  words: { zh: '疑似重复工单的天数', en: 'Days in which orders may be the same' },
  help: {
    zh: '同一电话、同一事项同一地点，或两个来源编号相同的工单，在这些天内会提示可能重复，由派单员决定是否并单。',
    en: 'Orders with the same phone, the same matter at the same place, or one number from two sources are shown as possibly the same within so many days; the desk decides whether to merge them.',
  },
  schema: Type.Integer({ minimum: 1, maximum: 90 }),
  fallback: 15,
  unit: days,
})

export const ownStateWords = defineWordsSetting({
  key: 'cases.stateWords',
  words: { zh: '诉求状态的叫法', en: 'Words for the states of a case' },
  help: {
    zh: '街道习惯的叫法，例如把“待受理”改成“待接单”。各处页面都会跟着变；办理的步骤和权限不变。',
    en: 'What your street calls them. Every page follows; the steps and who may do them stay as they are.',
  },
  shipped: stateWords,
})

export const ownKindWords = defineWordsSetting({
  key: 'cases.kindWords',
  words: { zh: '诉求类别的叫法', en: 'Words for the kinds of a case' },
  help: {
    zh: '街道习惯的叫法，例如把“求助”改成“请求帮助”。类别本身和各自的时限不变。',
    en: 'What your street calls them. The kinds themselves and their times stay as they are.',
  },
  shipped: kindWords,
})

export const caseSettings: readonly StreetSetting[] = [
  ...Object.values(clockSettings),
  dueSoon,
  ...Object.values(ladderSettings),
  closeAfterDays,
  rateWithinDays,
  reopenWithinDays,
  returnWithinHours,
  disputeWithinHours,
  adjudicateWithinHours,
  whistleMinutes,
  whistleClimbMinutes,
  longestExtension,
  againWithinDays,
  alikeWithinDays,
  ...suggestSettings,
  ...bulkSettings,
  ...figureSettings,
  routePromises,
  ownStateWords,
  ownKindWords,
  ownClosingQuestions,
]
