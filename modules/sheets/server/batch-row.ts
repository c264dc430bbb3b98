/** The rows of the tables of batches. */
import type { Matching } from '../../../platform/sheets/match-columns.ts'
import type { MadeRow, SheetFinding, SheetPlaces } from '../../../platform/sheets/sheet-kind.ts'
import type { SheetTable } from '../../../platform/sheets/sheet-table.ts'
import type { BatchCounts, BatchState } from '../contract.ts'

/** How the file is read: kept with the batch, so that every reading of it is the same. */
export interface Reading {
  readonly sheet: number
  readonly headingRow: number
  readonly headingLines: 1 | 2
  readonly matching: Matching
  readonly remembered: boolean
}

export interface BatchRow {
  readonly id: string
  readonly kind: string
  readonly source: string | null
  readonly fileName: string
  readonly state: BatchState
  readonly reading: Reading
  readonly counts: BatchCounts
  readonly version: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly confirmedBy: string | null
  readonly confirmedAt: Date | null
  readonly doneRows: number
  readonly totalRows: number
  readonly finishedAt: Date | null
  readonly undoUntil: Date | null
  readonly undoneBy: string | null
  readonly undoneAt: Date | null
  readonly forgottenAt: Date | null
}

export const noCounts: BatchCounts = {
  rows: 0,
  add: 0,
  change: 0,
  same: 0,
  bad: 0,
  warned: 0,
  skipped: 0,
  added: 0,
  changed: 0,
  failed: 0,
  undone: 0,
  kept: 0,
}

/** What the screen shows of the file without reading it again. */
export interface Preview {
  readonly sheets: readonly { readonly name: string; readonly hidden: boolean; readonly rows: number }[]
  readonly headings: readonly string[]
  readonly lines: readonly {
    readonly row: number
    readonly cells: readonly string[]
    readonly part: 'before' | 'heading' | 'data' | 'skipped'
  }[]
  readonly skipped: SheetTable['skipped']
  /** After a check of a kind whose rows lie somewhere. */
  readonly places?: SheetPlaces
}

/** A finding with the cell as it was seen. */
export type SeenFinding = Pick<SheetFinding, 'column' | 'severity' | 'reason'> & { readonly seen: string }

export interface KeptMade {
  readonly act: 'add' | 'change' | 'same'
  readonly made: readonly MadeRow[]
}
