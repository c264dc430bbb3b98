/** Times in words, in the language of now: `lib/time.ts` bound to the language and the machine's clock. */
import { dayOf, formatDay, formatDeadline, formatTime, relativeTime, yearOf } from '../lib/time.ts'
import { language } from './language.ts'

/** '2026年9月25日 14:03'. */
export const fullTime = (instant: string): string => formatTime(new Date(instant), language.value)

/** '2026年9月25日'. */
export const dayWords = (instant: string): string => formatDay(dayOf(new Date(instant)), language.value)

const withoutThisYear = (text: string, instant: string, now: number): string => {
  const year = yearOf(dayOf(new Date(instant)))
  if (year !== yearOf(dayOf(new Date(now)))) return text
  return text.replace(language.value === 'zh' ? `${year}年` : ` ${year}`, '')
}

/** For tables: '9月25日 14:03', with the year only when it is not this one. */
export const shortTime = (instant: string, now: number = Date.now()): string =>
  withoutThisYear(fullTime(instant), instant, now)

/** A deadline: as `shortTime`, but the end of a day reads 24:00, as the law says it. */
export const deadlineWords = (instant: string, now: number = Date.now()): string =>
  withoutThisYear(formatDeadline(new Date(instant), language.value), instant, now)

/** '3 小时前', '5 小时后'. */
export const sinceWords = (instant: string, now: number = Date.now()): string =>
  relativeTime(new Date(instant), new Date(now), language.value)

/** A length in minutes as its two largest parts: '1 天 3 小时' / '1 d 3 h'. The sign is dropped. */
export function lengthWords(minutes: number): string {
  const whole = Math.round(Math.abs(minutes))
  const parts: readonly (readonly [number, string, string])[] = [
    [Math.floor(whole / 1440), '天', 'd'],
    [Math.floor((whole % 1440) / 60), '小时', 'h'],
    [whole % 60, '分钟', 'min'],
  ]
  const told = parts.filter(([n]) => n > 0).slice(0, 2)
  const shown = told.length > 0 ? told : parts.slice(2)
  return shown.map(([n, zh, en]) => `${n} ${language.value === 'zh' ? zh : en}`).join(' ')
}
