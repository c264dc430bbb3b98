/** The two languages of every screen and message. Chinese is the first. */
export type Language = 'zh' | 'en'

/** One text in both languages. */
export interface Bilingual {
  readonly zh: string
  readonly en: string
}
