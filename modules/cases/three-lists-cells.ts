/** The three lists as rows of words, in either language: the same for the page, the print and the workbook. */
import type { Bilingual, Language } from '../../lib/language.ts'
import { dayOf, formatDay } from '../../lib/time.ts'
import { holderText } from './case-cells.ts'
import type { ListedNeed } from './contract.ts'
import { nextStepNames, publicStageNames, routeNames } from './gathering-words.ts'
import { entryNames } from './messages.ts'

export const listNames = ['needs', 'responsibilities', 'progress'] as const
export type ListName = (typeof listNames)[number]

export const listTitles: Readonly<Record<ListName, Bilingual>> = {
  needs: { zh: '需求清单', en: 'Needs' },
  responsibilities: { zh: '责任清单', en: 'Responsibilities' },
  progress: { zh: '推进清单', en: 'Progress' },
}

const titles = {
  number: { zh: '编号', en: 'Number' },
  words: { zh: '事情', en: 'What it is' },
  place: { zh: '地点', en: 'Place' },
  source: { zh: '来源', en: 'From' },
  voices: { zh: '多少人提', en: 'Voices' },
  route: { zh: '三办', en: 'Route' },
  said: { zh: '提出', en: 'Said' },
  holder: { zh: '谁负责', en: 'Holder' },
  due: { zh: '办结期限', en: 'To be done by' },
  clock: { zh: '期限情况', en: 'Deadline' },
  stage: { zh: '到哪一步', en: 'Where it stands' },
  last: { zh: '上一步', en: 'Last step' },
  next: { zh: '下一步', en: 'Next step' },
  nextBy: { zh: '什么时候', en: 'By when' },
} as const satisfies Record<string, Bilingual>
export type ListColumn = keyof typeof titles

/** Every list names the same need by number, words and place, and then says its own. */
export const columnsOf: Readonly<Record<ListName, readonly ListColumn[]>> = {
  needs: ['number', 'words', 'place', 'source', 'voices', 'route', 'said', 'stage'],
  responsibilities: ['number', 'words', 'place', 'route', 'holder', 'due', 'clock'],
  progress: ['number', 'words', 'place', 'route', 'stage', 'last', 'next', 'nextBy'],
}

export const columnTitle = (column: ListColumn): Bilingual => titles[column]

const said = {
  gathering: { zh: '走访与会议', en: 'Gathering' },
  other: { zh: '居民反映', en: 'Residents' },
  unset: { zh: '未定', en: 'Not set' },
  communityDesk: { zh: '社区受理台', en: 'Community desk' },
  streetDesk: { zh: '街道中心', en: 'Street centre' },
  none: { zh: '—', en: '—' },
  running: { zh: '期限内', en: 'In time' },
  'due-soon': { zh: '快到期', en: 'Due soon' },
  overdue: { zh: '已超期', en: 'Overdue' },
  stopped: { zh: '已停表', en: 'Stopped' },
  suspended: { zh: '暂停计时', en: 'Suspended' },
} as const satisfies Record<string, Bilingual>

const day = (at: string | null, language: Language): string =>
  at === null ? '—' : formatDay(dayOf(new Date(at)), language)

/** Who answers for it now: whoever holds it, or the desk while nobody does. */
export function responsibleText(need: Pick<ListedNeed, 'holder' | 'desk'>, language: Language): string {
  const { organisation, post } = need.holder
  if (organisation !== null || post !== null) return holderText(need, language)
  return said[need.desk === 'community' ? 'communityDesk' : 'streetDesk'][language]
}

const cells: Readonly<Record<ListColumn, (need: ListedNeed, language: Language) => string>> = {
  number: (need) => need.number,
  words: (need, language) => (language === 'zh' ? need.plainWords : need.plainWordsEn),
  place: (need) => need.place,
  source: (need, language) => said[need.fromGathering ? 'gathering' : 'other'][language],
  voices: (need) => String(need.voices),
  route: (need, language) => (need.route ? routeNames[need.route] : said.unset)[language],
  said: (need, language) => day(need.createdAt, language),
  holder: responsibleText,
  due: (need, language) => day(need.dueAt, language),
  clock: (need, language) => said[need.clock.state][language],
  stage: (need, language) => publicStageNames[need.stage][language],
  last: (need, language) =>
    need.lastStep ? `${day(need.lastStep.at, language)} ${entryNames[need.lastStep.act][language]}` : '—',
  next: (need, language) => nextStepNames[need.next][language],
  nextBy: (need, language) => day(need.nextBy, language),
}

/** One cell in words that name nobody. */
export const listCell = (column: ListColumn, need: ListedNeed, language: Language): string =>
  cells[column](need, language)
