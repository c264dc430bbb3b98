/** What a call to the server can end with besides its reply. Screens show `words` and look at nothing else. */
import type { Bilingual, Language } from '../../lib/language.ts'

/** One field that was not accepted: a JSON pointer such as `/body/text`, and what is wrong with it. */
export interface ClientFieldError {
  readonly path: string
  readonly message: string
}

/** The server said no, or broke: `code` is `module/what-is-wrong`, `platform/fault` for a fault. */
export class ClientRefusal extends Error {
  readonly code: string
  /** For logs; screens decide by `code`. */
  readonly status: number
  /** What to tell the person, in their language. */
  readonly words: string
  readonly errors: readonly ClientFieldError[]
  /** What to name to an administrator; empty when the server gave none. */
  readonly requestId: string
  readonly retryAfterSeconds: number | undefined

  constructor(told: {
    code: string
    status: number
    words: string
    errors?: readonly ClientFieldError[]
    requestId?: string
    retryAfterSeconds?: number
  }) {
    super(told.code)
    this.name = 'ClientRefusal'
    this.code = told.code
    this.status = told.status
    this.words = told.words
    this.errors = told.errors ?? []
    this.requestId = told.requestId ?? ''
    this.retryAfterSeconds = told.retryAfterSeconds
  }
}

/** The server could not be reached. Whether the act was done is unknown; the same key makes a repeat safe. */
export class ClientOffline extends Error {
  readonly words: string

  constructor(words: string, options?: { cause?: unknown }) {
    super('the server could not be reached', options)
    this.name = 'ClientOffline'
    this.words = words
  }
}

export const clientWords = {
  offline: {
    zh: '网络不通,还没有提交成功。请检查网络后再试,已填写的内容不会丢。',
    en: 'The network cannot be reached, so this is not confirmed yet. Check the connection and try again; what you entered is kept.',
  },
  fault: {
    zh: '系统出了问题,请稍后再试;如果还不行,请联系管理员。',
    en: 'Something went wrong. Please try again shortly; if it stays, tell your administrator.',
  },
} as const satisfies Record<string, Bilingual>

/** What to tell the person about anything that was thrown. */
export function wordsOf(error: unknown, language: Language): string {
  if (error instanceof ClientRefusal || error instanceof ClientOffline) return error.words
  return clientWords.fault[language]
}
