/** A matter as one row of words, and the words of duty lists: the same for the screen and for the spreadsheet. */
import type { Bilingual, Language } from '../../lib/language.ts'
import { organisationKindNames } from '../accounts/messages.ts'
import type { DutyRuleView, MatterColumn, MatterView, RowFault } from './contract.ts'
import { kindNames, urgencyNames } from './messages.ts'
import { extraFieldsText } from './rules/extra-fields.ts'

export const levelNames: Readonly<Record<MatterView['level'], Bilingual>> = {
  grid: { zh: '网格', en: 'Grid' },
  community: { zh: '社区', en: 'Community' },
  street: { zh: '街道', en: 'Street' },
  department: { zh: '部门', en: 'Department' },
}

export const dutyNames: Readonly<Record<DutyRuleView['duty'], Bilingual>> = {
  must: { zh: '应当承办', en: 'must take' },
  may: { zh: '可以承办', en: 'may take' },
  refuse: { zh: '不承办', en: 'need not take' },
}

const words = {
  community: { zh: '社区', en: 'Community' },
  grid: { zh: '网格', en: 'Grid' },
  'street-centre': { zh: '街道治理指挥中心', en: 'Street command centre' },
  local: { zh: '本地扩展', en: 'Local extension' },
  yes: { zh: '是', en: 'yes' },
  no: { zh: '否', en: 'no' },
} as const satisfies Record<string, Bilingual>

/** 'property' → 物业企业; community and grid are no organisations but have duty lists too. */
export function dutyHolderName(kind: string, language: Language): string {
  if (kind === 'community' || kind === 'grid' || kind === 'street-centre') return words[kind][language]
  const names: Readonly<Record<string, Bilingual>> = organisationKindNames
  return names[kind]?.[language] ?? kind
}

export const standardName = (standard: string, language: Language): string =>
  standard === 'local' ? words.local[language] : standard

export const yesNo = (value: boolean, language: Language): string => (value ? words.yes : words.no)[language]

export const matterColumnTitles: Readonly<Record<MatterColumn, Bilingual>> = {
  code: { zh: '编码', en: 'Code' },
  standard: { zh: '标准', en: 'Standard' },
  classCode: { zh: '大类编码', en: 'Class code' },
  className: { zh: '大类', en: 'Class' },
  classNameEn: { zh: '大类英文名', en: 'Class in English' },
  name: { zh: '事项名称', en: 'Matter' },
  nameEn: { zh: '英文名称', en: 'English name' },
  residentWords: { zh: '居民说法', en: 'In residents’ words' },
  keywords: { zh: '关键词', en: 'Keywords' },
  level: { zh: '处置层级', en: 'Settled by' },
  kind: { zh: '默认类别', en: 'Usual kind' },
  urgency: { zh: '紧急程度', en: 'Urgency' },
  isPublic: { zh: '公共事项', en: 'Public matter' },
  sensitive: { zh: '涉及隐私', en: 'Private by nature' },
  onSiteCheck: { zh: '现场核查', en: 'Checked on site' },
  extraFields: { zh: '附加字段', en: 'Extra fields' },
  clock: { zh: '办理时限', en: 'Clock' },
}

type Told = Omit<MatterView, 'id' | 'localExtension'> & { keywords: readonly string[] }

const cells: Readonly<Record<MatterColumn, (row: Told, language: Language) => string>> = {
  code: (row) => row.code,
  standard: (row, language) => standardName(row.standard, language),
  classCode: (row) => row.classCode,
  className: (row) => row.className,
  classNameEn: (row) => row.classNameEn ?? '',
  name: (row) => row.name,
  nameEn: (row) => row.nameEn,
  residentWords: (row) => row.residentWords ?? '',
  keywords: (row) => row.keywords.join(' '),
  level: (row, language) => levelNames[row.level][language],
  kind: (row, language) => kindNames[row.kind][language],
  urgency: (row, language) => `${row.urgency} ${urgencyNames[row.urgency][language]}`,
  isPublic: (row, language) => yesNo(row.isPublic, language),
  sensitive: (row, language) => yesNo(row.sensitive, language),
  onSiteCheck: (row, language) => yesNo(row.onSiteCheck, language),
  extraFields: (row) => extraFieldsText(row.extraFields),
  clock: (row, language) => row.clock[language],
}

/** One cell in words; empty where there is nothing to say. */
export const matterCell = (column: MatterColumn, row: Told, language: Language): string =>
  cells[column](row, language)

const choices = <T extends string>(names: Readonly<Record<T, Bilingual>>) =>
  new Map<string, T>(
    (Object.keys(names) as T[]).flatMap((value) => [
      [value.toLowerCase(), value],
      [names[value].zh, value],
      [names[value].en.toLowerCase(), value],
    ]),
  )

const levels = choices(levelNames)
const kinds = choices(kindNames)
const urgencies = choices(urgencyNames)
const truths = new Map<string, boolean>([
  ['是', true],
  ['yes', true],
  ['true', true],
  ['1', true],
  ['否', false],
  ['no', false],
  ['false', false],
  ['0', false],
])

/** The value that a cell's words stand for, in either language; undefined for anything else. */
export const readLevel = (text: string) => levels.get(text.toLowerCase())
export const readKind = (text: string) => kinds.get(text.toLowerCase())
export const readTruth = (text: string) => truths.get(text.toLowerCase())
/** 'P1', 'P1 紧急' or the word alone. */
export const readUrgency = (text: string) =>
  urgencies.get(text.toLowerCase()) ?? urgencies.get(text.slice(0, 2).toLowerCase())

export const rowFaultWords: Readonly<Record<RowFault, Bilingual>> = {
  'column-missing': { zh: '表里没有这一列', en: 'The sheet has no such column' },
  empty: { zh: '不能为空', en: 'Must not be empty' },
  'too-long': { zh: '太长了', en: 'Too long' },
  'not-a-choice': {
    zh: '不是可选的内容，请照导出的表填写',
    en: 'Not one of the choices; see an exported sheet',
  },
  'code-form': { zh: '编码要用大写字母和数字，2 到 20 位', en: 'A code is 2 to 20 capitals and digits' },
  'code-twice': { zh: '这个编码在表里出现了两次', en: 'This code stands twice in the sheet' },
  'standard-is-fixed': {
    zh: '国家标准的编码、大类和名称不能改',
    en: 'Class and name of a national standard cannot be changed',
  },
  'standard-has-no-resident-words': {
    zh: '国家标准事项不对居民显示，这里要留空',
    en: 'Residents never see a national matter; leave this empty',
  },
  'no-field-list': {
    zh: '附加字段要这样写：梯号*:文字；被困人数:整数；运行方向:上行|下行（类型有文字、整数、数字、是否、日期，或用 | 隔开的选项；* 为必填）',
    en: 'Write extra fields like this: 梯号/Lift number*:文字；方向:上行|下行 (kinds 文字 整数 数字 是否 日期, or choices with |; * is required)',
  },
  'standard-not-known': {
    zh: '目录里没有这个国家标准编码；新增的事项请用本地编码',
    en: 'No such national code; a new matter takes a local code',
  },
}
