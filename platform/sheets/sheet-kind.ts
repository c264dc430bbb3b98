/**
 * What a module says of a kind of list that comes in as a table: its columns, how a cell is read, what is checked
 * against what the street already has, how rows are put in and taken out again. Reading the file, matching columns,
 * the report, batches, progress and undo are the same for all kinds and stand in modules/sheets.
 */
import type { StaffRole } from '../../lib/contract.ts'
import type { Bilingual } from '../../lib/language.ts'
import type { Day } from '../../lib/time.ts'
import type { Actor } from '../actor.ts'
import type { Tx } from '../db.ts'
import type { Keys } from '../keys.ts'

/** One cell after reading: widths folded, spaces trimmed, a formula by its value, a merged cell with its value everywhere. */
export interface SheetCell {
  /** The cell as a text: '' when empty, a number in plain digits, a date as 'YYYY-MM-DD' or 'YYYY-MM-DD HH:MM:SS'. */
  readonly text: string
  readonly type: 'empty' | 'text' | 'number' | 'date'
  /** Of a number cell; a date's serial number may stand here, see `readDay`. */
  readonly number?: number
}

/** What a cell may stand for. It is kept as JSON between check and apply, so a day is a text and an instant ISO 8601. */
export type SheetValue = string | number | boolean | null | readonly string[]

/** `note` is a word about how the cell was understood, shown as a warning; the row stays good. */
export type CellRead<Value> =
  | { readonly ok: true; readonly value: Value; readonly note?: Bilingual }
  | { readonly ok: false; readonly reason: Bilingual }

export interface SheetColumn<Value> {
  /** The heading in the empty template. */
  readonly words: Bilingual
  /** Other headings that streets use for it, in any width and case. */
  readonly synonyms: readonly string[]
  /** The sheet must have the column and the cell must not be empty. */
  readonly required: boolean
  /** Required too where the sheet has that other column: a datum where there are coordinates. */
  readonly requiredWith?: string
  /** How to fill it in, as a note on the template's heading. */
  readonly help?: Bilingual
  /** For the template's example row; made up. */
  readonly example: string
  /** Choices that the template offers in the cell. */
  readonly choices?: readonly string[]
  /** An empty cell of a column that is not required never gets here: it is read as `empty`. */
  read(cell: SheetCell, today: Day): CellRead<Value>
  /** The value of an empty or missing cell. */
  readonly empty: Value
}

export type SheetValues = Readonly<Record<string, SheetValue>>

/** One row: its number as the sheet counts (the first line is 1) and its values by column key. */
export interface SheetRow<Values> {
  readonly row: number
  readonly values: Values
}

/** What check, apply and undo are given. */
export interface SheetCall {
  readonly tx: Tx
  readonly keys: Keys
  readonly streetId: number
  /** ltree path of the street itself. */
  readonly streetPath: string
  /** In check the person; in apply and undo the system, in the worker's role: its grants must cover what apply writes. */
  readonly actor: Actor
  /** The account that made or confirmed the batch, for what keeps a name. */
  readonly by: string
  readonly at: Date
  readonly today: Day
  readonly batchId: string
  /** Where the list comes from, for a kind with `sources`. */
  readonly source: string | null
  newId(): string
}

/** A finding without a column is about the row. A warning is told and the row goes in. */
export interface SheetFinding {
  readonly row: number
  readonly column?: string
  readonly severity: 'error' | 'warning'
  readonly reason: Bilingual
}

/** Where rows with coordinates would come to lie (WGS-84): shown on a map before anything goes in. */
export interface SheetPlaces {
  readonly samples: readonly { readonly lng: number; readonly lat: number; readonly label: string }[]
  /** Null while nothing is drawn of the street. `better` is the datum in which fewer would lie outside. */
  readonly outside: {
    readonly count: number
    readonly of: number
    readonly farthestM: number
    readonly better: string | null
  } | null
}

export interface CheckedSheet {
  readonly places?: SheetPlaces
  readonly findings: readonly SheetFinding[]
  /**
   * What each sound row would do, and its natural key: the same key twice in a sheet is refused by the engine.
   * `order` decides what goes in first (parents before children); the row's number unless given. A row without an
   * error must be here.
   */
  readonly rows: readonly {
    readonly row: number
    readonly key: string
    readonly act: 'add' | 'change' | 'same'
    readonly order?: number
  }[]
}

/** What a row made or changed. `before` is what undo puts back; it may be personal and is kept encrypted. */
export interface MadeRow {
  readonly table: string
  readonly id: string
  readonly before?: unknown
}

/** `secret` is told once to whoever confirmed (a one-time password) and kept nowhere else. */
export type RowOutcome =
  | {
      readonly row: number
      readonly act: 'add' | 'change' | 'same'
      readonly made: readonly MadeRow[]
      readonly secret?: { readonly username: string; readonly password: string; readonly name: string }
    }
  | { readonly row: number; readonly refused: Bilingual }

export interface UndoRow {
  readonly row: number
  readonly made: readonly MadeRow[]
}

/** With `refused` the row stays, and the reason is told. */
export interface UndoOutcome {
  readonly row: number
  readonly refused?: Bilingual
}

export interface SheetKind<Values = SheetValues> {
  /** Kebab-case, unique: 'areas', 'upstream-orders'. */
  readonly kind: string
  readonly words: Bilingual
  /** One sentence under its name: what it is and what comes first. */
  readonly help: Bilingual
  /** Its place in the list of kinds: what others need comes first. */
  readonly position: number
  /** Who may bring such a list in. */
  readonly who: readonly StaffRole[]
  /** Who may confirm and undo; the same as `who` unless given. */
  readonly confirmedBy?: readonly StaffRole[]
  /** Asked for with the file, and part of how columns are remembered: one list comes from several places. */
  readonly sources?: readonly { readonly value: string; readonly words: Bilingual }[]
  /** In the order of the template. */
  readonly columns: { readonly [Key in keyof Values]: SheetColumn<Values[Key]> }
  /** Most rows of one sheet; 20,000 unless given. */
  readonly maxRows?: number
  /** Rows of one transaction of apply and undo; 500 unless given. Fewer where a row is slow (hashing a password). */
  readonly chunkRows?: number
  /** All readable rows at once, against what the street has. It must read in bulk: one statement for 20,000 rows. */
  check(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<CheckedSheet>
  /**
   * One chunk in one transaction together with the state of its rows, so that a killed process leaves whole chunks
   * only. The world may have changed since the check: refuse a row rather than throw. When it throws, the chunk is
   * taken back and done again row by row, each in a savepoint, and the rows that throw are told as failed.
   */
  apply(call: SheetCall, rows: readonly SheetRow<Values>[]): Promise<readonly RowOutcome[]>
  /** Newest first. Refuses a row whose thing has been used since; what it does not refuse is as if never imported. */
  undo(call: SheetCall, rows: readonly UndoRow[]): Promise<readonly UndoOutcome[]>
}

/** Forgets the values' shape so that kinds stand in one list; the engine hands a kind only what its columns read. */
export function sheetKind<Values>(kind: SheetKind<Values>): SheetKind {
  return kind as unknown as SheetKind
}
