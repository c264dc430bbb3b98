import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { headingPrint } from '../../../platform/sheets/match-columns.ts'
import { type RowRead, readRows } from '../../../platform/sheets/read-rows.ts'
import type {
  CheckedSheet,
  SheetFinding,
  SheetKind,
  SheetPlaces,
} from '../../../platform/sheets/sheet-kind.ts'
import { tableOf } from '../../../platform/sheets/sheet-table.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { type BatchRow, noCounts, type Preview, type SeenFinding } from './batch-row.ts'
import { type NewBatchRow, replaceRows } from './batch-row-store.ts'
import {
  changeBatch,
  findBatch,
  findPreview,
  lockBatch,
  putPreview,
  rememberMatching,
} from './batch-store.ts'
import { batchDetail } from './batch-view.ts'
import { missingColumns, readStoredFile, sealedAt } from './read-batch.ts'
import { sheetCall } from './sheet-call.ts'
import { kindOfBatch } from './sheet-kinds.ts'

type CheckCall = Call<typeof contract.checkBatch>
const maxRowsUnlessGiven = 20_000

export const checkBatch = operation(contract.checkBatch, async (call) => {
  const { tx, actor, at, params, services } = call
  const { batch, kind } = kindOfBatch(actor, await lockBatch(tx, actor.streetId, params.id))
  if (batch.state !== 'uploaded' && batch.state !== 'checked') throw new Refusal('sheets/wrong-state')
  if (missingColumns(kind, batch).length > 0) throw new Refusal('sheets/columns-missing')
  const counts = await check(call, batch, kind)
  await changeBatch(tx, actor.streetId, batch.id, { state: 'checked', counts })
  call.audit({ subjectType: 'sheet-batch', subjectId: batch.id, detail: { kind: batch.kind, ...counts } })
  const checked = await findBatch(tx, actor.streetId, batch.id)
  if (checked === undefined) throw new Error('the batch is gone')
  return batchDetail({ tx, keys: services.keys, actor, at }, checked, kind)
})

async function check(call: CheckCall, batch: BatchRow, kind: SheetKind): Promise<contract.BatchCounts> {
  const { tx, actor, at, services } = call
  const sheet = (await readStoredFile(tx, services.keys, actor.streetId, batch.id, batch.reading.sheet))[
    batch.reading.sheet
  ]
  if (sheet === undefined) throw new Refusal('sheets/gone')
  const { headingRow, headingLines, matching } = batch.reading
  const table = tableOf(sheet, { row: headingRow, lines: headingLines })
  const root = await streetRoot(tx, actor.streetId)
  const asked = sheetCall(call, batch, { streetPath: root.path, by: actor.accountId })
  const read = readRows(kind, matching, table.rows, asked.today)
  if (read.length > (kind.maxRows ?? maxRowsUnlessGiven)) throw new Refusal('sheets/too-large')
  const sound = read.filter((row) => !row.findings.some(({ severity }) => severity === 'error'))
  const checked = await kind.check(asked, sound)
  await keepSeen(call, batch.id, { skipped: table.skipped.slice(0, 50), places: checked.places })
  const rows = judge(call, batch.id, read, checked)
  await replaceRows(tx, actor.streetId, batch.id, rows)
  await rememberMatching(tx, actor.streetId, {
    kind: kind.kind,
    source: batch.source,
    headingPrint: headingPrint(table.headings),
    matching,
    at,
  })
  const good = (act: string) => rows.filter((row) => row.state === 'good' && row.act === act).length
  return {
    ...noCounts,
    rows: rows.length,
    add: good('add'),
    change: good('change'),
    same: good('same'),
    bad: rows.filter((row) => row.state === 'bad').length,
    warned: rows.filter((row) => row.state === 'good' && row.warnings > 0).length,
    skipped: table.skipped.length,
  }
}

/** What the whole sheet says of totals and notes, and where it lies; the preview had only its first rows. */
async function keepSeen(
  { tx, actor, services }: CheckCall,
  batchId: string,
  { skipped, places }: { skipped: Preview['skipped']; places: SheetPlaces | undefined },
): Promise<void> {
  const { keys } = services
  const sealed = await findPreview(tx, actor.streetId, batchId)
  if (sealed === undefined) return
  const preview = JSON.parse(keys.open(sealedAt.preview(batchId), sealed)) as Preview
  const { places: _, ...rest } = preview
  const kept: Preview = { ...rest, skipped, ...(places ? { places } : {}) }
  await putPreview(tx, actor.streetId, batchId, keys.seal(sealedAt.preview(batchId), JSON.stringify(kept)))
}

/** Puts together what reading and checking found; the same natural key a second time is a fault of the later row. */
function judge(
  { services }: CheckCall,
  batchId: string,
  read: readonly RowRead[],
  checked: CheckedSheet,
): NewBatchRow[] {
  const told = new Map<number, SheetFinding[]>()
  for (const finding of checked.findings) {
    const of = told.get(finding.row)
    if (of) of.push(finding)
    else told.set(finding.row, [finding])
  }
  const decided = new Map(checked.rows.map((row) => [row.row, row]))
  const firstWith = new Map<string, number>()
  return read.map((row) => {
    const decision = decided.get(row.row)
    const findings = [...row.findings, ...(told.get(row.row) ?? [])]
    const before = decision && firstWith.get(decision.key)
    if (decision && before !== undefined) findings.push(twice(row.row, before))
    else if (decision) firstWith.set(decision.key, row.row)
    const faults = findings.filter(({ severity }) => severity === 'error').length
    const sealed = findings.map(
      ({ column, severity, reason }): SeenFinding => ({
        ...(column === undefined ? {} : { column }),
        severity,
        reason,
        seen: column === undefined ? '' : (row.seen[column] ?? '').slice(0, 200),
      }),
    )
    const { keys } = services
    return {
      row: row.row,
      position: decision?.order ?? row.row,
      state: faults > 0 || decision === undefined ? 'bad' : 'good',
      act: decision?.act ?? null,
      key: decision ? keys.blindIndex('sheet-row', decision.key) : null,
      faults,
      warnings: findings.length - faults,
      values: keys.seal(sealedAt.values(batchId, row.row), JSON.stringify(row.values)),
      findings:
        sealed.length > 0 ? keys.seal(sealedAt.findings(batchId, row.row), JSON.stringify(sealed)) : null,
    }
  })
}

const twice = (row: number, before: number): SheetFinding => ({
  row,
  severity: 'error',
  reason: { zh: `和第 ${before} 行重复`, en: `The same as row ${before}` },
})
