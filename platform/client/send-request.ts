/**
 * The one way from the browser to the server: language, cookies, repeats on a broken network, and every error
 * turned into ClientRefusal or ClientOffline. Screens never look at a status code.
 */
import type { Language } from '../../lib/language.ts'
import { type ClientFieldError, ClientOffline, ClientRefusal, clientWords } from './client-error.ts'

let language: Language = 'zh'

/** The language in which the server answers; Chinese until set. */
export function setClientLanguage(next: Language): void {
  language = next
}

export function clientLanguage(): Language {
  return language
}

const listeners = new Set<(refusal: ClientRefusal) => void>()

/**
 * Hears of every refusal of every call, before its caller does: an app goes to its sign-in page on
 * `platform/not-signed-in`. Returns what ends it.
 */
export function onRefused(listener: (refusal: ClientRefusal) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export interface Sending {
  method: string
  /** Relative to the page's own host. */
  url: string
  headers?: Readonly<Record<string, string>>
  body?: BodyInit
  /** Whether doing it twice is the same as once: reads, and acts with a stored key. */
  repeatable: boolean
  /** Throws the signal's reason when it is raised, as fetch does. */
  signal?: AbortSignal
  timeoutMs?: number
}

/** Two repeats: enough for a lift or a change of mast, short enough not to leave a person waiting. */
const repeatAfterMs = [500, 2_000]
const defaultTimeoutMs = 30_000

/** Sends and returns the JSON of the reply, `{}` for an empty one. Throws ClientRefusal or ClientOffline. */
export async function sendRequest(sending: Sending): Promise<unknown> {
  const waits = sending.repeatable ? repeatAfterMs : []
  for (let tries = 0; ; tries++) {
    try {
      return await sendOnce(sending)
    } catch (error) {
      const wait = waits[tries]
      if (!(error instanceof Unreachable)) throw error
      if (wait === undefined || error.timedOut)
        throw new ClientOffline(clientWords.offline[language], { cause: error.cause })
      await pause(wait, sending.signal)
    }
  }
}

/** No reply of ours came: a broken connection, a proxy without a server behind it, a hotel's log-in page. */
class Unreachable extends Error {
  readonly timedOut: boolean

  constructor(cause: unknown, timedOut = false) {
    super('unreachable', { cause })
    this.timedOut = timedOut
  }
}

async function sendOnce(sending: Sending): Promise<unknown> {
  const { signal } = sending
  signal?.throwIfAborted()
  // By hand, for AbortSignal.any is missing on phones of five years ago.
  const abort = new AbortController()
  const giveUp = () => abort.abort(signal?.reason)
  signal?.addEventListener('abort', giveUp)
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    abort.abort()
  }, sending.timeoutMs ?? defaultTimeoutMs)
  try {
    const response = await fetch(sending.url, {
      method: sending.method,
      headers: {
        accept: 'application/json',
        'accept-language': language === 'zh' ? 'zh-CN' : 'en',
        ...sending.headers,
      },
      credentials: 'same-origin',
      signal: abort.signal,
      ...(sending.body === undefined ? {} : { body: sending.body }),
    })
    // The body is read under the same time limit: a connection may break in the middle of it.
    return await readReply(response)
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    if (error instanceof ClientRefusal || error instanceof Unreachable) throw error
    // The browser reports every broken connection as one kind of error and says no more.
    throw new Unreachable(error, timedOut)
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
  }
}

async function readReply(response: Response): Promise<unknown> {
  const text = await response.text()
  const content = parseJson(text)
  if (response.ok) {
    if (response.status === 204 || text === '') return {}
    if (content === undefined) throw new Unreachable('a reply that is not ours')
    return content
  }
  const problem = readProblem(content)
  if (!problem && [502, 503, 504].includes(response.status)) throw new Unreachable(response.status)
  const retryAfter = Number.parseInt(response.headers.get('retry-after') ?? '', 10)
  const refusal = new ClientRefusal({
    code: problem?.code ?? 'platform/fault',
    status: response.status,
    words: problem?.words ?? clientWords.fault[language],
    errors: problem?.errors ?? [],
    requestId: problem?.requestId ?? response.headers.get('x-request-id') ?? '',
    ...(Number.isNaN(retryAfter) ? {} : { retryAfterSeconds: retryAfter }),
  })
  for (const listener of listeners) listener(refusal)
  throw refusal
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

interface ReadProblem {
  code: string
  words: string
  requestId: string | undefined
  errors: ClientFieldError[]
}

/** Problem details (RFC 9457) as our server writes them; undefined for anything else. */
function readProblem(content: unknown): ReadProblem | undefined {
  if (typeof content !== 'object' || content === null) return undefined
  const { code, detail, title, requestId, errors } = content as Record<string, unknown>
  if (typeof code !== 'string') return undefined
  const words = typeof detail === 'string' ? detail : typeof title === 'string' ? title : undefined
  return {
    code,
    words: words ?? clientWords.fault[language],
    requestId: typeof requestId === 'string' ? requestId : undefined,
    errors: Array.isArray(errors) ? errors.filter(isFieldError) : [],
  }
}

function isFieldError(value: unknown): value is ClientFieldError {
  if (typeof value !== 'object' || value === null) return false
  const { path, message } = value as Record<string, unknown>
  return typeof path === 'string' && typeof message === 'string'
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
