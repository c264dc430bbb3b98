/** What acceptance sets: both deadlines and the words of the rule that set them. */
import type { Bilingual } from '../../../lib/language.ts'
import type { CaseKind, Urgency } from '../words.ts'
import { type ClockRule, type ClockSpan, dueAt } from './clock.ts'
import { type ClockTable, clockWords, defaultClockRule } from './clock-defaults.ts'
import { buildWorkingCalendar, type WorkingCalendar } from './working-days.ts'

export interface StartedClocks {
  responseDueAt: Date
  dueAt: Date
  rule: { response: ClockSpan; finish: ClockSpan; words: { zh: string; en: string }; provisional: boolean }
}

/** A matter's own clock, where the catalogue gives one. */
export type MatterClock = Pick<ClockRule, 'response' | 'finish' | 'source'>

/**
 * A year without an announced calendar is counted Monday to Friday and said to be provisional, in the words that
 * stand beside the deadline: a street that could not accept a case in December would be worse served than one that
 * is told the date may move (docs/decisions/0005-provisional-deadlines.md).
 */
export function deadlineOf(
  start: Date,
  span: ClockSpan,
  calendar: WorkingCalendar,
): { at: Date; missingYear?: number } {
  const answer = dueAt(start, span, calendar)
  if (answer.ok) return { at: answer.dueAt }
  const { missingYear } = answer
  return { ...deadlineOf(start, span, withAssumedYear(calendar, missingYear)), missingYear }
}

function withAssumedYear(calendar: WorkingCalendar, year: number): WorkingCalendar {
  const assumed = buildWorkingCalendar([year], [])
  return {
    years: new Set([...calendar.years, year]),
    isWorking: (day) => (day.startsWith(`${year}-`) ? assumed.isWorking(day) : calendar.isWorking(day)),
  }
}

/** What stands beside a provisional deadline wherever it is shown. */
export function withProvisionalNote(words: Bilingual, year: number): Bilingual {
  return {
    zh: `${words.zh}。${year}年放假安排尚未导入，暂按周一至周五计算`,
    en: `${words.en}. The holidays of ${year} are not announced here yet; weekdays were counted`,
  }
}

/** The words without that note. */
export function withoutProvisionalNote({ zh, en }: Bilingual): Bilingual {
  return {
    zh: zh.replace(/。\d{4}年放假安排尚未导入，暂按周一至周五计算$/, ''),
    en: en.replace(/\. The holidays of \d{4} are not announced here yet; weekdays were counted$/, ''),
  }
}

/** `table` holds the street's own numbers for cases whose matter sets none; the shipped ones unless given. */
export function startClocks(
  start: Date,
  kind: CaseKind,
  urgency: Urgency,
  own: MatterClock | null,
  calendar: WorkingCalendar,
  table?: ClockTable,
): StartedClocks {
  const rule = own ?? defaultClockRule(kind, urgency, table)
  const response = deadlineOf(start, rule.response, calendar)
  const finish = deadlineOf(start, rule.finish, calendar)
  const missing = finish.missingYear ?? response.missingYear
  const words = clockWords(kind, urgency, rule)
  return {
    responseDueAt: response.at,
    dueAt: finish.at,
    rule: {
      response: rule.response,
      finish: rule.finish,
      provisional: missing !== undefined,
      words: missing === undefined ? words : withProvisionalNote(words, missing),
    },
  }
}
