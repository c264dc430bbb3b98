/** The words around suggestions, alike cases and doors of others. */
import { defineWords } from '../../../ui/language.ts'

export const words = defineWords({
  comma: { zh: '；', en: '; ' },
  wordsSay: { zh: '文中有“{words}”', en: 'it says “{words}”' },
  sure: { zh: '把握 {percent}%', en: 'certainty {percent}%' },
  dutyLine: { zh: '职责清单：{why}', en: 'duty list: {why}' },
  decided: { zh: '裁定先例：{reason}', en: 'decided before: {reason}' },
  handledBefore: { zh: '办过 {n} 件类似的', en: 'handled {n} like it' },
  similar: { zh: '以前类似的', en: 'Alike before' },
  similarAlike: { zh: '相似 {percent}%', en: '{percent}% alike' },
  danger: {
    zh: '文中有“{words}”，像是有危险：请先问清是否正在发生，建议紧急程度 {urgency}。',
    en: 'It says “{words}”, which sounds like danger: ask whether it is happening now. Suggested urgency {urgency}.',
  },
  door: { zh: '可能要走别的渠道：{name}', en: 'May belong elsewhere: {name}' },
  ownModel: {
    zh: '建议由本街道的模型给出（第 {version} 版，{samples} 条已办结诉求），只供参考。',
    en: 'Suggested by the street’s own model ({version}, {samples} closed cases); a help, no decision.',
  },
  shippedModel: {
    zh: '建议由随程序提供的模型给出，只供参考。',
    en: 'Suggested by the shipped model; a help, no decision.',
  },
  draft: { zh: '请外部模型起草', en: 'Ask for a draft' },
  drafting: { zh: '正在起草…', en: 'Drafting…' },
  draftSent: {
    zh: '发出去的是遮去姓名、电话、门牌后的文字',
    en: 'What left, with names, phones and doors masked',
  },
})
