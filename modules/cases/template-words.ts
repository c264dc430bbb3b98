/** 答复模板: the fields that a template may name, and what it may be used for. */
import type { Bilingual } from '../../lib/language.ts'

export const templateActs = ['answer-now', 'answer', 'submit-result', 'check', 'decline', 'contact'] as const
export type TemplateAct = (typeof templateActs)[number]

/** In braces in the words: {称呼}. Residents are written to in Chinese, so the fields are Chinese. */
export const templateFields = [
  '称呼',
  '事项',
  '编号',
  '地点',
  '承办单位',
  '期限',
  '受理日期',
  '今天',
  '街道',
] as const
export type TemplateField = (typeof templateFields)[number]

export const templateFieldWords: Readonly<Record<TemplateField, Bilingual>> = {
  称呼: {
    zh: '怎么称呼居民：只用姓，保密的和并了单的写“居民朋友”',
    en: 'How the resident is addressed: the surname only; “居民朋友” where that may not be seen',
  },
  事项: { zh: '诉求的事项', en: 'The matter' },
  编号: { zh: '诉求编号', en: 'The case number' },
  地点: { zh: '居民写的地点，没有就写所在网格', en: 'The place as it was told, else the area' },
  承办单位: { zh: '承办的单位或岗位', en: 'Whoever handles it' },
  期限: { zh: '办结期限，到日', en: 'The day by which it is to be done' },
  受理日期: { zh: '受理的那一天', en: 'The day of acceptance' },
  今天: { zh: '写答复的那一天', en: 'The day of writing' },
  街道: { zh: '街道的名字', en: 'The street' },
}
