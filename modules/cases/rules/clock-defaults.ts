/**
 * The clocks that hold where a matter sets none of its own, by kind and urgency. Numbers are data that a street
 * changes (clock-settings.ts); the words are made from them, so that a deadline never shows a rule that it does not
 * follow.
 */
// Rule: rules.md 4.1 and 4.4.
import type { Bilingual } from '../../../lib/language.ts'
import type { CaseKind, Urgency } from '../contract.ts'
import type { ClockRule, ClockSpan, ClockUnit } from './clock.ts'

const minutes = (amount: number): ClockSpan => ({ amount, unit: 'clock-minutes' })
const hours = (amount: number): ClockSpan => ({ amount, unit: 'clock-hours' })
const workingDays = (amount: number): ClockSpan => ({ amount, unit: 'working-days' })

export type ClockNumbers = Omit<ClockRule, 'words'>
type Numbers = ClockNumbers

/** Danger and lifelines run by clock hours, whatever the kind: a gas smell told as a question is a gas smell. */
const danger: Numbers = {
  response: minutes(15),
  finish: hours(2),
  source: { zh: '通用时限表P0：人身与公共安全', en: 'general table P0, danger to people' },
}
const lifeline: Numbers = {
  response: hours(1),
  finish: hours(24),
  source: {
    zh: '通用时限表P1：水、电、气、热与电梯',
    en: 'general table P1, water, power, gas, heat and lifts',
  },
}
const general: Numbers = {
  response: hours(24),
  finish: workingDays(5),
  source: {
    zh: '通用时限表P2；济南市12345热线条例第24条',
    en: 'general table P2; Jinan 12345 hotline regulation, article 24',
  },
}
const hard: Numbers = {
  response: hours(24),
  finish: workingDays(15),
  extension: workingDays(15),
  source: { zh: '通用时限表P3：疑难事项', en: 'general table P3, hard matters' },
}
/** What can be answered at once is (answer-now); for the rest the response clock is the general one. */
const inquiry: Numbers = {
  response: hours(24),
  finish: workingDays(3),
  source: { zh: '通用时限表：咨询', en: 'general table, inquiries' },
}
const suggestion: Numbers = {
  response: hours(24),
  finish: workingDays(7),
  source: {
    zh: '四川省12345热线办理时限（2026）：意见建议',
    en: 'Sichuan 12345 hotline time limits (2026), suggestions',
  },
}
/** No rule names praise; it is passed on and answered like any other word. */
const praise: Numbers = {
  ...general,
  source: {
    zh: '街道约定：表扬按一般事项答复',
    en: 'the street’s own: praise is answered like a general matter',
  },
}

/** The lines of the general table; a street sets the numbers of each. */
export const clockLines = [
  'danger',
  'lifeline',
  'general',
  'hard',
  'inquiry',
  'suggestion',
  'praise',
] as const
export type ClockLine = (typeof clockLines)[number]
export type ClockTable = Readonly<Record<ClockLine, ClockNumbers>>

/** What holds where the street has set nothing. */
export const shippedClocks: ClockTable = { danger, lifeline, general, hard, inquiry, suggestion, praise }

const settled = { P0: 'danger', P1: 'lifeline', P2: 'general', P3: 'hard' } as const
const lineOf: Readonly<Record<CaseKind, Readonly<Record<Urgency, ClockLine>>>> = {
  inquiry: { ...settled, P2: 'inquiry', P3: 'inquiry' },
  help: settled,
  complaint: settled,
  report: settled,
  suggestion: { ...settled, P2: 'suggestion' },
  praise: { ...settled, P2: 'praise', P3: 'praise' },
}

/** The default rule of a kind and urgency, with its words. */
export function defaultClockRule(
  kind: CaseKind,
  urgency: Urgency,
  table: ClockTable = shippedClocks,
): ClockRule {
  const numbers = table[lineOf[kind][urgency]]
  return { ...numbers, words: clockWords(kind, urgency, numbers) }
}

const kindNames: Readonly<Record<CaseKind, Bilingual>> = {
  inquiry: { zh: '咨询', en: 'Inquiry' },
  help: { zh: '求助', en: 'Request for help' },
  complaint: { zh: '投诉', en: 'Complaint' },
  report: { zh: '举报', en: 'Report' },
  suggestion: { zh: '建议', en: 'Suggestion' },
  praise: { zh: '表扬', en: 'Praise' },
}

const urgencyNames: Readonly<Record<Urgency, Bilingual>> = {
  P0: { zh: '人身或公共安全', en: 'danger to people' },
  P1: { zh: '生命线', en: 'lifeline' },
  P2: { zh: '一般', en: 'general' },
  P3: { zh: '疑难', en: 'hard' },
}

/** A rule in words: 求助（一般）：24小时内联系，5个工作日内答复. Also for a matter's or a street's own numbers. */
export function clockWords(
  kind: CaseKind,
  urgency: Urgency,
  rule: Pick<ClockRule, 'response' | 'finish' | 'extension' | 'source'>,
): Bilingual {
  const [kindName, urgencyName] = [kindNames[kind], urgencyNames[urgency]]
  const [response, finish] = [spanWords(rule.response), spanWords(rule.finish)]
  const extension = rule.extension && spanWords(rule.extension)
  const more = extension
    ? { zh: `，经批准可延长不超过${extension.zh}`, en: `, with approval up to ${extension.en} more` }
    : { zh: '', en: '' }
  return {
    zh: `${kindName.zh}（${urgencyName.zh}）：${response.zh}内联系，${finish.zh}内答复${more.zh}。依据：${rule.source.zh}`,
    en: `${kindName.en} (${urgencyName.en}): contact within ${response.en}, answer within ${finish.en}${more.en}. Source: ${rule.source.en}`,
  }
}

export const clockUnitNames: Readonly<Record<ClockUnit, Bilingual>> = {
  'clock-minutes': { zh: '分钟', en: 'minute' },
  'clock-hours': { zh: '小时', en: 'hour' },
  'natural-days': { zh: '个自然日', en: 'calendar day' },
  'working-days': { zh: '个工作日', en: 'working day' },
}

/** A span in words: 5个工作日, '5 working days'. */
export function spanWords(span: ClockSpan): Bilingual {
  const unit = clockUnitNames[span.unit]
  return { zh: `${span.amount}${unit.zh}`, en: `${span.amount} ${unit.en}${span.amount === 1 ? '' : 's'}` }
}
