/** The columns of the register of mediations 登记簿, on the screen and in its workbook. */
import type { Bilingual } from '../../lib/language.ts'

export const registerColumns = [
  'number',
  'registered',
  'kind',
  'level',
  'tier',
  'area',
  'parties',
  'mediators',
  'stage',
  'dueOn',
] as const

export const registerTitle: Readonly<Record<(typeof registerColumns)[number], Bilingual>> = {
  number: { zh: '编号', en: 'Number' },
  registered: { zh: '登记时间', en: 'Registered' },
  kind: { zh: '类型', en: 'Kind' },
  level: { zh: '等级', en: 'Level' },
  tier: { zh: '层级', en: 'Tier' },
  area: { zh: '地点', en: 'Place' },
  parties: { zh: '当事人', en: 'Parties' },
  mediators: { zh: '调解员', en: 'Mediators' },
  stage: { zh: '结果', en: 'Stage' },
  dueOn: { zh: '一般完成日期', en: 'Usually settled by' },
}
