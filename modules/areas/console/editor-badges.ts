/** What later modules lay over the editor's map; the app passes it, for areas knows none of them. */
import type { Bilingual } from '../../../lib/language.ts'
import type { EditorMark } from './area-editor-marks.ts'

/** Figures beside the names. */
export interface EditorBadges {
  readonly key: string
  readonly words: Bilingual
  /** A figure for each area, by its id; areas without one are left out. */
  load(): Promise<ReadonlyMap<string, number>>
}

/** Records at their places, such as open cases. */
export interface EditorLayer {
  readonly key: string
  readonly words: Bilingual
  /** Whether whoever is signed in may see any of them. */
  offered(): boolean
  load(): Promise<readonly EditorMark[]>
  /** The route of one that is pressed. */
  routeOf(id: string): { readonly name: string; readonly params: Readonly<Record<string, string>> }
}
