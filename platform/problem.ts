/** Every error becomes RFC 9457 problem details here, in the language asked for, and nowhere else. */

import { platformWords } from './messages.ts'
import { type FieldError, platformRefusals, Refusal } from './refusal.ts'
import type { ServerModule } from './server-module.ts'

export interface Problem {
  type: string
  title: string
  status: number
  detail: string
  code: string
  requestId: string
  errors: readonly FieldError[]
  retryAfterSeconds?: number
}

const faultWords = {
  zh: '系统出了问题，刚才的操作没有生效。请稍后再试；如果还不行，请把编号告诉管理员。',
  en: 'Something went wrong and nothing was changed. Please try again; if it stays, tell your administrator the request id.',
}

interface Known {
  status: number
  words: { zh: string; en: string }
}

function lookUp(
  code: string,
  modules: readonly Pick<ServerModule, 'refusals' | 'words'>[],
): Known | undefined {
  const own = code as keyof typeof platformRefusals
  if (own in platformRefusals) return { status: platformRefusals[own], words: platformWords[own] }
  for (const module of modules) {
    const status = module.refusals[code]
    const words = module.words[code]
    if (status && words) return { status, words }
  }
  return undefined
}

/** English only when it is asked for before Chinese. */
export function languageOf(acceptLanguage: string | undefined): 'zh' | 'en' {
  const first = acceptLanguage?.split(',').find((part) => /^\s*(zh|en)\b/i.test(part))
  return first?.trim().toLowerCase().startsWith('en') ? 'en' : 'zh'
}

const filled = (words: string, fill: Readonly<Record<string, string>>): string =>
  words.replace(/\{(\w+)\}/g, (whole, name: string) => fill[name] ?? whole)

interface Raised {
  code?: unknown
  statusCode?: unknown
  validation?: { instancePath: string; message?: string; params?: Record<string, unknown> }[]
  validationContext?: string
}

/**
 * Classes of SQLSTATE after which nothing was kept and trying again helps: connection lost, met another transaction, no
 * disk, memory or connection left, too slow or shut down, a disk that fails.
 */
const busyClasses = new Set(['08', '40', '53', '57', '58'])
/** A lock not given in time; a server that only reads because another has taken over; the ways a wire ends. */
const busyCodes = new Set([
  '55P03',
  '25006',
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'ENOENT',
  'EPIPE',
])

/** What the driver says in words only. */
const wireWords =
  /timeout expired|timeout exceeded when trying to connect|Connection (?:terminated|ended)|Query read timeout|not queryable/

/** Whether the error is one of a database or a wire that is away, full or slow for a while. */
export function willPass(error: unknown): boolean {
  const { code } = error as Raised
  if (
    typeof code === 'string' &&
    (busyCodes.has(code) || (code.length === 5 && busyClasses.has(code.slice(0, 2))))
  )
    return true
  return error instanceof Error && wireWords.test(error.message)
}

function toRefusal(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  const raised = error as Raised
  if (raised.validation) {
    const where = raised.validationContext === 'querystring' ? 'query' : (raised.validationContext ?? 'body')
    const errors = raised.validation.slice(0, 20).map((e) => ({
      path: `/${where}${e.instancePath}${missingOrForeign(e.params)}`,
      message: e.message ?? 'not valid',
    }))
    return new Refusal('platform/invalid-input', { errors })
  }
  if (willPass(error)) return new Refusal('platform/busy', { retryAfterSeconds: 2 })
  if (raised.statusCode === 413) return new Refusal('platform/too-large')
  if (raised.statusCode === 415) return new Refusal('platform/media-type')
  if (typeof raised.statusCode === 'number' && raised.statusCode >= 400 && raised.statusCode < 500)
    return new Refusal('platform/invalid-input')
  return undefined
}

function missingOrForeign(params: Record<string, unknown> | undefined): string {
  const name = params?.missingProperty ?? params?.additionalProperty
  return typeof name === 'string' ? `/${name}` : ''
}

export function problemOf(
  error: unknown,
  modules: readonly Pick<ServerModule, 'refusals' | 'words'>[],
  acceptLanguage: string | undefined,
  requestId: string,
): Problem {
  const language = languageOf(acceptLanguage)
  const refusal = toRefusal(error)
  const known = refusal && lookUp(refusal.code, modules)
  if (!refusal || !known)
    return {
      type: 'about:blank',
      title: faultWords[language],
      status: 500,
      detail: faultWords[language],
      code: 'platform/fault',
      requestId,
      errors: [],
    }
  return {
    type: `urn:linli:refusal:${refusal.code}`,
    title: filled(known.words[language], refusal.fill),
    status: known.status,
    detail: filled(known.words[language], refusal.fill),
    code: refusal.code,
    requestId,
    errors: refusal.errors,
    ...(refusal.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: refusal.retryAfterSeconds }),
  }
}
