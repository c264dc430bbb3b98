/** A template is plain words with fields in braces: `诉求 {number} 请在 {due} 前办结。` */
import type { Bilingual, Language } from '../../../lib/language.ts'
import { formatDeadline } from '../../../lib/time.ts'
import type { Facts } from './plain-facts.ts'

/** Every field that a template may hold, with the words that the settings page gives for it. */
export const noticeFields = {
  number: { zh: '编号', en: 'number of the case' },
  due: { zh: '办理期限', en: 'deadline' },
  rateBy: { zh: '评价截止时间', en: 'last moment to rate' },
  starts: { zh: '开始时间', en: 'when it begins' },
  request: { zh: '申请的事', en: 'what was asked for' },
  street: { zh: '街道名称', en: 'name of the street' },
  deskPhone: { zh: '咨询电话', en: 'phone of the desk' },
  link: {
    zh: '查询和评价的网址（只在短信里有）',
    en: 'address that shows progress and takes the rating (in texts only)',
  },
} as const satisfies Readonly<Record<string, Bilingual>>
export type NoticeField = keyof typeof noticeFields

const instants: readonly string[] = ['due', 'rateBy', 'starts'] satisfies NoticeField[]

/** Codes that a fact may hold, in words. */
const codeWords: Readonly<Record<string, Bilingual>> = {
  return: { zh: '退单', en: 'return' },
  extend: { zh: '延期', en: 'extension' },
  defer: { zh: '缓办', en: 'deferral' },
  suspend: { zh: '暂停计时', en: 'pause of the clock' },
  close: { zh: '结案', en: 'closing' },
}

/** The fields in braces that are not among the allowed ones, each once; a brace without its other half counts too. */
export function unknownFields(text: string, allowed: readonly string[]): string[] {
  const found = text.match(/\{[^{}]*\}|[{}]/g) ?? []
  return [...new Set(found.filter((one) => !allowed.includes(one.slice(1, -1))))]
}

/** What a text with these fields must look like; the settings page refuses any other with the field's place. */
export function templatePattern(allowed: readonly string[]): string {
  return `^(?:[^{}]|\\{(?:${allowed.join('|')})\\})+$`
}

/** The words of a notice. A field without a fact is left empty, never shown with its braces. */
export function fillTemplate(text: string, facts: Facts, language: Language): string {
  const filled = text.replace(/\{(\w+)\}/g, (_, field: string) => {
    const value = facts[field]
    if (value === undefined) return ''
    if (instants.includes(field)) return formatDeadline(new Date(value), language)
    return codeWords[String(value)]?.[language] ?? String(value)
  })
  return filled.trimEnd()
}
