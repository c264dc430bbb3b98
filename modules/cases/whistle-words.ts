/** The fixed words of a whistle 吹哨, and their labels. */
import type { Bilingual } from '../../lib/language.ts'

export const whistleKinds = ['beyond-us', 'joint-enforcement', 'emergency'] as const
export type WhistleKind = (typeof whistleKinds)[number]

export const whistleTaskStates = ['open', 'done', 'accepted', 'vetoed'] as const
export type WhistleTaskState = (typeof whistleTaskStates)[number]

/** What a call that nobody answered goes through. */
export const whistleSteps = ['unanswered', 'supervisor', 'street-head'] as const
export type WhistleStep = (typeof whistleSteps)[number]

export const whistleKindNames: Readonly<Record<WhistleKind, Bilingual>> = {
  'beyond-us': { zh: '街道社区解决不了', en: 'Beyond us' },
  'joint-enforcement': { zh: '联合执法', en: 'Joint enforcement' },
  emergency: { zh: '应急处置', en: 'Emergency' },
}

export const whistleTaskStateNames: Readonly<Record<WhistleTaskState, Bilingual>> = {
  open: { zh: '待完成', en: 'To do' },
  done: { zh: '已完成，待确认', en: 'Done, to be confirmed' },
  accepted: { zh: '已确认', en: 'Confirmed' },
  vetoed: { zh: '未通过，请重做', en: 'Not accepted; do it again' },
}

export const whistleStepNames: Readonly<Record<WhistleStep, Bilingual>> = {
  unanswered: { zh: '超时未报到', en: 'Did not report in time' },
  supervisor: { zh: '已报督办员', en: 'Supervisor told' },
  'street-head': { zh: '已报街道值班长', en: 'Head of the street centre told' },
}
