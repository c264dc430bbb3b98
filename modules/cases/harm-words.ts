/**
 * The fixed words of a mandatory report 强制报告. Rule: 未成年人保护法 art. 11: whoever finds at work that a minor is harmed, may
 * be harmed or is in danger reports at once to police, civil affairs, education or other authorities; the procuratorate
 * watches over it.
 */
import type { Bilingual } from '../../lib/language.ts'

export const harmConcerns = [
  'violence',
  'sexual',
  'neglect',
  'abandoned',
  'trafficked',
  'bullied',
  'self-harm',
  'other',
] as const
export type HarmConcern = (typeof harmConcerns)[number]

export const harmAuthorities = ['police', 'civil-affairs', 'procuratorate', 'education'] as const
export type HarmAuthority = (typeof harmAuthorities)[number]

export const harmActs = ['told', 'noted', 'opened', 'released'] as const
export type HarmAct = (typeof harmActs)[number]

export const harmConcernNames: Readonly<Record<HarmConcern, Bilingual>> = {
  violence: { zh: '殴打、虐待', en: 'Violence or abuse' },
  sexual: { zh: '性侵害、猥亵', en: 'Sexual harm' },
  neglect: { zh: '无人照料、严重疏忽', en: 'Neglect' },
  abandoned: { zh: '遗弃、失踪', en: 'Abandoned or missing' },
  trafficked: { zh: '被拐卖、被迫乞讨或做工', en: 'Trafficked or forced to beg or work' },
  bullied: { zh: '欺凌', en: 'Bullying' },
  'self-harm': { zh: '自伤、自杀危险', en: 'Danger of self-harm' },
  other: { zh: '其他危险', en: 'Other danger' },
}

export const harmAuthorityNames: Readonly<Record<HarmAuthority, Bilingual>> = {
  police: { zh: '公安机关', en: 'Police' },
  'civil-affairs': { zh: '民政部门', en: 'Civil affairs' },
  procuratorate: { zh: '检察机关', en: 'Procuratorate' },
  education: { zh: '教育部门', en: 'Education authority' },
}

/** Where there is one number for the whole country; the others have the street's own. */
export const harmNumbers: Readonly<Partial<Record<HarmAuthority, string>>> = {
  police: '110',
  procuratorate: '12309',
}
