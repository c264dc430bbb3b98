/** All SQL on cases, their entries, reporters and files. Row security stands behind every statement. */
import { sql } from 'kysely'
import { fixedQuery, type Tx } from '../../../platform/db.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { CaseRow, EntryRow, ReporterRow } from './case-row.ts'
import {
  addEntryText,
  caseColumns,
  changeCaseText,
  columnValue,
  entryColumns,
  historyText,
  insertCaseText,
  partsColumns,
  reporterColumns,
} from './case-statements.ts'

export type CaseChange = Partial<CaseRow>
export type NewEntry = Omit<EntryRow, 'street_id' | 'case_id'>

export interface NewReporter extends Omit<ReporterRow, 'street_id' | 'case_id' | 'erased_at'> {}

/** Keys of which a case has one row; which of them notices a second first is the database's choice. */
const oneACase: ReadonlySet<string> = new Set(['cases_pkey', 'case_search_pkey', 'case_reporters_pkey'])

/** One statement: the case, its first entry, who reported, what search finds it by, and its photos. */
export async function insertCase(
  tx: Tx,
  row: CaseRow,
  more: { entry: NewEntry; reporter: NewReporter | null; terms: string[]; fileIds: readonly string[] },
): Promise<void> {
  const { entry, reporter, terms, fileIds } = more
  const inserted = tx.run(
    fixedQuery(insertCaseText, [
      ...caseColumns.map((column) => columnValue(row[column])),
      ...entryColumns.map((column) => columnValue(entry[column])),
      terms,
      ...reporterColumns.map((column) => reporter?.[column] ?? null),
      reporter !== null,
      fileIds,
    ]),
  )
  await inserted.catch((error: { code?: string; constraint?: string }) => {
    // Ids may come from the client: a report sent again from a phone under a new key is the same report.
    if (error.code === '23505' && oneACase.has(error.constraint ?? '')) throw new Refusal('cases/id-taken')
    throw error
  })
}

/** The case, locked against other acts until the transaction ends; undefined outside the actor's scope. */
export function lockCase(tx: Tx, streetId: number, id: string): Promise<CaseRow | undefined> {
  return tx.maybe(
    fixedQuery<CaseRow>('select * from cases where street_id = $1 and id = $2 for update', [streetId, id]),
  )
}

export function findCase(tx: Tx, streetId: number, id: string): Promise<CaseRow | undefined> {
  return tx.maybe(fixedQuery<CaseRow>('select * from cases where street_id = $1 and id = $2', [streetId, id]))
}

export async function getCases(tx: Tx, streetId: number, ids: readonly string[]): Promise<CaseRow[]> {
  return tx.many(
    fixedQuery<CaseRow>('select * from cases where street_id = $1 and id = any($2::uuid[])', [
      streetId,
      [...ids],
    ]),
  )
}

/**
 * Changes a locked case and adds its entries in one statement; the version grows by one. Gives the row as it now is
 * and what hangs on it, as far as the actor could see it until now.
 */
export async function changeCase(
  tx: Tx,
  before: CaseRow,
  change: Partial<CaseRow>,
  entries: readonly NewEntry[],
  fileIds: readonly string[] = [],
): Promise<{ row: CaseRow; parts: CaseParts }> {
  const after: CaseRow = { ...before, ...change, version: before.version + 1 }
  const columns = (Object.keys(change) as (keyof CaseRow)[]).filter((column) => change[column] !== undefined)
  const parts = await tx.one(
    fixedQuery<PartsRow>(changeCaseText(columns.sort(), entries.length, fileIds.length > 0), [
      before.street_id,
      before.id,
      after.version,
      ...columns.map((column) => columnValue(after[column])),
      ...entries.flatMap((entry) => entryColumns.map((column) => columnValue(entry[column]))),
      ...(fileIds.length > 0 ? [fileIds] : []),
    ]),
  )
  // A statement does not see the files that it links itself.
  return { row: after, parts: fileIds.length > 0 ? await partsOf(tx, before.id) : partsFrom(parts) }
}

/** An entry that changes nothing of the case itself, such as an unmasking. */
export async function addEntry(tx: Tx, row: CaseRow, entry: NewEntry): Promise<void> {
  await tx.run(
    fixedQuery(addEntryText, [
      row.street_id,
      row.id,
      ...entryColumns.map((column) => columnValue(entry[column])),
    ]),
  )
}

export function reporterOf(tx: Tx, caseId: string): Promise<ReporterRow | undefined> {
  return tx.maybe(sql<ReporterRow>`select * from reporter_of_case(${caseId})`)
}

export interface FileRow {
  id: string
  media_type: string
  name: string | null
  sha256: string
}

/** What hangs on a case beside its row. */
export interface CaseParts {
  reporter: ReporterRow | undefined
  files: FileRow[]
}

interface PartsRow {
  reporter: ReporterRow | null
  files: FileRow[]
}
type AsJson<Row, Dates extends keyof Row> = Omit<Row, Dates> & { [K in Dates]: string }
interface HistoryRow extends PartsRow {
  entries: AsJson<EntryRow, 'at'>[]
}

const partsFrom = ({ reporter, files }: PartsRow): CaseParts => ({ reporter: reporter ?? undefined, files })

/** Reporter and files in one round trip; none for whoever may not see the case. */
export async function partsOf(tx: Tx, caseId: string): Promise<CaseParts> {
  return partsFrom(await tx.one(fixedQuery<PartsRow>(`select ${partsColumns('$1')}`, [caseId])))
}

export interface WholeHistory {
  row: CaseRow
  parts: CaseParts
  /** Oldest first. */
  entries: EntryRow[]
}

/** A case with everything that hangs on it, in one round trip; undefined outside the actor's scope. */
export async function findHistory(tx: Tx, streetId: number, id: string): Promise<WholeHistory | undefined> {
  const found = await tx.maybe(fixedQuery<CaseRow & HistoryRow>(historyText, [streetId, id]))
  if (!found) return undefined
  const { reporter, files, entries, ...row } = found
  return {
    row,
    parts: partsFrom({ reporter, files }),
    entries: entries.map((entry) => ({ ...entry, at: new Date(entry.at) })),
  }
}

/** How many of these files this account uploaded and nobody has linked: only such may be attached. */
export async function countOwnFiles(
  tx: Tx,
  streetId: number,
  ids: readonly string[],
  accountId: string,
): Promise<number> {
  const row = await tx.one(
    sql<{ count: number }>`select count(*) as count from files
      where street_id = ${streetId} and id = any(${[...ids]}::uuid[]) and uploaded_by = ${accountId}`,
  )
  return row.count
}
