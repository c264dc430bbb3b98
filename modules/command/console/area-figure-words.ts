/** Words of the page of figures of areas: counted from buildings, and given by the street. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  title: { zh: '区域数字', en: 'Figures of areas' },
  hint: {
    zh: '楼栋里数出来的，上级等于下级之和；街道填报的，带口径、日期和来源，旁边是下级填报的合计。',
    en: 'What is counted from buildings adds up by itself; what the street gives has its scope, day and source, and beside it what the areas below gave.',
  },
  onDay: { zh: '哪一天', en: 'As of' },
  today: { zh: '今天', en: 'Today' },
  up: { zh: '上一级', en: 'One level up' },
  area: { zh: '区域', en: 'Area' },
  counted: { zh: '按楼栋数', en: 'Counted from buildings' },
  households: { zh: '{n} 户', en: '{n} households' },
  known: { zh: '{known}/{all} 栋有户数', en: 'households known of {known}/{all} buildings' },
  noBuildings: { zh: '没有楼栋', en: 'No buildings' },
  leaves: { zh: '{n} 个末级网格', en: '{n} lowest areas' },
  perLeaf: {
    zh: '每个末级网格 {rate} 户（{n} 户 ÷ {of} 个）',
    en: '{rate} households for each lowest area ({n} ÷ {of})',
  },
  given: { zh: '街道填报', en: 'Given by the street' },
  nothingGiven: { zh: '还没有填报', en: 'Nothing was given' },
  figure: { zh: '{name}（{scope}）{value} {unit}', en: '{name} ({scope}) {value} {unit}' },
  of: { zh: '{day} · {source}', en: '{day} · {source}' },
  below: {
    zh: '下级合计 {sum} {unit}，{gave}/{of} 个填了（{days}）',
    en: 'those below add up to {sum} {unit}, {gave} of {of} gave it ({days})',
  },
  apart: { zh: '相差 {n} {unit}', en: 'they differ by {n} {unit}' },
  perHousehold: {
    zh: '平均每户 {rate} 人（{n} 人 ÷ 按楼栋数的 {of} 户，{known}/{all} 栋有户数）',
    en: '{rate} people for each household ({n} ÷ {of} households counted from buildings, known of {known}/{all})',
  },
  give: { zh: '填报', en: 'Give a figure' },
  bringIn: { zh: '用 Excel 导入', en: 'Import from Excel' },
  carryOut: { zh: '导出 Excel', en: 'Export to Excel' },
  open: { zh: '看下级', en: 'Areas below' },
  noAreas: { zh: '这一天没有这个区域', en: 'There is no such area on this day' },
})
