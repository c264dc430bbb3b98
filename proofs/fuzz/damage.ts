/** Takes a call that would do and damages it in one or two places. */
import type { SeededRandom } from '../../lib/seeded-random.ts'
import { addressForms } from './hostile-addresses.ts'
import { hostileTexts, hostileValue } from './hostile-values.ts'

/** A call as it goes over the wire. */
export interface Wire {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

/** The call without damage. */
export interface Whole {
  readonly method: string
  /** Without the query. */
  readonly path: string
  /** The path as the contract says it: what stands in braces is damaged by itself. */
  readonly template: string
  readonly query: Readonly<Record<string, string>>
  readonly body: unknown
}

type Place = readonly (string | number)[]

/** Every place of a JSON value, the whole first. */
function placesOf(value: unknown, at: Place = []): Place[] {
  if (value === null || typeof value !== 'object') return [at]
  const inner = Array.isArray(value)
    ? [...value.entries()].flatMap(([index, item]) => placesOf(item, [...at, index]))
    : Object.entries(value).flatMap(([key, item]) => placesOf(item, [...at, key]))
  return [at, ...inner]
}

function put(value: unknown, [first, ...rest]: Place, change: (old: unknown) => unknown): unknown {
  if (first === undefined) return change(value)
  if (Array.isArray(value))
    return value.map((item, index) => (index === first ? put(item, rest, change) : item))
  const object = value as Record<string, unknown>
  return { ...object, [first]: put(object[String(first)], rest, change) }
}

function damageBody(body: unknown, random: SeededRandom, trapUrl: string): string {
  const place = random.pick(placesOf(body))
  const changed = put(body, place, (old) => {
    const way = random.int(7)
    if (way === 6) return random.pick(addressForms(trapUrl))
    if (way === 0 && old !== null && typeof old === 'object' && !Array.isArray(old))
      return { ...old, [random.pick(hostileTexts)]: hostileValue(random) }
    if (way === 1 && typeof old === 'string') return old + random.pick(hostileTexts)
    if (way === 2 && Array.isArray(old)) return [...old, ...old, ...old, hostileValue(random)]
    if (way === 3) return undefined
    return hostileValue(random)
  })
  const text = JSON.stringify(changed) ?? ''
  return random.chance(0.1) ? damageText(text, random) : text
}

/** What no JSON writer would send. */
function damageText(text: string, random: SeededRandom): string {
  switch (random.int(7)) {
    case 0:
      return text.slice(0, random.int(text.length + 1))
    case 1:
      return text.replace('{', '{"text":1,"text":"2",')
    case 2:
      return text.replace('{', '{"__proto__":{"admin":true},')
    case 3:
      return `${'['.repeat(10_000)}1${']'.repeat(10_000)}`
    case 4:
      return `\ufeff${text}`
    case 5:
      return text.replaceAll('"', "'")
    default:
      return `${text}${text}`
  }
}

const mediaTypes = [
  'text/plain',
  'application/xml',
  'multipart/form-data',
  'application/json; charset=utf-16',
  '',
]
const versions = ['"abc"', '-1', '99999999999999999999', "1' or 1=1", '*']
const keys = ['', 'x', 'k'.repeat(5000), '../../key-of-somebody', '汉字'.split('').map(escape).join('')]

/**
 * `trapUrl`: an address at which nobody may ever call.
 * @returns the call with damage in its address, query, body or headers, the same for the same random source
 */
export function damage(whole: Whole, key: string, random: SeededRandom, trapUrl: string): Wire {
  let path = whole.path
  let query = whole.query
  const headers: Record<string, string> = {}
  const takesBody = whole.method !== 'GET' && whole.method !== 'DELETE'
  let body = takesBody ? JSON.stringify(whole.body ?? {}) : undefined
  if (takesBody) headers['content-type'] = 'application/json'
  if (whole.method !== 'GET') headers['idempotency-key'] = key
  const way = random.int(10)
  if (way === 0 && whole.template.includes('{'))
    path = whole.template.replace(/\{\w+\}/g, () =>
      encodeURIComponent(random.pick(hostileTexts).toWellFormed().slice(0, 2000)),
    )
  else if (way === 1 || !takesBody)
    query = {
      ...query,
      [random.pick([...Object.keys(query), 'limit', 'cursor', 'q', 'x'])]: random
        .pick(hostileTexts)
        .slice(0, 4000),
    }
  else if (way === 2) headers['if-match'] = random.pick(versions)
  else if (way === 3) headers['content-type'] = random.pick(mediaTypes)
  else if (way === 4) headers['idempotency-key'] = random.pick(keys)
  else body = damageBody(whole.body ?? {}, random, trapUrl)
  const search = new URLSearchParams(query).toString()
  return { method: whole.method, path: search ? `${path}?${search}` : path, headers, body }
}
