/** The lengths of time that the figures page tells. */
import type { Bilingual } from '../../lib/language.ts'
import type { CaseFigure } from './case-figures.ts'

export const caseLengths = ['accept', 'contact', 'answer', 'close'] as const
export type CaseLength = (typeof caseLengths)[number]

/** What each length lasts until, and the figure whose list holds exactly its cases. */
export const lengthNames: Readonly<Record<CaseLength, Bilingual & { readonly figure: CaseFigure }>> = {
  accept: { zh: '登记到受理', en: 'Filed to accepted', figure: 'taken-up' },
  contact: { zh: '登记到联系上居民', en: 'Filed to resident reached', figure: 'contacted' },
  answer: { zh: '登记到答复', en: 'Filed to answered', figure: 'answered' },
  close: { zh: '登记到结案', en: 'Filed to closed', figure: 'closed' },
}
