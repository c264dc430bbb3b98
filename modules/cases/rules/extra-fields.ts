/**
 * The extra fields of a matter: what a desk needs to know about a lift that it need not know about a leak. Kept as
 * JSON Schema; in a spreadsheet they stand as words that a clerk can type:
 *
 *   梯号/Lift number*:文字；被困人数/People inside:整数；运行方向:上行|下行
 *
 * A star is asked for at acceptance; after the slash stands the English. Pure.
 */
import type { ExtraFields, ExtraValue, ExtraValues } from '../extra-fields.ts'

export type ExtraFault = 'missing' | 'not-asked' | 'wrong-kind'

const kinds: Readonly<Record<string, ExtraFields['properties'][string]>> = {
  文字: { type: 'string', maxLength: 200 },
  整数: { type: 'integer', minimum: 0, maximum: 1_000_000_000 },
  数字: { type: 'number' },
  是否: { type: 'boolean' },
  日期: { type: 'string', format: 'date' },
}
const mostFields = 12
const longestName = 30
const longestEnglish = 60

/** Null for an empty text, undefined for one that is no list of fields. */
export function readExtraFields(text: string): ExtraFields | null | undefined {
  const lines = text
    .split(/[;；\n]/)
    .map((line) => line.trim())
    .filter(Boolean)
  if (lines.length === 0) return null
  if (lines.length > mostFields) return undefined
  const fields: ExtraFields = { type: 'object', properties: {}, required: [] }
  for (const line of lines) {
    const parts = /^([^:：*/]*[^:：*/\s])(?:\s*\/([^:：*]*[^:：*\s]))?(?:\s*(\*))?\s*[:：]\s*(.+)$/.exec(line)
    const [name, english, kind] = [parts?.[1]?.trim(), parts?.[2]?.trim(), parts?.[4]?.trim()]
    if (!name || !kind || name.length > longestName || (english ?? '').length > longestEnglish)
      return undefined
    const property = kinds[kind] ?? choiceOf(kind)
    if (property === undefined || Object.hasOwn(fields.properties, name)) return undefined
    fields.properties[name] = english ? { ...property, titleEn: english } : property
    if (parts?.[3]) fields.required.push(name)
  }
  return fields
}

function choiceOf(kind: string): ExtraFields['properties'][string] | undefined {
  const choices = kind.split('|').map((choice) => choice.trim())
  const sound = choices.length > 1 && choices.every((choice) => choice !== '' && choice.length <= longestName)
  return sound && new Set(choices).size === choices.length ? { type: 'string', enum: choices } : undefined
}

/** The words from which `readExtraFields` makes the same fields again. */
export function extraFieldsText(fields: ExtraFields | null): string {
  if (fields === null) return ''
  return Object.entries(fields.properties)
    .map(([name, property]) => {
      const english = property.titleEn === undefined ? '' : `/${property.titleEn}`
      const star = fields.required.includes(name) ? '*' : ''
      return `${name}${english}${star}:${property.enum ? property.enum.join('|') : kindWord(property)}`
    })
    .join('；')
}

const kindWord = (property: ExtraFields['properties'][string]): string =>
  Object.entries(kinds).find(
    ([, kind]) => kind.type === property.type && kind.format === property.format,
  )?.[0] ?? '文字'

/**
 * What is wrong with these values, by field. With `complete` a required one must be there: the desk asks at
 * acceptance; who files is never held up by it.
 */
export function checkExtra(
  fields: ExtraFields | null,
  values: ExtraValues,
  complete: boolean,
): { field: string; fault: ExtraFault }[] {
  const faults: { field: string; fault: ExtraFault }[] = []
  for (const [field, value] of Object.entries(values)) {
    const property = fields && Object.hasOwn(fields.properties, field) ? fields.properties[field] : undefined
    if (property === undefined) faults.push({ field, fault: 'not-asked' })
    else if (!fits(property, value)) faults.push({ field, fault: 'wrong-kind' })
  }
  if (complete)
    for (const field of fields?.required ?? [])
      if (!Object.hasOwn(values, field) || values[field] === '') faults.push({ field, fault: 'missing' })
  return faults
}

function fits(property: ExtraFields['properties'][string], value: ExtraValue): boolean {
  if (property.type === 'boolean') return typeof value === 'boolean'
  if (property.type === 'string') {
    if (typeof value !== 'string') return false
    if (property.enum) return property.enum.includes(value)
    if (property.format === 'date') return isDay(value)
    return [...value].length <= (property.maxLength ?? 200)
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return false
  if (property.type === 'integer' && !Number.isInteger(value)) return false
  return (
    value >= (property.minimum ?? Number.NEGATIVE_INFINITY) &&
    value <= (property.maximum ?? Number.POSITIVE_INFINITY)
  )
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text
