/** What a street calls its violations 治脏治乱治违: dated words, so that a line is named as on the day it was listed. */
import { Type } from 'typebox'
import { Words } from '../../lib/contract.ts'
import { defineSetting } from '../../lib/setting.ts'
import { violationTypes } from './violation-words.ts'

const strict = { additionalProperties: false } as const
const Word = Type.String({ minLength: 1, maxLength: 30 })
const EnglishWord = Type.String({ minLength: 1, maxLength: 60 })
const zhEn = { zh: { zh: '中文', en: 'Chinese' }, en: { zh: '英文', en: 'English' } }

export const violationTypeNames = defineSetting({
  key: 'safety.violationTypes',
  group: 'safety',
  words: { zh: '治脏治乱治违：三类叫什么', en: 'Violations: what the three types are called' },
  help: {
    zh: '台账按这三类合计，每类下面再分类别。',
    en: 'The register adds up under these three; each has kinds of its own.',
  },
  schema: Type.Array(Type.Object({ code: Words(violationTypes), zh: Word, en: EnglishWord }, strict), {
    minItems: 3,
    maxItems: 3,
  }),
  // Rule: systems.md 000-17.
  fallback: [
    { code: 'dirt', zh: '治脏', en: 'Dirt' },
    { code: 'disorder', zh: '治乱（三乱）', en: 'Disorder' },
    { code: 'breach', zh: '治违', en: 'Breach' },
  ],
  labels: zhEn,
})

export const violationKinds = defineSetting({
  key: 'safety.violationKinds',
  group: 'safety',
  words: { zh: '违法行为类别', en: 'Kinds of violation' },
  help: {
    zh: '台账从这里选类别；“量面积”的类别统计拆除了多少平方米。',
    en: 'The register chooses from these; where a size is taken, square metres removed are added up.',
  },
  schema: Type.Array(
    Type.Object(
      {
        code: Type.String({ minLength: 1, maxLength: 30, pattern: '^[a-z0-9-]+$' }),
        zh: Word,
        en: EnglishWord,
        type: Words(violationTypes),
        measured: Type.Boolean(),
      },
      strict,
    ),
    { minItems: 1, maxItems: 40 },
  ),
  fallback: [
    {
      code: 'burning',
      zh: '露天烧烤、焚烧',
      en: 'Open-air barbecue and burning',
      type: 'dirt',
      measured: false,
    },
    { code: 'dumping', zh: '乱倒垃圾渣土', en: 'Dumping', type: 'dirt', measured: false },
    { code: 'posting', zh: '乱贴乱画', en: 'Posters and scrawls', type: 'disorder', measured: false },
    { code: 'piling', zh: '乱堆乱放', en: 'Things piled up outside', type: 'disorder', measured: false },
    {
      code: 'hanging',
      zh: '乱搭乱挂',
      en: 'Things strung up and hung out',
      type: 'disorder',
      measured: false,
    },
    { code: 'structure', zh: '违法建筑', en: 'Illegal structures', type: 'breach', measured: true },
    { code: 'other', zh: '其他', en: 'Other', type: 'disorder', measured: false },
  ],
  labels: {
    ...zhEn,
    code: { zh: '代码（小写字母，用过的不要改）', en: 'Code (lower case; keep once used)' },
    type: { zh: '归哪一类', en: 'Type' },
    measured: { zh: '量面积', en: 'A size is taken' },
    dirt: { zh: '脏', en: 'Dirt' },
    disorder: { zh: '乱', en: 'Disorder' },
    breach: { zh: '违', en: 'Breach' },
  },
})
