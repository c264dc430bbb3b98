/**
 * Instants and days of a street. China has one time zone, UTC+8 without summer time, so a day is plain
 * arithmetic: no time zone data and the same answer in a browser set to any zone.
 */
import type { Language } from './language.ts'

/** A day as 'YYYY-MM-DD' of the street's time zone. Days compare as text. */
export type Day = string

const minuteMs = 60_000
const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
const offsetMs = 8 * hourMs
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/

/** Whether the text is a real day: '2026-02-30' is not. */
export function isDay(text: unknown): text is Day {
  if (typeof text !== 'string' || !dayPattern.test(text)) return false
  const ms = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text
}

/** The day in which an instant lies, at UTC+8. */
export function dayOf(at: Date): Day {
  return new Date(at.getTime() + offsetMs).toISOString().slice(0, 10)
}

/** The first instant of a day, 00:00 at UTC+8. @throws RangeError when it is no day */
export function startOfDay(day: Day): Date {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`)
  return new Date(Date.parse(`${day}T00:00:00Z`) - offsetMs)
}

/**
 * The last instant of a day: one millisecond before the next one begins. It stands for 24:00 of that day, and
 * unlike the next midnight it still lies in the day that people read.
 */
export function endOfDay(day: Day): Date {
  return new Date(startOfDay(day).getTime() + dayMs - 1)
}

/** The day `count` days later, or earlier when negative. */
export function addDays(day: Day, count: number): Day {
  return dayOf(new Date(startOfDay(day).getTime() + count * dayMs))
}

/** How many days `to` is after `from`. */
export function daysBetween(from: Day, to: Day): number {
  return (startOfDay(to).getTime() - startOfDay(from).getTime()) / dayMs
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

/** 0 is Sunday, 6 is Saturday. */
export function weekdayOf(day: Day): number {
  return new Date(startOfDay(day).getTime() + offsetMs).getUTCDay()
}

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** '2026年9月25日' or '25 Sep 2026'. */
export function formatDay(day: Day, language: Language): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return language === 'zh' ? `${year}年${month}月${date}日` : `${date} ${monthNames[month - 1]} ${year}`
}

/** The full time at UTC+8: '2026年9月25日 14:03' or '25 Sep 2026, 14:03'. */
export function formatTime(at: Date, language: Language): string {
  const clock = new Date(at.getTime() + offsetMs).toISOString().slice(11, 16)
  return join(dayOf(at), clock, language)
}

/** As formatTime, but a deadline at the end of a day reads 24:00, as the law says it, and not 23:59. */
export function formatDeadline(at: Date, language: Language): string {
  const day = dayOf(at)
  return at.getTime() === endOfDay(day).getTime() ? join(day, '24:00', language) : formatTime(at, language)
}

function join(day: Day, clock: string, language: Language): string {
  return `${formatDay(day, language)}${language === 'zh' ? ' ' : ', '}${clock}`
}

/**
 * How long ago or ahead, in words: 刚刚, 3 分钟前, 3 小时前, 2 天前, 5 小时后. Lengths are rounded down, and
 * beyond 30 days the day itself says more.
 */
export function relativeTime(at: Date, now: Date, language: Language): string {
  const difference = at.getTime() - now.getTime()
  const length = Math.abs(difference)
  if (length < minuteMs) return language === 'zh' ? '刚刚' : 'just now'
  if (length > 30 * dayMs) return formatDay(dayOf(at), language)
  const words = lengthInWords(Math.floor(length / minuteMs), language)
  if (language === 'zh') return `${words}${difference < 0 ? '前' : '后'}`
  return difference < 0 ? `${words} ago` : `in ${words}`
}

/** A length in its largest whole unit: '3 小时', '2 天', '1 hour', '5 minutes'. Negative counts as positive. */
export function lengthInWords(minutes: number, language: Language): string {
  const whole = Math.floor(Math.abs(minutes))
  if (whole < 60) return language === 'zh' ? `${whole} 分钟` : plural(whole, 'minute')
  if (whole < 24 * 60) {
    const hours = Math.floor(whole / 60)
    return language === 'zh' ? `${hours} 小时` : plural(hours, 'hour')
  }
  const days = Math.floor(whole / (24 * 60))
  return language === 'zh' ? `${days} 天` : plural(days, 'day')
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
