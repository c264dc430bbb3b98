/** What screens see of kinds of lists and of batches. */
import { type Static, Type } from 'typebox'
import { Id, Instant, Nullable, Words } from '../../lib/contract.ts'

export const WordPair = Type.Object({ zh: Type.String(), en: Type.String() })

export const batchStates = [
  'uploaded',
  'checked',
  'applying',
  'applied',
  'undoing',
  'undone',
  'discarded',
] as const
export type BatchState = (typeof batchStates)[number]

export const SheetColumnView = Type.Object({
  key: Type.String(),
  words: WordPair,
  required: Type.Boolean(),
  /** Required too where the sheet has this other column. */
  requiredWith: Nullable(Type.String()),
  help: Nullable(WordPair),
  choices: Type.Array(Type.String()),
})

export const SheetKindView = Type.Object({
  kind: Type.String(),
  words: WordPair,
  help: WordPair,
  sources: Type.Array(Type.Object({ value: Type.String(), words: WordPair })),
  /** Whether the actor may also confirm; where not, `confirmedBy` says who does. */
  mayConfirm: Type.Boolean(),
  confirmedBy: Type.Array(Type.String()),
  columns: Type.Array(SheetColumnView),
})
export type SheetKindView = Static<typeof SheetKindView>

/** Rows by what they would do, and, once applied, by what became of them. */
export const BatchCounts = Type.Object({
  rows: Type.Integer(),
  add: Type.Integer(),
  change: Type.Integer(),
  same: Type.Integer(),
  bad: Type.Integer(),
  warned: Type.Integer(),
  skipped: Type.Integer(),
  added: Type.Integer(),
  changed: Type.Integer(),
  failed: Type.Integer(),
  undone: Type.Integer(),
  kept: Type.Integer(),
})
export type BatchCounts = Static<typeof BatchCounts>

export const BatchView = Type.Object({
  id: Id,
  kind: Type.String(),
  kindWords: WordPair,
  source: Nullable(Type.String()),
  fileName: Type.String(),
  state: Words(batchStates),
  version: Type.Integer(),
  createdBy: Type.String(),
  createdAt: Instant,
  confirmedAt: Nullable(Instant),
  finishedAt: Nullable(Instant),
  undoUntil: Nullable(Instant),
  undoneAt: Nullable(Instant),
  counts: BatchCounts,
  done: Type.Integer(),
  total: Type.Integer(),
  can: Type.Object({
    match: Type.Boolean(),
    check: Type.Boolean(),
    confirm: Type.Boolean(),
    discard: Type.Boolean(),
    undo: Type.Boolean(),
    /** One-time passwords wait to be told once. */
    takePasswords: Type.Boolean(),
    report: Type.Boolean(),
  }),
})
export type BatchView = Static<typeof BatchView>

export const BatchFinding = Type.Object({
  row: Type.Integer(),
  column: Nullable(Type.String()),
  severity: Words(['error', 'warning'] as const),
  reason: WordPair,
  /** The cell as it was seen. */
  seen: Type.String(),
})
export type BatchFinding = Static<typeof BatchFinding>

export const lineParts = ['before', 'heading', 'data', 'skipped'] as const

export const BatchDetail = Type.Object({
  batch: BatchView,
  /** Null when rows and file were deleted. */
  sheet: Nullable(
    Type.Object({
      sheets: Type.Array(Type.Object({ name: Type.String(), hidden: Type.Boolean(), rows: Type.Integer() })),
      chosen: Type.Integer(),
      headingRow: Type.Integer(),
      headingLines: Type.Integer(),
      /** The columns of the sheet from the left; `key` is the column of the kind that it is, if any. */
      columns: Type.Array(
        Type.Object({
          at: Type.Integer(),
          letters: Type.String(),
          heading: Type.String(),
          key: Nullable(Type.String()),
        }),
      ),
      /** Columns of the kind that have one text for every row. */
      fixed: Type.Record(Type.String(), Type.String()),
      /** Required columns that nothing was found for. */
      missing: Type.Array(Type.String()),
      /** Whether the columns were matched as they were last time. */
      remembered: Type.Boolean(),
      /** The first lines as they stand. */
      lines: Type.Array(
        Type.Object({
          row: Type.Integer(),
          cells: Type.Array(Type.String()),
          part: Words(lineParts),
        }),
      ),
    }),
  ),
  skipped: Type.Array(
    Type.Object({
      row: Type.Integer(),
      reason: Words(['total', 'note', 'heading-again'] as const),
      text: Type.String(),
    }),
  ),
  /** Where its rows would lie, for lists with coordinates: seen on a map before they go in. WGS-84. */
  places: Nullable(
    Type.Object({
      samples: Type.Array(Type.Object({ lng: Type.Number(), lat: Type.Number(), label: Type.String() })),
      outside: Nullable(
        Type.Object({
          /** More than 300 m outside what is drawn of the street. */
          count: Type.Integer(),
          of: Type.Integer(),
          farthestM: Type.Number(),
          /** The datum in which fewer would lie outside. */
          better: Nullable(Type.String()),
        }),
      ),
    }),
  ),
  /** The first ones, faults before warnings; all of them stand in the report. */
  findings: Type.Array(BatchFinding),
  findingCount: Type.Integer(),
})
export type BatchDetail = Static<typeof BatchDetail>
