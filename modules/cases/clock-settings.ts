/** The times that hold where a matter sets none of its own: one setting for each line of the general table. */
import { Type } from 'typebox'
import { defineSetting, type StreetSetting } from '../../lib/setting.ts'
import { clockUnits } from './rules/clock.ts'
import { type ClockLine, clockLines, clockUnitNames, shippedClocks } from './rules/clock-defaults.ts'

const Span = Type.Object(
  {
    amount: Type.Integer({ minimum: 1, maximum: 365 }),
    unit: Type.Unsafe<(typeof clockUnits)[number]>(Type.String({ enum: [...clockUnits] })),
  },
  { additionalProperties: false },
)

const ClockNumbers = Type.Object(
  {
    response: Span,
    finish: Span,
    extension: Type.Optional(Span),
    source: Type.Object(
      {
        zh: Type.String({ minLength: 2, maxLength: 120 }),
        en: Type.String({ minLength: 2, maxLength: 200 }),
      },
      { additionalProperties: false },
    ),
  },
  { additionalProperties: false },
)

const titles: Readonly<Record<ClockLine, { readonly zh: string; readonly en: string }>> = {
  danger: { zh: 'P0 人身与公共安全', en: 'P0 danger to people' },
  lifeline: { zh: 'P1 水电气热与电梯', en: 'P1 water, power, gas, heat, lifts' },
  general: { zh: 'P2 一般诉求', en: 'P2 general matters' },
  hard: { zh: 'P3 疑难诉求', en: 'P3 hard matters' },
  inquiry: { zh: '咨询', en: 'Inquiries' },
  suggestion: { zh: '建议', en: 'Suggestions' },
  praise: { zh: '表扬', en: 'Praise' },
}

const help = {
  zh: '从受理起算。事项目录里自己定了时限的，按事项的。已经在计时的诉求不变，新受理的按新的算。“依据”会和时限一起给居民和承办人看。',
  en: 'Counted from acceptance. A matter with times of its own keeps them. Clocks that run stay as they are; new ones follow the change. The source is shown beside each deadline.',
}

const labels = {
  response: { zh: '联系居民', en: 'Contact within' },
  finish: { zh: '办结答复', en: 'Answer within' },
  extension: { zh: '最多可延长', en: 'Extension at most' },
  source: { zh: '依据', en: 'Source' },
  amount: { zh: '数量', en: 'Number' },
  unit: { zh: '单位', en: 'Unit' },
  ...clockUnitNames,
}

const define = (line: ClockLine): StreetSetting<typeof ClockNumbers> =>
  defineSetting({
    key: `cases.clocks.${line}`,
    group: 'times',
    words: titles[line],
    help,
    schema: ClockNumbers,
    fallback: shippedClocks[line],
    labels,
  })

export const clockSettings = Object.fromEntries(clockLines.map((line) => [line, define(line)])) as Readonly<
  Record<ClockLine, StreetSetting<typeof ClockNumbers>>
>
