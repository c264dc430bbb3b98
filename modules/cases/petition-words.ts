/** The fixed words of a petition 信访, and the rule that its clocks follow. */
import type { Bilingual } from '../../lib/language.ts'

/** How it came. Rule: 信访工作条例 art. 17. */
export const petitionForms = ['letter', 'visit', 'call', 'online'] as const
export type PetitionForm = (typeof petitionForms)[number]

/** What the organisation that may decide says within its fifteen days. */
export const petitionNotices = ['taken-on', 'not-theirs', 'not-taken-on'] as const
export type PetitionNotice = (typeof petitionNotices)[number]

/** What the written answer says of the demand. */
export const petitionOpinions = ['supported', 'partly', 'not-supported'] as const
export type PetitionOpinion = (typeof petitionOpinions)[number]

export const petitionFormNames: Readonly<Record<PetitionForm, Bilingual>> = {
  letter: { zh: '来信', en: 'Letter' },
  visit: { zh: '来访', en: 'Visit' },
  call: { zh: '来电', en: 'Call' },
  online: { zh: '网上', en: 'Online' },
}

export const petitionNoticeNames: Readonly<Record<PetitionNotice, Bilingual>> = {
  'taken-on': { zh: '已告知受理', en: 'Told that it is taken on' },
  'not-theirs': { zh: '不属其职权，退回重新转送', en: 'Not theirs; to be passed on anew' },
  'not-taken-on': { zh: '已告知不予受理', en: 'Told that it is not taken on' },
}

export const petitionOpinionNames: Readonly<Record<PetitionOpinion, Bilingual>> = {
  supported: { zh: '支持', en: 'Supported' },
  partly: { zh: '部分支持', en: 'Supported in part' },
  'not-supported': { zh: '不支持', en: 'Not supported' },
}

/** Rule: 信访工作条例 (2022) art. 22, 23, 34 (rules.md §16). All natural days. */
export const petitionRuleWords: Bilingual = {
  zh: '《信访工作条例》：收到之日起15日内书面告知受理情况，受理之日起60日内办结；情况复杂的经批准可延长一次，不超过30日（自然日）',
  en: 'Regulations on petitions: told in writing within 15 days of receipt, settled within 60 days of being taken on; with approval once up to 30 days more (natural days)',
}

/** Rule: 信访工作条例 art. 35: a review may be asked for within thirty days of the written answer. */
export const petitionRemedy: Bilingual = {
  zh: '对处理意见不服的，可以自收到书面答复之日起三十日内，请求原办理机关的上一级机关复查。',
  en: 'Whoever disagrees may ask the authority above the one that answered for a review, within thirty days of the written answer.',
}
