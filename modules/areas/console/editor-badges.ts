/** Figures that later modules put beside the names on the editor's map; the app passes them, for areas knows none of them. */
import type { Bilingual } from '../../../lib/language.ts'

export interface EditorBadges {
  readonly key: string
  readonly words: Bilingual
  /** A figure for each area, by its id; areas without one are left out. */
  load(): Promise<ReadonlyMap<string, number>>
}
