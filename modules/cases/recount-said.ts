/** An entry that the calendar wrote, in words: why a deadline moved, from when and to when. */
import type { Bilingual, Language } from '../../lib/language.ts'
import { formatDeadline } from '../../lib/time.ts'
import type { EntryView } from './contract.ts'

type Told = Pick<EntryView, 'detail'>

export const isRecount = ({ detail }: Told): boolean => detail.because === 'calendar'

/** What such an entry is called. */
export const recountName: Bilingual = { zh: '重算时限', en: 'Deadline counted again' }

/** 2027年放假安排有更新，时限由…改为…; null for any other entry. */
export function recountText({ detail }: Told, language: Language): string | null {
  const { years, dueBefore, dueAt } = detail
  if (detail.because !== 'calendar' || typeof dueAt !== 'string' || typeof dueBefore !== 'string') return null
  const [before, after] = [dueBefore, dueAt].map((at) => formatDeadline(new Date(at), language))
  const why = {
    zh: `${years}年放假安排有更新，`,
    en: `The days off of ${years} were updated: `,
  }[language]
  if (before === after) return `${why}${language === 'zh' ? '时限不变' : 'the deadline stays'}`
  return `${why}${language === 'zh' ? `时限由${before}改为${after}` : `the deadline moved from ${before} to ${after}`}`
}
