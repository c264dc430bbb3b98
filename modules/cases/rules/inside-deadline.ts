import type { Bilingual } from '../../../lib/language.ts'
import { addDays, dayMs, dayOf, startOfDay } from '../../../lib/time.ts'
import type { InsideUnit } from '../words.ts'
import type { WorkingCalendar } from './working-days.ts'

export interface InsideRule {
  amount: number
  unit: InsideUnit
}

/**
 * Our own deadline 内部时限 of an order from above: so long before theirs, that there is time to check and to paste the
 * answer back. One that would already be over when the order comes is theirs itself: nobody is late before they began.
 * Working days are counted backwards and keep the hour; days of an unannounced year are taken as Monday to Friday.
 */
export function insideDeadline(
  outside: Date,
  received: Date,
  { amount, unit }: InsideRule,
  calendar: WorkingCalendar,
): Date {
  const inside =
    unit === 'hours'
      ? new Date(outside.getTime() - amount * 3_600_000)
      : workingDaysBefore(outside, amount, calendar)
  return inside > received ? inside : outside
}

function workingDaysBefore(outside: Date, amount: number, calendar: WorkingCalendar): Date {
  const day = dayOf(outside)
  const timeOfDay = outside.getTime() - startOfDay(day).getTime()
  let before = day
  for (let counted = 0; counted < amount; ) {
    before = addDays(before, -1)
    if (isWorked(before, calendar)) counted++
  }
  return new Date(startOfDay(before).getTime() + Math.min(timeOfDay, dayMs - 1))
}

function isWorked(day: string, calendar: WorkingCalendar): boolean {
  const answer = calendar.isWorking(day)
  return answer.ok ? answer.working : ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())
}

/** Stands beside both deadlines, so that nobody wonders why ours is the earlier one. */
export function insideWords(source: Bilingual, { amount, unit }: InsideRule): Bilingual {
  const zh = unit === 'hours' ? `${amount}小时` : `${amount}个工作日`
  const en = `${amount} ${unit === 'hours' ? 'hour' : 'working day'}${amount === 1 ? '' : 's'}`
  return amount === 0
    ? { zh: `${source.zh}的时限`, en: `The deadline of ${source.en}` }
    : {
        zh: `${source.zh}时限提前${zh}（内部时限）`,
        en: `${en} before the deadline of ${source.en} (our own)`,
      }
}
