/** The words of a template with the facts of one case. Pure. */
import { type TemplateField, templateFields } from '../template-words.ts'

export type TemplateFacts = Readonly<Record<TemplateField, string | null>>

const braces = /[{｛]\s*([^{}｛｝]*?)\s*[}｝]/g

const isField = (name: string): name is TemplateField => templateFields.some((field) => field === name)

/** What stands in braces and means nothing here, so that whoever writes the template is told at once. */
export function unknownTemplateFields(words: string): string[] {
  return [
    ...new Set([...words.matchAll(braces)].map((match) => match[1] ?? '').filter((name) => !isField(name))),
  ]
}

/** A fact that the case does not have stands as 【field】, to be seen and written by hand. */
export function fillTemplate(words: string, facts: TemplateFacts): { text: string; gaps: TemplateField[] } {
  const gaps = new Set<TemplateField>()
  const text = words.replace(braces, (whole, name: string) => {
    if (!isField(name)) return whole
    const fact = facts[name]
    if (fact !== null) return fact
    gaps.add(name)
    return `【${name}】`
  })
  return { text, gaps: [...gaps] }
}

/** First characters of surnames of two characters: 欧阳, 司马, 诸葛 … The mask hides the second. */
const halfSurnames = new Set('欧司上诸东皇尉公慕令端长宇闻澹南第太申单濮淳钟')

/** 王** is 王先生/女士: nothing of a masked name but the surname is used, and where that is not sure nobody is named. */
export function addressOf(maskedName: string | null): string {
  const [surname = '', ...rest] = maskedName?.trim() ?? ''
  const sure = /^\p{Script=Han}$/u.test(surname) && rest.length < 3 && !halfSurnames.has(surname)
  return sure ? `${surname}先生/女士` : '居民朋友'
}
