/** Words of the meeting's paper, on the screen and in the files. */
import type { Bilingual } from '../../lib/language.ts'
import type { DecisionFate, PaperSection } from './contract.ts'

export const fateNames: Readonly<Record<DecisionFate, Bilingual>> = {
  'in-time': { zh: '按期办结', en: 'Answered in time' },
  late: { zh: '超过新期限办结', en: 'Answered after the date' },
  open: { zh: '在办，未到新期限', en: 'Under way, date ahead' },
  'past-date': { zh: '已过新期限，未办结', en: 'Past the date, still open' },
}

export const sectionNames: Readonly<Record<PaperSection, Bilingual>> = {
  overdue: { zh: '已超期', en: 'Overdue' },
  coming: { zh: '本周到期', en: 'Due this week' },
  'long-term': { zh: '挂账及回头看日期', en: 'Long-term, with review dates' },
  returned: { zh: '退单', en: 'Asked to return' },
  'whistle-late': { zh: '吹哨未按时报到', en: 'Whistles not answered in time' },
}

export const paperWords = {
  title: { zh: '调度会', en: 'Monday’s meeting' },
  until: { zh: '至', en: 'to' },
  figures: { zh: '数据', en: 'Figures' },
  byOrganisation: { zh: '各单位', en: 'By organisation' },
  byCommunity: { zh: '各社区', en: 'By community' },
  noOrganisation: { zh: '没有单位承办', en: 'With no organisation' },
  noCommunity: { zh: '未落到社区', en: 'In no community' },
  decisions: { zh: '本次会议决定', en: 'Decisions of this meeting' },
  before: { zh: '上次调度会决定', en: 'Decided at the last meeting' },
  minutes: { zh: '会议纪要', en: 'Minutes' },
  number: { zh: '编号', en: 'Number' },
  subject: { zh: '标题', en: 'Title' },
  area: { zh: '区域', en: 'Area' },
  organisation: { zh: '责任单位', en: 'Responsible' },
  state: { zh: '状态', en: 'State' },
  due: { zh: '期限', en: 'Deadline' },
  review: { zh: '回头看日期', en: 'Review on' },
  name: { zh: '名称', en: 'Name' },
  newDate: { zh: '新期限', en: 'New date' },
  asked: { zh: '要求', en: 'What is asked' },
  fate: { zh: '办理情况', en: 'What became of it' },
  asOf: { zh: '数据时间', en: 'As of' },
} as const satisfies Record<string, Bilingual>
