/** The fixed words of ratings that can be believed, and of demands that can not be met. */
import type { Bilingual } from '../../lib/language.ts'

/** How a rating came in; each is marked. */
export const ratingWays = ['app', 'link', 'call-back', 'desk'] as const
export type RatingWay = (typeof ratingWays)[number]

export const ratingSigns = ['one-phone', 'one-session', 'burst'] as const
export type RatingSign = (typeof ratingSigns)[number]

/** Why a demand can not be met 不合理诉求. */
export const findingKinds = ['unlawful', 'impossible'] as const
export type FindingKind = (typeof findingKinds)[number]

export const ratingWayNames: Readonly<Record<RatingWay, Bilingual>> = {
  app: { zh: '本人在手机上评', en: 'rated in the app' },
  link: { zh: '凭查询码评', en: 'rated by code' },
  'call-back': { zh: '电话回访', en: 'call-back' },
  desk: { zh: '窗口当面', en: 'at the desk' },
}
export const ratingSignNames: Readonly<Record<RatingSign, Bilingual>> = {
  'one-phone': { zh: '同一电话替多人评', en: 'one phone for several people' },
  'one-session': { zh: '同一次登录替多人评', en: 'one session for several people' },
  burst: { zh: '截止前集中好评', en: 'a burst of praise before a cut-off' },
}
export const findingKindNames: Readonly<Record<FindingKind, Bilingual>> = {
  unlawful: { zh: '违反法律法规', en: 'Against the law' },
  impossible: { zh: '客观上无法实现', en: 'Not possible' },
}

export const trustRefusalWords = {
  'cases/not-flagged': {
    zh: '这条没有待核实的评价，或者已经有人回访过。',
    en: 'No rating of this case waits for a call-back, or somebody has called already.',
  },
  'cases/not-blind': {
    zh: '您办理、派单、核查或登记过这条，请由别的同事回访。',
    en: 'You handled, gave out, checked or recorded this one: another person has to call.',
  },
  'cases/finding-there': { zh: '已经有认定了。', en: 'There is a finding already.' },
} as const
