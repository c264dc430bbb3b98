/** The kinds of case that the module of safety runs, with records of their own beside the case. */
import type { Bilingual } from '../../lib/language.ts'

export const specialKinds = ['mediation', 'hazard', 'violation'] as const
export type SpecialKind = (typeof specialKinds)[number]

export const specialNames: Readonly<Record<SpecialKind, Bilingual>> = {
  mediation: { zh: '人民调解', en: 'Mediation' },
  hazard: { zh: '安全隐患', en: 'Hazard' },
  violation: { zh: '违法行为', en: 'Violation' },
}

export const specialRefusalWords = {
  'cases/is-special': {
    zh: '这条由平安建设办理，这一步请到它的页面上做。',
    en: 'This case is run by public safety; please take this step on its own page.',
  },
} as const
