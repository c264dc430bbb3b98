/**
 * A case as one row of words, in either language: the same for the console's table and for an export, so that the
 * file says what the screen says.
 */
import type { Bilingual, Language } from '../../lib/language.ts'
import { formatDay, formatTime, lengthInWords } from '../../lib/time.ts'
import { roleNames } from '../accounts/messages.ts'
import type { ByPost, CaseSummary, ExportColumn } from './contract.ts'
import {
  channelNames,
  kindNames,
  longTermName,
  outcomeNames,
  satisfactionNames,
  stateNames,
  urgencyNames,
} from './messages.ts'

export const columnTitles: Readonly<Record<ExportColumn, Bilingual>> = {
  number: { zh: '编号', en: 'Number' },
  title: { zh: '诉求', en: 'Case' },
  state: { zh: '状态', en: 'State' },
  clock: { zh: '期限', en: 'Deadline' },
  matter: { zh: '事项', en: 'Matter' },
  area: { zh: '区域', en: 'Area' },
  holder: { zh: '承办', en: 'Holder' },
  createdAt: { zh: '提出时间', en: 'Filed' },
  kind: { zh: '类别', en: 'Kind' },
  place: { zh: '地点', en: 'Place' },
  urgency: { zh: '紧急程度', en: 'Urgency' },
  channel: { zh: '来源', en: 'Channel' },
  desk: { zh: '受理台', en: 'Desk' },
  dueAt: { zh: '办结期限', en: 'To be done by' },
  outcome: { zh: '结果', en: 'Outcome' },
  satisfaction: { zh: '满意度', en: 'Satisfaction' },
  reviewOn: { zh: '复查日期', en: 'Review day' },
  closedAt: { zh: '结案时间', en: 'Closed' },
}

const words = {
  vacant: { zh: '无人办理', en: 'Nobody works on it' },
  notAssigned: { zh: '未派单', en: 'Not assigned' },
  noMatter: { zh: '未定事项', en: 'No matter yet' },
  noKind: { zh: '未分类', en: 'No kind yet' },
  community: { zh: '社区', en: 'Community' },
  street: { zh: '街道中心', en: 'Street centre' },
  system: { zh: '系统', en: 'System' },
  suspended: { zh: '暂停计时', en: 'Clock suspended' },
} as const satisfies Record<string, Bilingual>

type Stated = Pick<CaseSummary, 'state' | 'reviewOn'>

/** 挂账 is closed with a review date. */
export const isLongTerm = (row: Stated): boolean => row.state === 'closed' && row.reviewOn !== null

/** A street's own words laid over the shipped ones (street-words.ts). */
export type OwnWords = (shipped: Bilingual) => Bilingual
const asShipped: OwnWords = (shipped) => shipped

export const stateText = (row: Stated, language: Language, own: OwnWords = asShipped): string =>
  own(isLongTerm(row) ? longTermName : stateNames[row.state])[language]

/** 全科社工 · 天桥社区: a post, never a name. */
export function postText(by: ByPost, language: Language): string {
  if (by.role === 'system') return words.system[language]
  const role = roleNames[by.role][language]
  return by.place === null ? role : `${role} · ${by.place}`
}

export function holderText(row: Pick<CaseSummary, 'holder'>, language: Language): string {
  const name = holderName(row, language)
  return row.holder.vacant ? `${words.vacant[language]}（${name}）` : name
}

function holderName({ holder }: Pick<CaseSummary, 'holder'>, language: Language): string {
  const post = holder.post && postText(holder.post, language)
  const { organisation } = holder
  if (organisation === null) return post ?? words.notAssigned[language]
  // The post of a handler already names the organisation.
  return post === null || holder.post?.place === organisation.name
    ? organisation.name
    : `${organisation.name} · ${post}`
}

function clockText({ clock }: CaseSummary, language: Language): string {
  if (clock.state === 'none' || clock.state === 'stopped') return '—'
  if (clock.state === 'suspended') return words.suspended[language]
  const time = lengthInWords(clock.minutesLeft ?? 0, language)
  if (clock.state === 'overdue') return language === 'zh' ? `已超期 ${time}` : `${time} late`
  return language === 'zh' ? `还剩 ${time}` : `${time} left`
}

const timeText = (at: string | null, language: Language) =>
  at === null ? '' : formatTime(new Date(at), language)

const cells: Readonly<Record<ExportColumn, (row: CaseSummary, language: Language, own: OwnWords) => string>> =
  {
    number: (row) => row.number,
    title: (row) => row.title,
    state: stateText,
    clock: clockText,
    matter: (row, language) => row.matter?.name ?? words.noMatter[language],
    area: (row) => row.area?.name ?? '',
    holder: holderText,
    createdAt: (row, language) => timeText(row.createdAt, language),
    kind: (row, language, own) => own(row.kind ? kindNames[row.kind] : words.noKind)[language],
    place: (row) => row.placeText ?? '',
    urgency: (row, language) => urgencyNames[row.urgency][language],
    channel: (row, language) => channelNames[row.channel][language],
    desk: (row, language) => words[row.desk][language],
    dueAt: (row, language) => timeText(row.dueAt, language),
    outcome: (row, language) => (row.outcome ? outcomeNames[row.outcome][language] : ''),
    satisfaction: (row, language) => (row.rating ? satisfactionNames[row.rating.satisfaction][language] : ''),
    reviewOn: (row, language) => (row.reviewOn ? formatDay(row.reviewOn, language) : ''),
    closedAt: (row, language) => timeText(row.closedAt, language),
  }

/** 天桥社区第1网格 under 天桥社区 reads 第1网格. */
export const shortName = (name: string, parent: string | undefined): string =>
  parent !== undefined && name.startsWith(parent) && name.length > parent.length
    ? name.slice(parent.length).replace(/^[\s·]+/, '')
    : name

/** From the community down: 天桥社区 · 第3网格 · 微网格07. The street itself is known to everyone here. */
export function chainText(chain: readonly { readonly level: string; readonly name: string }[]): string {
  const below = chain.filter((area) => area.level !== 'street')
  return below.map((area, index) => shortName(area.name, below[index - 1]?.name)).join(' · ')
}

/** The ancestors of an area from the street down and itself; undefined while they are not known. */
export type ChainOf = (
  areaId: string,
) => readonly { readonly level: string; readonly name: string }[] | undefined

/** One cell in words; empty where there is nothing to say. */
export function cellText(
  column: ExportColumn,
  row: CaseSummary,
  language: Language,
  chainOf: ChainOf,
  own: OwnWords = asShipped,
): string {
  // Micro-grids of different grids bear the same name, so an area is told with what it lies in.
  const chain = column === 'area' && row.area ? chainOf(row.area.id) : undefined
  return chain ? chainText(chain) : cells[column](row, language, own)
}
