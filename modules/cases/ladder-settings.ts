/** Whom a late case climbs to, and when: one setting for each urgency. */
import { Type } from 'typebox'
import { defineSetting, type StreetSetting } from '../../lib/setting.ts'
import { clockUnits } from './rules/clock.ts'
import { clockUnitNames } from './rules/clock-defaults.ts'
import { shippedLadders } from './rules/ladder.ts'
import { type Urgency, urgencies } from './words.ts'

const Span = Type.Object(
  {
    amount: Type.Integer({ minimum: 1, maximum: 365 }),
    unit: Type.Unsafe<(typeof clockUnits)[number]>(Type.String({ enum: [...clockUnits] })),
  },
  { additionalProperties: false },
)

const LadderNumbers = Type.Object(
  { supervisor: Type.Optional(Span), 'street-head': Type.Optional(Span) },
  { additionalProperties: false },
)

const titles: Readonly<Record<Urgency, { readonly zh: string; readonly en: string }>> = {
  P0: { zh: 'P0 超期后报给谁', en: 'P0 overdue: who hears of it' },
  P1: { zh: 'P1 超期后报给谁', en: 'P1 overdue: who hears of it' },
  P2: { zh: 'P2 超期后报给谁', en: 'P2 overdue: who hears of it' },
  P3: { zh: 'P3 超期后报给谁', en: 'P3 overdue: who hears of it' },
}

const define = (urgency: Urgency): StreetSetting<typeof LadderNumbers> =>
  defineSetting({
    key: `cases.ladder.${urgency}`,
    group: 'times',
    words: titles[urgency],
    help: {
      zh: '到期前先提醒承办人，超期时再提醒承办人和派单台；还没办好，从到期算起过了这些时间，报督办员，再报街道值班长。每一级只报一次；延期、暂停、再次反映后按新的期限重新算。不填的一级不报。',
      en: 'The holder is warned before the deadline, holder and desk when it has passed. If it is still open so long after the deadline, the supervisor hears of it, then the head of the street centre. Each step is taken once; a new deadline begins anew. A step left empty is not taken.',
    },
    schema: LadderNumbers,
    fallback: shippedLadders[urgency],
    labels: {
      supervisor: { zh: '报督办员', en: 'To the supervisor after' },
      'street-head': { zh: '报街道值班长', en: 'To the head of the street centre after' },
      amount: { zh: '数量', en: 'Number' },
      unit: { zh: '单位', en: 'Unit' },
      ...clockUnitNames,
    },
  })

export const ladderSettings = Object.fromEntries(
  urgencies.map((urgency) => [urgency, define(urgency)]),
) as Readonly<Record<Urgency, StreetSetting<typeof LadderNumbers>>>
