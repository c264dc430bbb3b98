import type { RefusalCatalogue } from '../lib/contract.ts'

/** Refusals that any operation may answer. */
export const platformRefusals = {
  'platform/invalid-input': 400,
  'platform/idempotency-key-missing': 400,
  'platform/idempotency-key-reused': 422,
  'platform/not-signed-in': 401,
  'platform/not-for-your-role': 403,
  'platform/foreign-origin': 403,
  'platform/second-factor-first': 403,
  'platform/new-password-first': 403,
  'platform/not-found': 404,
  'platform/file-missing': 410,
  'platform/too-large': 413,
  'platform/media-type': 415,
  'platform/too-many-requests': 429,
  'platform/busy': 503,
} as const satisfies RefusalCatalogue

export interface FieldError {
  /** JSON pointer into the input, such as `/body/text`. */
  path: string
  message: string
}

/**
 * An expected no: a code that the operation's contract lists, told as problem details in the reader's language.
 * Anything else that is thrown is a fault and answers 500 with a request id only.
 */
export class Refusal extends Error {
  readonly code: string
  readonly errors: readonly FieldError[]
  readonly retryAfterSeconds: number | undefined
  /** What the words of the refusal name in braces: `{day}`. Codes, days and figures only. */
  readonly fill: Readonly<Record<string, string>>

  constructor(
    code: string,
    more: {
      errors?: readonly FieldError[]
      retryAfterSeconds?: number
      fill?: Readonly<Record<string, string>>
    } = {},
  ) {
    super(code)
    this.fill = more.fill ?? {}
    this.name = 'Refusal'
    this.code = code
    this.errors = more.errors ?? []
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}
