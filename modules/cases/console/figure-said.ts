/** Figures, lengths and the lists behind them in words. */
import { say } from '../../../ui/language.ts'
import type { CountedFigure, LengthView } from '../contract.ts'
import { words } from './figure-screen-words.ts'

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`

/** '66.7%'; '—' of nothing; empty for a plain count. */
export function rateText({ numerator, denominator }: CountedFigure): string {
  if (denominator === null) return ''
  return denominator === 0 ? '—' : percent(numerator / denominator)
}

/** '81.3%'; '—' where nobody rated. */
export const gradedText = (graded: number | null): string => (graded === null ? '—' : `${graded.toFixed(1)}%`)

/** Between which shares it lies, where there are enough cases to say so. */
export const boundsText = ({ low, high }: CountedFigure): string =>
  low === null || high === null ? '' : say(words.bounds, { low: percent(low), high: percent(high) })

export function hoursText(minutes: number): string {
  const hours = minutes / 60
  return say(words.hours, { n: hours < 10 ? hours.toFixed(1) : Math.round(hours) })
}

/** A day of working time is 24 hours of working days, as deadlines count them. */
export function lawfulText(minutes: number, unit: LengthView['lawful'][number]['unit']): string {
  if (unit === 'working-days') return say(words.workingDays, { n: (minutes / 1440).toFixed(1) })
  return unit === 'natural-days'
    ? say(words.naturalDays, { n: (minutes / 1440).toFixed(1) })
    : hoursText(minutes)
}
