/**
 * A number, a list or a word that a street changes itself, without a release. The module that reads it defines it here
 * once: its words, what it may be, and what holds where a street has set nothing.
 */
import { type Static, type TSchema, type TUnsafe, Type } from 'typebox'
import type { Bilingual } from './language.ts'

/** Headings under which the settings page shows them, in this order. */
export const settingGroups = {
  times: { zh: '办理时限', en: 'Times' },
  cases: { zh: '诉求办理', en: 'Cases' },
  orders: { zh: '上级工单', en: 'Orders from above' },
  duty: { zh: '值班', en: 'Duty' },
  messages: { zh: '通知', en: 'Messages' },
  accounts: { zh: '账号与岗位', en: 'Accounts and posts' },
  areas: { zh: '区域与网格', en: 'Areas and grids' },
  points: { zh: '积分', en: 'Points' },
  volunteering: { zh: '志愿服务', en: 'Volunteering' },
  safety: { zh: '平安建设', en: 'Public safety' },
  sheets: { zh: '表格与模板', en: 'Sheets and templates' },
  words: { zh: '用词', en: 'Words' },
} as const satisfies Readonly<Record<string, Bilingual>>
export type SettingGroup = keyof typeof settingGroups

/** One line of a setting that is a table, or one choice of a list: the words for a key or value of the schema. */
export type SettingLabels = Readonly<Record<string, Bilingual>>

export interface StreetSetting<S extends TSchema = TSchema> {
  /** `module.whatItIs`, unique: 'cases.closeAfterDays'. */
  readonly key: string
  readonly group: SettingGroup
  readonly words: Bilingual
  /** What it changes, in a sentence or two that a clerk understands. */
  readonly help: Bilingual
  /** What it may be; a stored value that no longer fits counts as not set. */
  readonly schema: S
  /** What holds where the street has set nothing. */
  readonly fallback: Static<S>
  /** What a number counts: 天, 小时. */
  readonly unit?: Bilingual
  /** Words for the properties and choices of the schema; a code without words is shown as it is. */
  readonly labels?: SettingLabels
}

/** Gives a setting its type: `readSetting` then answers a value of the schema. */
export function defineSetting<S extends TSchema>(setting: StreetSetting<S>): StreetSetting<S> {
  return setting
}

/** Words by key that a street says otherwise; a key that is left out keeps the word that the program ships. */
export type WordsSetting = StreetSetting<TUnsafe<Readonly<Record<string, Bilingual>>>>

const ownWord = Type.Object(
  {
    zh: Type.String({ minLength: 1, maxLength: 12 }),
    en: Type.String({ minLength: 1, maxLength: 30 }),
  },
  { additionalProperties: false },
)

/**
 * A setting for words of one kind: the states of a case, its kinds. `shipped` holds the pairs that the screens say,
 * by key (`cases.state.pending`); a screen that says one of these pairs then says the street's (ui/language.ts).
 */
export function defineWordsSetting(
  setting: Pick<StreetSetting, 'key' | 'words' | 'help'> & { readonly shipped: SettingLabels },
): WordsSetting {
  const { shipped, ...more } = setting
  const parts = Object.fromEntries(Object.keys(shipped).map((key) => [key, Type.Optional(ownWord)]))
  return {
    ...more,
    group: 'words',
    schema: Type.Unsafe<Readonly<Record<string, Bilingual>>>(
      Type.Object(parts, { additionalProperties: false }),
    ),
    fallback: {},
    labels: shipped,
  }
}

export const isWordSetting = (setting: StreetSetting): setting is WordsSetting => setting.group === 'words'
