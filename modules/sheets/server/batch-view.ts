/** A batch as screens see it: never more of its rows than the first lines and what is wrong. */
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { columnLetters } from '../../../platform/sheets/raw-sheet.ts'
import type { SheetKind, SheetPlaces } from '../../../platform/sheets/sheet-kind.ts'
import { displayNames } from '../../accounts/server/index.ts'
import type { BatchDetail, BatchFinding, BatchView } from '../contract.ts'
import type { BatchRow, Preview, SeenFinding } from './batch-row.ts'
import { hasSecrets, rowsWithFindings } from './batch-row-store.ts'
import { findPreview } from './batch-store.ts'
import { missingColumns, sealedAt } from './read-batch.ts'
import { findKind, mayConfirm } from './sheet-kinds.ts'

export interface Viewing {
  readonly tx: Tx
  readonly keys: Keys
  readonly actor: Actor
  readonly at: Date
}

const findingsShown = 200

export async function batchViews(
  { tx, keys, actor, at }: Viewing,
  rows: readonly BatchRow[],
): Promise<BatchView[]> {
  const names = await displayNames(
    tx,
    keys,
    rows.map((row) => row.createdBy),
  )
  return rows.flatMap((row) => {
    const kind = findKind(row.kind)
    return kind ? [viewOf(row, kind, names.get(row.createdBy) ?? '', actor, at)] : []
  })
}

function viewOf(row: BatchRow, kind: SheetKind, createdBy: string, actor: Actor, at: Date): BatchView {
  const open = row.state === 'uploaded' || row.state === 'checked'
  const there = row.forgottenAt === null
  const toDo = row.counts.add + row.counts.change
  return {
    id: row.id,
    kind: row.kind,
    kindWords: { zh: kind.words.zh, en: kind.words.en },
    source: row.source,
    fileName: row.fileName,
    state: row.state,
    version: row.version,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    confirmedAt: row.confirmedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    undoUntil: row.undoUntil?.toISOString() ?? null,
    undoneAt: row.undoneAt?.toISOString() ?? null,
    counts: row.counts,
    done: row.doneRows,
    total: row.totalRows,
    can: {
      match: open && there,
      check: open && there && missingColumns(kind, row).length === 0,
      confirm: row.state === 'checked' && there && toDo > 0 && mayConfirm(actor, kind),
      discard: open,
      undo:
        row.state === 'applied' &&
        there &&
        row.undoUntil !== null &&
        at < row.undoUntil &&
        mayConfirm(actor, kind),
      takePasswords: false,
      report: there && row.state !== 'uploaded' && row.counts.bad + row.counts.failed + row.counts.kept > 0,
    },
  }
}

/** One batch with its sheet and findings. */
export async function batchDetail(viewing: Viewing, row: BatchRow, kind: SheetKind): Promise<BatchDetail> {
  const { tx, keys, actor } = viewing
  const [batch] = await batchViews(viewing, [row])
  if (batch === undefined) throw new Error('a kind that was found is gone')
  const sealed = await findPreview(tx, actor.streetId, row.id)
  const preview =
    sealed === undefined ? undefined : (JSON.parse(keys.open(sealedAt.preview(row.id), sealed)) as Preview)
  const findings = await shownFindings(viewing, row)
  const secrets =
    row.state === 'applied' &&
    mayConfirm(actor, kind) &&
    actor.roles.includes('security-admin') &&
    (await hasSecrets(tx, actor.streetId, row.id))
  return {
    batch: { ...batch, can: { ...batch.can, takePasswords: secrets } },
    sheet: preview ? sheetOf(row, kind, preview) : null,
    skipped: preview?.skipped.map((line) => ({ ...line })) ?? [],
    places: row.state === 'checked' && preview?.places ? placesView(preview.places) : null,
    findings: findings.slice(0, findingsShown),
    findingCount: row.counts.bad + row.counts.warned + row.counts.failed + row.counts.kept,
  }
}

const placesView = ({ samples, outside }: SheetPlaces): BatchDetail['places'] => ({
  samples: samples.map((one) => ({ ...one })),
  outside: outside && { ...outside },
})

function sheetOf({ reading }: BatchRow, kind: SheetKind, preview: Preview): BatchDetail['sheet'] {
  const keyAt = new Map<number, string>()
  const fixed: Record<string, string> = {}
  for (const [key, source] of Object.entries(reading.matching)) {
    if ('at' in source) keyAt.set(source.at, key)
    else fixed[key] = source.fixed
  }
  const width = Math.max(preview.headings.length, ...preview.lines.map((line) => line.cells.length))
  return {
    sheets: preview.sheets.map((sheet) => ({ ...sheet })),
    chosen: reading.sheet,
    headingRow: reading.headingRow,
    headingLines: reading.headingLines,
    columns: Array.from({ length: width }, (_, at) => ({
      at,
      letters: columnLetters(at),
      heading: preview.headings[at] ?? '',
      key: keyAt.get(at) ?? null,
    })),
    fixed,
    missing: missingColumns(kind, { reading }),
    remembered: reading.remembered,
    lines: preview.lines.map((line) => ({ ...line, cells: [...line.cells] })),
  }
}

async function shownFindings({ tx, keys, actor }: Viewing, row: BatchRow): Promise<BatchFinding[]> {
  const rows = await rowsWithFindings(tx, actor.streetId, row.id, findingsShown)
  const all = rows.flatMap((each) =>
    openFindings(keys, row.id, each).map((finding) => ({
      row: each.row,
      column: finding.column ?? null,
      severity: finding.severity,
      reason: { zh: finding.reason.zh, en: finding.reason.en },
      seen: finding.seen,
    })),
  )
  const isError = (finding: BatchFinding) => (finding.severity === 'error' ? 0 : 1)
  return all.sort((a, b) => isError(a) - isError(b) || a.row - b.row)
}

export function openFindings(
  keys: Keys,
  batchId: string,
  { row, findings }: { row: number; findings: string },
): SeenFinding[] {
  return JSON.parse(keys.open(sealedAt.findings(batchId, row), findings)) as SeenFinding[]
}
