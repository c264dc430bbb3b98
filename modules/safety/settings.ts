/** What a street changes itself about safety: kinds, levels and days are data. */
import { Type } from 'typebox'
import { Words } from '../../lib/contract.ts'
import { defineSetting } from '../../lib/setting.ts'
import { legalWays, levels } from './mediation-words.ts'

const strict = { additionalProperties: false } as const
const Code = Type.String({ minLength: 1, maxLength: 30, pattern: '^[a-z0-9-]+$' })
const Word = Type.String({ minLength: 1, maxLength: 30 })
const EnglishWord = Type.String({ minLength: 1, maxLength: 60 })
const labels = {
  code: { zh: '代码（小写字母，用过的不要改）', en: 'Code (lower case; keep once used)' },
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
}

export const disputeKinds = defineSetting({
  key: 'safety.disputeKinds',
  group: 'safety',
  words: { zh: '矛盾纠纷类型', en: 'Kinds of dispute' },
  help: {
    zh: '登记调解时从这里选；“法律途径”决定调解不成时告诉当事人什么。',
    en: 'Chosen at registering; the legal way decides what parties are told when mediation fails.',
  },
  schema: Type.Array(Type.Object({ code: Code, zh: Word, en: EnglishWord, way: Words(legalWays) }, strict), {
    minItems: 1,
    maxItems: 40,
  }),
  // Rule: rules.md §16, kinds in practice.
  fallback: [
    { code: 'neighbours', zh: '邻里', en: 'Neighbours', way: 'civil' },
    { code: 'family', zh: '婚姻家庭', en: 'Marriage and family', way: 'family' },
    { code: 'property', zh: '物业', en: 'Property management', way: 'property' },
    { code: 'housing', zh: '房屋宅基地', en: 'Houses and land', way: 'civil' },
    { code: 'contract', zh: '合同债务', en: 'Contracts and debts', way: 'civil' },
    { code: 'labour', zh: '劳动', en: 'Labour', way: 'labour' },
    { code: 'damage', zh: '损害赔偿', en: 'Damages', way: 'civil' },
    { code: 'medical', zh: '医疗', en: 'Medical', way: 'medical' },
    { code: 'demolition', zh: '拆迁', en: 'Demolition', way: 'property' },
    { code: 'environment', zh: '环境', en: 'Environment', way: 'property' },
    { code: 'school', zh: '校园', en: 'School', way: 'civil' },
    { code: 'consumer', zh: '消费', en: 'Consumers', way: 'consumer' },
    { code: 'other', zh: '其他', en: 'Other', way: 'civil' },
  ],
  labels: { ...labels, way: { zh: '法律途径', en: 'Legal way' } },
})

export const disputeLevels = defineSetting({
  key: 'safety.disputeLevels',
  group: 'safety',
  words: { zh: '矛盾纠纷等级', en: 'Levels of dispute' },
  help: { zh: '红橙黄蓝四级各叫什么。', en: 'What the four levels are called.' },
  schema: Type.Array(Type.Object({ code: Words(levels), zh: Word, en: EnglishWord }, strict), {
    minItems: 4,
    maxItems: 4,
  }),
  fallback: [
    { code: 'red', zh: '红色（可能激化）', en: 'Red (may turn violent)' },
    { code: 'orange', zh: '橙色（矛盾突出）', en: 'Orange (sharp)' },
    { code: 'yellow', zh: '黄色（有分歧）', en: 'Yellow (at odds)' },
    { code: 'blue', zh: '蓝色（一般）', en: 'Blue (ordinary)' },
  ],
  labels,
})

export const mediationDays = defineSetting({
  key: 'safety.mediationDays',
  group: 'safety',
  words: { zh: '调解一般在多少天内完成', en: 'Days within which a mediation is usually settled' },
  help: {
    zh: '人民调解法没有规定期限，三十天是工作惯例；可以说明原因延长。',
    en: 'The law sets no limit; thirty days are practice. It may be put off with a reason.',
  },
  // Rule: rules.md §16 [M].
  schema: Type.Integer({ minimum: 7, maximum: 180 }),
  fallback: 30,
  unit: { zh: '天', en: 'days' },
})

export const safetySettings = [disputeKinds, disputeLevels, mediationDays] as const
