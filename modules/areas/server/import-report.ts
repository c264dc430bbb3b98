/** What an import has done. `added + changed + skipped + failed.length` is the number of records read. */
export interface ImportReport {
  added: number
  /** Known before, and brought up to date. */
  changed: number
  /** Known before, and the same. */
  skipped: number
  /** Line of a CSV, or number of a feature counted from 1. */
  failed: { line: number; reason: string }[]
  /** The caller's signal ended it early; another run goes on from there. */
  stopped: boolean
}

export interface Progress {
  readonly done: number
  readonly total: number
}
