/** A setting's value in words: the list and the history say it in one line. */
import { formatDay } from '../../../lib/time.ts'
import { type Bilingual, language, say } from '../../../ui/language.ts'
import type { SettingView } from '../contract.ts'
import type { ValueSchema } from '../rules/what-is-wrong.ts'
import { words } from './settings-words.ts'

type Named = Pick<SettingView, 'labels' | 'unit' | 'schema' | 'group'>
type Parts = Readonly<Record<string, unknown>>

const isParts = (value: unknown): value is Parts =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

export const isBilingual = (value: unknown): value is Bilingual =>
  isParts(value) && typeof value.zh === 'string' && typeof value.en === 'string'

/** The words of a part or a choice; a code that nobody named is shown as it is. */
export function labelOf(setting: Pick<SettingView, 'labels'>, code: string): string {
  const label = setting.labels[code]
  return label ? say(label) : code
}

/** 5 个工作日; 联系居民 24 小时，办结答复 5 个工作日; 待受理 → 待接单. */
export function valueText(setting: Named, value: unknown): string {
  // A number that means something of its own, such as 0 for no limit.
  if (typeof value === 'number' && setting.labels[String(value)]) return labelOf(setting, String(value))
  const text = partText(setting, value)
  return setting.unit && typeof value === 'number' ? `${text} ${say(setting.unit)}` : text
}

function partText(setting: Named, value: unknown): string {
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return say(value ? words.yes : words.no)
  if (typeof value === 'string') return labelOf(setting, value)
  if (Array.isArray(value))
    return value.length === 0 ? '—' : value.map((one) => partText(setting, one)).join('、')
  if (isBilingual(value)) return say(value)
  if (!isParts(value)) return String(value)
  if (setting.group === 'words') return ownWordsText(setting, value)
  if (isSpan(value)) {
    const plural = language.value === 'en' && value.amount !== 1 ? 's' : ''
    return `${value.amount} ${labelOf(setting, value.unit)}${plural}`
  }
  return inOrder(setting, Object.entries(value))
    .map(([name, part]) => `${labelOf(setting, name)} ${partText(setting, part)}`)
    .join(language.value === 'zh' ? '，' : ', ')
}

/** In the schema's order: what comes from the database has lost its own. */
function inOrder(setting: Named, parts: [string, unknown][]): [string, unknown][] {
  const names = Object.keys((setting.schema as ValueSchema).properties ?? {})
  return parts.sort(([a], [b]) => names.indexOf(a) - names.indexOf(b))
}

const isSpan = (value: Parts): value is { amount: number; unit: string } =>
  typeof value.amount === 'number' && typeof value.unit === 'string'

function ownWordsText(setting: Named, value: Parts): string {
  const own = inOrder(setting, Object.entries(value))
  if (own.length === 0) return say(words.unchangedWords)
  return own
    .map(([key, word]) => `${labelOf(setting, key)} → ${isBilingual(word) ? say(word) : ''}`)
    .join(language.value === 'zh' ? '，' : ', ')
}

/** A first value for a part that is switched on. */
export function emptyOf(schema: ValueSchema): unknown {
  if (schema.anyOf) return emptyOf(schema.anyOf.find(({ type }) => type !== 'null') ?? {})
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'integer' || schema.type === 'number') return schema.minimum ?? 0
  if (schema.type === 'boolean') return false
  if (schema.type === 'array') return []
  if (schema.type !== 'object') return ''
  const required = schema.required ?? []
  return Object.fromEntries(
    Object.entries(schema.properties ?? {})
      .filter(([name]) => required.includes(name))
      .map(([name, part]) => [name, emptyOf(part)]),
  )
}

export const dayText = (instant: string): string =>
  formatDay(new Date(new Date(instant).getTime() + 8 * 3_600_000).toISOString().slice(0, 10), language.value)
