/** What a street changes itself about safety: kinds, levels and days are data. */
import { Type } from 'typebox'
import { Words } from '../../lib/contract.ts'
import { defineSetting } from '../../lib/setting.ts'
import { hazardLevels } from './campaign-words.ts'
import { legalWays, levels } from './mediation-words.ts'
import { violationKinds, violationTypeNames } from './violation-settings.ts'

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

export const hazardKinds = defineSetting({
  key: 'safety.hazardKinds',
  group: 'safety',
  words: { zh: '隐患类别', en: 'Kinds of hazard' },
  help: { zh: '除险清患行动从这里选类别。', en: 'Campaigns choose their kinds from these.' },
  schema: Type.Array(Type.Object({ code: Code, zh: Word, en: EnglishWord }, strict), {
    minItems: 1,
    maxItems: 40,
  }),
  fallback: [
    { code: 'fire', zh: '消防', en: 'Fire' },
    { code: 'gas', zh: '燃气', en: 'Gas' },
    { code: 'electricity', zh: '用电', en: 'Electricity' },
    { code: 'building', zh: '房屋建筑', en: 'Buildings' },
    { code: 'falling', zh: '高空坠物', en: 'Falling objects' },
    { code: 'slope', zh: '边坡和地质', en: 'Slopes and ground' },
    { code: 'road', zh: '道路和井盖', en: 'Roads and manholes' },
    { code: 'lift', zh: '电梯', en: 'Lifts' },
    { code: 'flood', zh: '积水内涝', en: 'Flooding' },
    { code: 'other', zh: '其他', en: 'Other' },
  ],
  labels,
})

export const hazardLevelNames = defineSetting({
  key: 'safety.hazardLevels',
  group: 'safety',
  words: { zh: '隐患等级和整改天数', en: 'Levels of hazard and days to rectify' },
  help: {
    zh: '天数是交办时先填好的期限，可以当场改。',
    en: 'The days are filled in when a hazard is given out and may be changed there.',
  },
  schema: Type.Array(
    Type.Object(
      {
        code: Words(hazardLevels),
        zh: Word,
        en: EnglishWord,
        days: Type.Integer({ minimum: 0, maximum: 365 }),
      },
      strict,
    ),
    { minItems: 4, maxItems: 4 },
  ),
  fallback: [
    { code: 'major', zh: '重大', en: 'Major', days: 1 },
    { code: 'greater', zh: '较大', en: 'Considerable', days: 3 },
    { code: 'general', zh: '一般', en: 'Ordinary', days: 7 },
    { code: 'low', zh: '低', en: 'Low', days: 15 },
  ],
  labels: { ...labels, days: { zh: '整改天数', en: 'Days to rectify' } },
})

export const safetySettings = [
  disputeKinds,
  disputeLevels,
  mediationDays,
  hazardKinds,
  hazardLevelNames,
  violationTypeNames,
  violationKinds,
] as const
