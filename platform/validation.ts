/** Input against its contract. Bodies are taken as they are; only query and path, which are text, are coerced. */
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { Refusal } from './refusal.ts'

const options = {
  allErrors: true,
  strict: false,
  removeAdditional: false,
  useDefaults: false,
  ownProperties: true,
} as const
const exact = new Ajv({ ...options, coerceTypes: false })
const coercing = new Ajv({ ...options, coerceTypes: true })
// The package's types describe its CommonJS form.
const add = addFormats as unknown as (ajv: Ajv, formats: string[]) => void
for (const ajv of [exact, coercing]) add(ajv, ['uuid', 'date-time', 'date'])

export function validatorFor(schema: unknown, part: string | undefined): ValidateFunction {
  return (part === 'body' || part === 'response' ? exact : coercing).compile(schema as object)
}

/** Throws when a text holds a NUL or half a surrogate pair: no database or file can keep these. */
export function checkText(...parts: unknown[]): void {
  for (const part of parts) walk(part, '', 0)
}

function walk(value: unknown, path: string, depth: number): void {
  if (depth > 32) throw new Refusal('platform/invalid-input', { errors: [{ path, message: 'too deep' }] })
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed())
      throw new Refusal('platform/invalid-input', {
        errors: [{ path, message: 'holds characters that cannot be kept' }],
      })
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      walk(item, `${path}/${index}`, depth + 1)
    })
  } else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) walk(item, `${path}/${key}`, depth + 1)
  }
}
