/** What a street changes itself about points: what a point is worth, the quarter run, offline lists, the time bank. */
import { Type } from 'typebox'
import { defineSetting, type StreetSetting } from '../../lib/setting.ts'

const strict = { additionalProperties: false } as const

export const pointWorth = defineSetting({
  key: 'points.worth',
  group: 'points',
  words: { zh: '每分折合（分钱）', en: 'Worth of a point, in fen' },
  help: {
    zh: '季度兑换时，一个积分折合爱心券多少分钱；100 就是一元。冻结一个季度时按当时的数记下，以后改动不影响它。',
    en: 'What one point becomes in the quarter run, in fen; 100 is one yuan. A quarter keeps what held when it was frozen.',
  },
  schema: Type.Integer({ minimum: 1, maximum: 100_000 }),
  fallback: 100,
})

export const quarterTerms = defineSetting({
  key: 'points.quarter',
  group: 'points',
  words: { zh: '季度兑换', en: 'Quarter run' },
  help: {
    zh: '不到最低分的留到下个季度。公示天数从公示第二天算起。爱心券按面额拆开，零头单独一张。',
    en: 'Below the least, points stay for the next quarter. Days of the notice count from the day after it begins. Vouchers are split by their size; what is left over is one of its own.',
  },
  schema: Type.Object(
    {
      leastPoints: Type.Integer({ minimum: 1, maximum: 100_000 }),
      noticeDays: Type.Integer({ minimum: 3, maximum: 60 }),
      voucherFen: Type.Integer({ minimum: 100, maximum: 1_000_000 }),
      voucherDays: Type.Integer({ minimum: 30, maximum: 1095 }),
    },
    strict,
  ),
  fallback: { leastPoints: 10, noticeDays: 5, voucherFen: 1000, voucherDays: 180 },
  labels: {
    leastPoints: { zh: '最低兑换分', en: 'Least points' },
    noticeDays: { zh: '公示天数', en: 'Days of notice' },
    voucherFen: { zh: '每张面额（分钱）', en: 'Size of a voucher, in fen' },
    voucherDays: { zh: '有效天数', en: 'Days it is good' },
  },
})

export const offlineLimit = defineSetting({
  key: 'points.offlineLimit',
  group: 'points',
  words: { zh: '断网收券上限（分钱）', en: 'Offline limit, in fen' },
  help: {
    zh: '商家断网时凭离线名单最多收多少钱的券；名单最长两小时。0 表示不许离线收券。',
    en: 'How much a shop may take by one offline list, which lasts two hours at most. 0 means none.',
  },
  schema: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  fallback: 50_000,
})

export const timeBank = defineSetting({
  key: 'points.timeBank',
  group: 'points',
  words: { zh: '时间银行', en: 'Time bank' },
  help: {
    zh: '打开后，服务时长另存一本，日后换取照护。每人最多存的小时数以外的，转入社区公益池。',
    en: 'When on, hours of service are kept in a book of their own for care later. What goes beyond the most that a person may keep comes to the common pool.',
  },
  schema: Type.Object(
    { on: Type.Boolean(), mostHours: Type.Integer({ minimum: 1, maximum: 10_000 }) },
    strict,
  ),
  // Rule: rules.md 8: a cap of 1,500 hours (Nanjing, 2019).
  fallback: { on: false, mostHours: 1500 },
  labels: { on: { zh: '打开', en: 'On' }, mostHours: { zh: '最多存（小时）', en: 'Most hours' } },
})

export const yearTerms = defineSetting({
  key: 'points.yearEnd',
  group: 'points',
  words: { zh: '年终到期', en: 'End of the year' },
  help: {
    zh: '关闭时，积分一直有效，全部结转下一年。打开后，年底没用完的积分在宽限天数后自动列出名单，经公示、两人批准后到期；每人可以结转若干分。',
    en: 'When off, all points are carried over. When on, what is left of a year is listed by itself after the days of grace, shown for objections, approved by two people, and expires; each account carries some over.',
  },
  schema: Type.Object(
    {
      expires: Type.Boolean(),
      keeps: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
      graceDays: Type.Integer({ minimum: 0, maximum: 180 }),
    },
    strict,
  ),
  fallback: { expires: false, keeps: 0, graceDays: 31 },
  labels: {
    expires: { zh: '年终到期', en: 'Expires' },
    keeps: { zh: '每人结转分', en: 'Carried over by each' },
    graceDays: { zh: '年后宽限天数', en: 'Days of grace' },
  },
})

export const honourTerms = defineSetting({
  key: 'points.honours',
  group: 'points',
  words: { zh: '年度荣誉', en: 'Honours of the year' },
  help: {
    zh: '一年里至少得到这么多分的，列为年度荣誉的候选；由社区选定，另一位同事批准后发证书。',
    en: 'Whoever earned at least so many points in a year is proposed; the community chooses and somebody else approves.',
  },
  schema: Type.Object(
    {
      personPoints: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
      organisationPoints: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    },
    strict,
  ),
  fallback: { personPoints: 50, organisationPoints: 50 },
  labels: {
    personPoints: { zh: '个人至少（分）', en: 'People, points' },
    organisationPoints: { zh: '单位至少（分）', en: 'Organisations, points' },
  },
})

export const pointSettings: readonly StreetSetting[] = [
  pointWorth,
  quarterTerms,
  offlineLimit,
  timeBank,
  yearTerms,
  honourTerms,
]
