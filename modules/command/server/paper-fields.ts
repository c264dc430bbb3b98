/**
 * What a template of the meeting's paper may name: {{fields}} that stand once, and lists whose row is repeated. Each has
 * an English name and a Chinese one, so that a clerk can read the template.
 */
import type { Bilingual, Language } from '../../../lib/language.ts'
import { formatDay, formatTime } from '../../../lib/time.ts'
import { figureNames } from '../../cases/contract.ts'
import { stateNames } from '../../cases/messages.ts'
import type { DecisionView, FigureLine, FigureView, MeetingView, PaperRow } from '../contract.ts'
import { fateNames, paperWords } from '../paper-words.ts'

export type Fields = Readonly<Record<string, string | number>>
export interface PaperFields {
  readonly once: Fields
  readonly lists: Readonly<Record<string, readonly Fields[]>>
}

/** Fewer than these are told as counts and not as a rate. Rule: product.md, principle 8: small samples are not ranked. */
export const smallSample = 10
const nothing = '—'

/** '12/15', with the percentage where there are enough; a plain count; '—' of nothing. */
export function figureText({ numerator, denominator }: FigureView): string {
  if (denominator === null) return String(numerator)
  if (denominator === 0) return nothing
  return `${numerator}/${denominator}${denominator < smallSample ? '' : ` (${rateText(numerator, denominator)})`}`
}
export const rateText = (numerator: number, denominator: number): string =>
  `${((numerator / denominator) * 100).toFixed(1)}%`

const camel = (key: string): string => key.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

export function paperFields(meeting: MeetingView, language: Language): PaperFields {
  const { paper } = meeting
  const say = (words: Bilingual) => words[language]
  const day = (one: string) => formatDay(one, language)
  const once: Record<string, string | number> = {}
  const put = (en: string, zh: string, value: string | number) => {
    once[en] = value
    once[zh] = value
  }
  put('title', '标题', `${paper.scope.name} ${say(paperWords.title)}`)
  put('scope', '范围', paper.scope.name)
  put('period', '时段', `${day(paper.from)} ${say(paperWords.until)} ${day(paper.to)}`)
  put('meetsOn', '会议日期', day(meeting.meetsOn))
  put('ahead', '本周', `${day(paper.aheadFrom)} ${say(paperWords.until)} ${day(paper.aheadTo)}`)
  put('asOf', '数据时间', formatTime(new Date(paper.at), language))
  put('minutes', '纪要', meeting.minutes ?? '')
  for (const figure of paper.figures) {
    put(camel(figure.figure), figureNames[figure.figure].zh, figureText(figure))
    put(`${camel(figure.figure)}Count`, `${figureNames[figure.figure].zh}数`, figure.numerator)
  }
  const lists: Record<string, readonly Fields[]> = {}
  const list = (en: string, zh: string, rows: readonly Fields[]) => {
    lists[en] = rows
    lists[zh] = rows
  }
  const zhOf = {
    overdue: '已超期清单',
    coming: '本周到期清单',
    'long-term': '挂账清单',
    returned: '退单清单',
    'whistle-late': '吹哨未按时报到清单',
  }
  for (const { section, rows } of paper.sections)
    list(
      `${camel(section)}List`,
      zhOf[section],
      rows.map((row, index) => caseFields(row, index, language)),
    )
  list(
    'organisations',
    '各单位',
    paper.byOrganisation.map((one) => lineFields(one, say(paperWords.noOrganisation))),
  )
  list(
    'communities',
    '各社区',
    paper.byCommunity.map((one) => lineFields(one, say(paperWords.noCommunity))),
  )
  list(
    'decisions',
    '会议决定',
    meeting.decided.map((one, index) => decisionFields(one, index, language)),
  )
  list(
    'before',
    '上次调度会决定',
    paper.before.map((one, index) => decisionFields(one, index, language)),
  )
  return { once, lists }
}

/** Under both names. */
const both = (pairs: readonly (readonly [string, string, string | number])[]): Fields =>
  Object.fromEntries(
    pairs.flatMap(([en, zh, value]) => [
      [en, value],
      [zh, value],
    ]),
  )

function caseFields(row: PaperRow, index: number, language: Language): Fields {
  return both([
    ['index', '序号', index + 1],
    ['number', '编号', row.number],
    ['title', '标题', row.title ?? row.matter?.[language] ?? ''],
    ['matter', '事项', row.matter?.[language] ?? ''],
    ['area', '区域', row.area ?? ''],
    ['organisation', '责任单位', row.organisation ?? ''],
    ['state', '状态', stateNames[row.state][language]],
    ['due', '期限', row.dueAt === null ? '' : formatTime(new Date(row.dueAt), language)],
    ['review', '回头看日期', row.reviewOn === null ? '' : formatDay(row.reviewOn, language)],
  ])
}

function lineFields(line: FigureLine, noName: string): Fields {
  const figures = line.figures.map(
    (one) => [camel(one.figure), figureNames[one.figure].zh, figureText(one)] as const,
  )
  return both([['name', '名称', line.name ?? noName], ...figures])
}

function decisionFields(one: DecisionView, index: number, language: Language): Fields {
  return both([
    ['index', '序号', index + 1],
    ['number', '编号', one.number ?? ''],
    ['title', '标题', one.title ?? ''],
    ['organisation', '责任单位', one.organisation?.name ?? ''],
    ['due', '新期限', formatDay(one.dueOn, language)],
    ['words', '要求', one.words ?? ''],
    ['fate', '办理情况', one.fate === null ? '' : fateNames[one.fate][language]],
  ])
}
