/**
 * A start that cannot go on for a reason the person at the keyboard can understand and settle: a foreign
 * data folder, an unwritable one, a taken lock, an unsafe database role. The caller prints `describeRefusal`
 * and exits non-zero; a stack trace would only hide the sentence.
 */
export class StartupRefusal extends Error {
  readonly code: string
  readonly zh: string
  readonly en: string

  /** `code` is `platform/…` in kebab-case; `zh` and `en` are one plain sentence each. */
  constructor(code: string, words: { zh: string; en: string }, options?: { cause?: unknown }) {
    super(`${words.zh} ${words.en}`, options)
    this.name = 'StartupRefusal'
    this.code = code
    this.zh = words.zh
    this.en = words.en
  }
}

/** The two lines to print, Chinese first. */
export function describeRefusal(refusal: StartupRefusal): string {
  return `${refusal.zh}\n${refusal.en}`
}
