/**
 * What is wrong with a value, in words that name the limit. It reads the part of JSON Schema that settings use; the
 * server asks it before it stores, and the form asks it while somebody types.
 */
import type { Bilingual } from '../../../lib/language.ts'

/** One thing that is wrong. `path` is a JSON pointer into the value, '' for the whole. */
export interface Wrong {
  readonly path: string
  readonly words: Bilingual
}

/** The part of JSON Schema that settings use. */
export interface ValueSchema {
  readonly type?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly ValueSchema[]
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  /** Beside a pattern: what it asks for, in words. */
  readonly description?: string
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: ValueSchema
  readonly properties?: Readonly<Record<string, ValueSchema>>
  readonly required?: readonly string[]
}

const said = (zh: string, en: string): Bilingual => ({ zh, en })

/** Empty when the value fits. */
export function whatIsWrong(schema: ValueSchema, value: unknown, path = ''): Wrong[] {
  const one = (zh: string, en: string): Wrong[] => [{ path, words: said(zh, en) }]
  if (schema.anyOf) return wrongInEvery(schema.anyOf, value, path)
  if ('const' in schema) return schema.const === value ? [] : one('不是可选的内容', 'not one of the choices')
  if (schema.enum)
    return schema.enum.includes(value) ? [] : one('请从列出的内容中选', 'choose one that is listed')
  switch (schema.type) {
    case 'integer':
    case 'number':
      return wrongNumber(schema, value).map((words) => ({ path, words }))
    case 'string':
      return wrongText(schema, value).map((words) => ({ path, words }))
    case 'boolean':
      return typeof value === 'boolean' ? [] : one('请选是或否', 'choose yes or no')
    case 'null':
      return value === null ? [] : one('这里应当留空', 'this has to be empty')
    case 'array':
      return wrongList(schema, value, path)
    case 'object':
      return wrongParts(schema, value, path)
    default:
      return []
  }
}

/** Of several shapes the one that the value comes nearest to says what is wrong. */
function wrongInEvery(shapes: readonly ValueSchema[], value: unknown, path: string): Wrong[] {
  const tried = shapes.map((shape) => ({ shape, wrong: whatIsWrong(shape, value, path) }))
  if (tried.some(({ wrong }) => wrong.length === 0)) return []
  const nearest = tried.find(({ shape }) => shape.type !== 'null' && !('const' in shape)) ?? tried[0]
  return nearest?.wrong ?? []
}

function wrongNumber({ type, minimum, maximum }: ValueSchema, value: unknown): Bilingual[] {
  if (typeof value !== 'number' || !Number.isFinite(value)) return [said('请填写数字', 'enter a number')]
  if (type === 'integer' && !Number.isInteger(value)) return [said('请填写整数', 'enter a whole number')]
  const [low, high] = [minimum ?? Number.NEGATIVE_INFINITY, maximum ?? Number.POSITIVE_INFINITY]
  if (value >= low && value <= high) return []
  if (minimum === undefined) return [said(`不能大于${high}`, `not more than ${high}`)]
  if (maximum === undefined) return [said(`不能小于${low}`, `not less than ${low}`)]
  return [said(`要在${low}到${high}之间`, `between ${low} and ${high}`)]
}

function wrongText({ minLength, maxLength, pattern, description }: ValueSchema, value: unknown): Bilingual[] {
  if (typeof value !== 'string') return [said('请填写文字', 'enter a text')]
  const length = [...value].length
  if (minLength !== undefined && length < minLength)
    return [
      minLength === 1
        ? said('不能空着', 'this may not be empty')
        : said(`至少${minLength}个字`, `at least ${minLength} characters`),
    ]
  if (maxLength !== undefined && length > maxLength)
    return [said(`最多${maxLength}个字`, `at most ${maxLength} characters`)]
  if (pattern !== undefined && !new RegExp(pattern, 'u').test(value))
    return [
      description === undefined
        ? said('写法不对', 'this is not written as expected')
        : said(`写法不对：${description}`, `not written as expected: ${description}`),
    ]
  return []
}

function wrongList({ items, minItems, maxItems }: ValueSchema, value: unknown, path: string): Wrong[] {
  if (!Array.isArray(value)) return [{ path, words: said('应当是一个列表', 'this has to be a list') }]
  if (minItems !== undefined && value.length < minItems)
    return [{ path, words: said(`至少${minItems}项`, `at least ${minItems}`) }]
  if (maxItems !== undefined && value.length > maxItems)
    return [{ path, words: said(`最多${maxItems}项`, `at most ${maxItems}`) }]
  return items ? value.flatMap((item, index) => whatIsWrong(items, item, `${path}/${index}`)) : []
}

function wrongParts({ properties = {}, required = [] }: ValueSchema, value: unknown, path: string): Wrong[] {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return [{ path, words: said('请填写完整', 'fill this in') }]
  const parts = value as Readonly<Record<string, unknown>>
  const missing = required
    .filter((name) => parts[name] === undefined)
    .map((name) => ({ path: `${path}/${name}`, words: said('请填写', 'fill this in') }))
  const foreign = Object.keys(parts)
    .filter((name) => !Object.hasOwn(properties, name))
    .map((name) => ({ path: `${path}/${name}`, words: said('没有这一项', 'there is no such part') }))
  const wrong = Object.entries(properties).flatMap(([name, schema]) =>
    parts[name] === undefined ? [] : whatIsWrong(schema, parts[name], `${path}/${name}`),
  )
  return [...missing, ...foreign, ...wrong]
}
