/**
 * One chunk of a batch in one transaction: its rows go in, or out again, and their states with them. What a killed
 * process had begun is gone with its transaction, and the next run takes the same rows.
 */
import { sql } from 'kysely'
import type { Bilingual } from '../../../lib/language.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import type {
  RowOutcome,
  SheetCall,
  SheetKind,
  SheetRow,
  SheetValues,
  UndoOutcome,
  UndoRow,
} from '../../../platform/sheets/sheet-kind.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import type { BatchCounts } from '../contract.ts'
import { undoHours } from '../settings.ts'
import type { BatchRow, KeptMade, SeenFinding } from './batch-row.ts'
import {
  countRows,
  keepResults,
  lastDoneRows,
  nextGoodRows,
  type RowResult,
  type WorkRow,
} from './batch-row-store.ts'
import { changeBatch, tryLockBatch } from './batch-store.ts'
import { sealedAt } from './read-batch.ts'
import { sheetCall } from './sheet-call.ts'
import { findKind } from './sheet-kinds.ts'

const chunkRowsUnlessGiven = 500

export async function advanceBatch(call: JobCall): Promise<void> {
  const { tx, actor, payload } = call
  const batch = await tryLockBatch(tx, actor.streetId, String(payload.batchId))
  const kind = batch && findKind(batch.kind)
  if (!batch || !kind || (batch.state !== 'applying' && batch.state !== 'undoing')) return
  const limit = kind.chunkRows ?? chunkRowsUnlessGiven
  const done =
    batch.state === 'applying'
      ? await putIn(call, batch, kind, limit)
      : await takeOut(call, batch, kind, limit)
  if (done < limit) return finish(call, batch)
  const progress = { at: call.at, done: batch.doneRows + done, total: batch.totalRows }
  await changeBatch(tx, actor.streetId, batch.id, { progress })
  call.job({ task: 'sheets.advanceBatch', payload: { batchId: batch.id }, runAt: call.at })
}

const callOf = (call: JobCall, batch: BatchRow): SheetCall =>
  sheetCall(call, batch, {
    streetPath: call.streetPath,
    by: (batch.state === 'undoing' ? batch.undoneBy : batch.confirmedBy) ?? batch.createdBy,
  })

async function putIn(call: JobCall, batch: BatchRow, kind: SheetKind, limit: number): Promise<number> {
  const { tx, actor, services } = call
  const stored = await nextGoodRows(tx, actor.streetId, batch.id, limit)
  if (stored.length === 0) return 0
  const rows = stored.map((row) =>
    rowOf(services.keys.open(sealedAt.values(batch.id, row.row), row.values), row),
  )
  const asked = callOf(call, batch)
  const outcomes = await inSteps(call, rows, (some) => kind.apply(asked, some), failedRow)
  const results = outcomes.map((outcome): RowResult => {
    if ('refused' in outcome) return refusedResult(call, batch.id, outcome.row, 'failed', outcome.refused)
    const { row, act, made, secret } = outcome
    const seal = (place: string, value: unknown) => services.keys.seal(place, JSON.stringify(value))
    return {
      row,
      state: 'done',
      act,
      made: seal(sealedAt.made(batch.id, row), { act, made } satisfies KeptMade),
      ...(secret ? { secret: seal(sealedAt.secret(batch.id, row), secret) } : {}),
    }
  })
  await keepResults(tx, actor.streetId, batch.id, results)
  return stored.length
}

const rowOf = (values: string, { row }: WorkRow): SheetRow<SheetValues> => ({
  row,
  values: JSON.parse(values) as SheetValues,
})

async function takeOut(call: JobCall, batch: BatchRow, kind: SheetKind, limit: number): Promise<number> {
  const { tx, actor, services } = call
  const stored = await lastDoneRows(tx, actor.streetId, batch.id, limit)
  if (stored.length === 0) return 0
  const rows = stored.map(({ row, made }): UndoRow => {
    const kept =
      made === null
        ? undefined
        : (JSON.parse(services.keys.open(sealedAt.made(batch.id, row), made)) as KeptMade)
    return { row, made: kept?.made ?? [] }
  })
  const asked = callOf(call, batch)
  const outcomes = await inSteps(call, rows, (some) => kind.undo(asked, some), keptRow)
  await keepResults(
    tx,
    actor.streetId,
    batch.id,
    outcomes.map(({ row, refused }) =>
      refused ? refusedResult(call, batch.id, row, 'kept', refused) : { row, state: 'undone' },
    ),
  )
  return stored.length
}

/** All rows at once; when that throws, one by one, each in a savepoint, so that one bad row spoils itself only. */
async function inSteps<Row extends { row: number }, Outcome extends { row: number }>(
  { tx }: JobCall,
  rows: readonly Row[],
  work: (rows: readonly Row[]) => Promise<readonly Outcome[]>,
  onError: (row: number, error: unknown) => Outcome,
): Promise<readonly Outcome[]> {
  const attempt = async (some: readonly Row[]): Promise<readonly Outcome[] | { error: unknown }> => {
    await tx.run(sql`savepoint chunk`)
    try {
      const outcomes = await work(some)
      if (outcomes.length !== some.length) throw new Error('a kind must say of every row what became of it')
      await tx.run(sql`release savepoint chunk`)
      return outcomes
    } catch (error) {
      await tx.run(sql`rollback to savepoint chunk`)
      return { error }
    }
  }
  const all = await attempt(rows)
  if (!('error' in all)) return all
  if (rows.length > 1 && lostConnection(all.error)) throw all.error
  const outcomes: Outcome[] = []
  for (const row of rows) {
    const one = await attempt([row])
    if ('error' in one) outcomes.push(onError(row.row, one.error))
    else outcomes.push(...one)
  }
  return outcomes
}

/** Nothing is learned from trying again on a connection that is gone. */
const lostConnection = (error: unknown): boolean => {
  const code = (error as { code?: string }).code ?? ''
  return code.startsWith('08') || code.startsWith('57')
}

const inUse: Bilingual = { zh: '已经在使用了，没有撤销', en: 'It is in use already; not undone' }
const codeOf = (error: unknown): string => (error as { code?: string }).code ?? ''

const failedRow = (row: number, error: unknown): RowOutcome => ({
  row,
  refused:
    codeOf(error) === '23505'
      ? { zh: '系统里刚刚有了同样的一条', en: 'The same one has just been added by somebody else' }
      : { zh: '没有写进去，请联系维护人员', en: 'It could not be written; ask whoever maintains the system' },
})

/** What other tables point at cannot go: the database itself says so. */
const keptRow = (row: number, error: unknown): UndoOutcome => ({
  row,
  refused:
    codeOf(error) === '23503'
      ? inUse
      : {
          zh: '没有撤销成功，请联系维护人员',
          en: 'It could not be undone; ask whoever maintains the system',
        },
})

function refusedResult(
  { services }: JobCall,
  batchId: string,
  row: number,
  state: 'failed' | 'kept',
  reason: Bilingual,
): RowResult {
  const finding: SeenFinding = { severity: 'error', reason, seen: '' }
  return {
    row,
    state,
    findings: services.keys.seal(sealedAt.findings(batchId, row), JSON.stringify([finding])),
  }
}

async function finish(call: JobCall, batch: BatchRow): Promise<void> {
  const { tx, actor, at } = call
  const counts = await countsNow(call, batch)
  const applied = batch.state === 'applying'
  const progress = { at, done: batch.totalRows, total: batch.totalRows }
  const hours = await readSetting(tx, actor.streetId, undoHours, at)
  await changeBatch(tx, actor.streetId, batch.id, {
    counts,
    progress,
    ...(applied
      ? { state: 'applied', finishedAt: at, undoUntil: new Date(at.getTime() + hours * 3_600_000) }
      : { state: 'undone' }),
  })
  call.audit({
    subjectType: 'sheet-batch',
    subjectId: batch.id,
    outcome: applied ? 'applied' : 'undone',
    detail: { kind: batch.kind, ...counts },
  })
}

async function countsNow({ tx, actor }: JobCall, batch: BatchRow): Promise<BatchCounts> {
  const rows = await countRows(tx, actor.streetId, batch.id)
  const sum = (state: string, act?: string) =>
    rows
      .filter((row) => row.state === state && (act === undefined || row.act === act))
      .reduce((n, row) => n + row.n, 0)
  if (batch.state === 'undoing') return { ...batch.counts, undone: sum('undone'), kept: sum('kept') }
  return { ...batch.counts, added: sum('done', 'add'), changed: sum('done', 'change'), failed: sum('failed') }
}
