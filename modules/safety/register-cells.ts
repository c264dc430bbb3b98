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

/** The columns of the ledger of hazards 隐患台账. */
export const ledgerColumns = [
  'number',
  'title',
  'place',
  'kind',
  'level',
  'owner',
  'supervisor',
  'rectifyBy',
  'stage',
] as const

export const ledgerTitle: Readonly<Record<(typeof ledgerColumns)[number], Bilingual>> = {
  number: { zh: '编号', en: 'Number' },
  title: { zh: '隐患', en: 'Hazard' },
  place: { zh: '地点', en: 'Place' },
  kind: { zh: '类别', en: 'Kind' },
  level: { zh: '等级', en: 'Level' },
  owner: { zh: '责任单位', en: 'Responsible' },
  supervisor: { zh: '督促整改', en: 'Sees to it' },
  rectifyBy: { zh: '整改期限', en: 'Rectify by' },
  stage: { zh: '进展', en: 'Stage' },
}

/** The columns of the register of violations 治脏治乱治违台账. */
export const violationColumns = [
  'number',
  'listedOn',
  'kind',
  'title',
  'place',
  'supervisor',
  'rectifyBy',
  'stage',
  'area',
  'removed',
  'handedOver',
] as const

export const violationTitle: Readonly<Record<(typeof violationColumns)[number], Bilingual>> = {
  number: { zh: '编号', en: 'Number' },
  listedOn: { zh: '列入日期', en: 'Listed' },
  kind: { zh: '类别', en: 'Kind' },
  title: { zh: '情况', en: 'What' },
  place: { zh: '地点', en: 'Place' },
  supervisor: { zh: '督促整改', en: 'Sees to it' },
  rectifyBy: { zh: '整改期限', en: 'Put right by' },
  stage: { zh: '进展', en: 'Stage' },
  area: { zh: '面积（平方米）', en: 'Size (m²)' },
  removed: { zh: '拆除（平方米）', en: 'Removed (m²)' },
  handedOver: { zh: '移交单位和文号', en: 'Handed over to, by' },
}
