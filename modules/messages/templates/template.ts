import type { Bilingual } from '../../../lib/language.ts'
import type { Reader } from '../notice-parts.ts'
import type { NoticeField } from '../rules/fill-template.ts'

/** What one kind of event says to one kind of reader, as shipped; a street may change the text. */
export interface NoticeTemplate {
  /** `subject.whatHappened`: 'case.answered'. */
  readonly event: string
  readonly reader: Reader
  /** The event in a few words, for the settings page and the log. */
  readonly words: Bilingual
  /** The fields that the text may hold; the asking module gives their facts. */
  readonly fields: readonly NoticeField[]
  readonly text: Bilingual
  /** Leaves the system unless a street says otherwise: to a resident as a text message, to staff in their group's chat. */
  readonly goesOut: boolean
}
