/** All SQL on cases, their entries, reporters and files. Row security stands behind every statement. */
import { type Insertable, sql, type Updateable } from 'kysely'
import { sqlBuilder, type Tx } from '../../../platform/db.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { CaseRow, CaseTables, EntryRow, ReporterRow } from './case-row.ts'

const build = sqlBuilder<CaseTables>()

export type NewCase = Insertable<CaseTables['cases']>
export type CaseChange = Updateable<CaseTables['cases']>
export type NewEntry = Omit<EntryRow, 'street_id' | 'case_id'>

export interface NewReporter extends Omit<ReporterRow, 'street_id' | 'case_id' | 'erased_at'> {}

/** Keys of which a case has one row; which of them notices a second first is the database's choice. */
const oneACase: ReadonlySet<string> = new Set(['cases_pkey', 'case_search_pkey', 'case_reporters_pkey'])

/** One statement: the case, its first entry, who reported, what search finds it by, and its photos. */
export async function insertCase(
  tx: Tx,
  row: NewCase,
  more: { entry: NewEntry; reporter: NewReporter | null; terms: string[]; fileIds: readonly string[] },
): Promise<void> {
  const { street_id, id, area, created_at } = row
  const case_id = id
  const inserted = tx.run(
    build
      .with('new_case', (db) => db.insertInto('cases').values(row))
      .with('new_entry', (db) =>
        db.insertInto('case_entries').values(entryValues(street_id, case_id, more.entry)),
      )
      .with('new_search', (db) =>
        db.insertInto('case_search').values({ street_id, case_id, area, created_at, terms: more.terms }),
      )
      .with('new_reporter', (db) =>
        db
          .insertInto('case_reporters')
          .columns([
            'street_id',
            'case_id',
            'confidential',
            'name_encrypted',
            'phone_encrypted',
            'address_encrypted',
            'phone_index',
            'phone_tail_index',
          ])
          .expression(
            sql`select ${street_id}::int, ${case_id}::uuid, ${more.reporter?.confidential ?? false}::boolean, ${more.reporter?.name_encrypted ?? null}::text,
              ${more.reporter?.phone_encrypted ?? null}::text, ${more.reporter?.address_encrypted ?? null}::text, ${more.reporter?.phone_index ?? null}::text,
              ${more.reporter?.phone_tail_index ?? null}::text where ${more.reporter !== null}::boolean` as never,
          ),
      )
      .with('new_files', (db) =>
        db
          .insertInto('case_files')
          .columns(['street_id', 'case_id', 'file_id'])
          .expression(
            sql`select ${street_id}::int, ${case_id}::uuid, f from unnest(${[...more.fileIds]}::uuid[]) f` as never,
          ),
      )
      .selectNoFrom(sql<number>`1`.as('done')),
  )
  await inserted.catch((error: { code?: string; constraint?: string }) => {
    // Ids may come from the client: a report sent again from a phone under a new key is the same report.
    if (error.code === '23505' && oneACase.has(error.constraint ?? '')) throw new Refusal('cases/id-taken')
    throw error
  })
}

function entryValues(
  street_id: number,
  case_id: string,
  entry: NewEntry,
): Insertable<CaseTables['case_entries']> {
  return { street_id, case_id, ...entry, detail: JSON.stringify(entry.detail) }
}

/** The case, locked against other acts until the transaction ends; undefined outside the actor's scope. */
export function lockCase(tx: Tx, streetId: number, id: string): Promise<CaseRow | undefined> {
  return tx.maybe<CaseRow>(
    build
      .selectFrom('cases')
      .selectAll()
      .where('street_id', '=', streetId)
      .where('id', '=', id)
      .forUpdate() as never,
  )
}

export function findCase(tx: Tx, streetId: number, id: string): Promise<CaseRow | undefined> {
  return tx.maybe<CaseRow>(
    build.selectFrom('cases').selectAll().where('street_id', '=', streetId).where('id', '=', id) as never,
  )
}

export async function getCases(tx: Tx, streetId: number, ids: readonly string[]): Promise<CaseRow[]> {
  return tx.many<CaseRow>(
    sql<CaseRow>`select * from cases where street_id = ${streetId} and id = any(${[...ids]}::uuid[])`,
  )
}

/** Changes a locked case and adds its entries in one statement; the version grows by one. */
export async function changeCase(
  tx: Tx,
  before: CaseRow,
  change: CaseChange,
  entries: readonly NewEntry[],
  fileIds: readonly string[] = [],
): Promise<void> {
  const { street_id, id } = before
  await tx.run(
    build
      .with('changed', (db) =>
        db
          .updateTable('cases')
          .set({ ...change, version: before.version + 1 })
          .where('street_id', '=', street_id)
          .where('id', '=', id),
      )
      .with('linked', (db) =>
        db
          .insertInto('case_files')
          .columns(['street_id', 'case_id', 'file_id'])
          .expression(
            sql`select ${street_id}::int, ${id}::uuid, f from unnest(${[...fileIds]}::uuid[]) f` as never,
          )
          .onConflict((conflict) => conflict.doNothing()),
      )
      .insertInto('case_entries')
      .values(entries.map((entry) => entryValues(street_id, id, entry))),
  )
}

/** An entry that changes nothing of the case itself, such as an unmasking. */
export async function addEntry(tx: Tx, row: CaseRow, entry: NewEntry): Promise<void> {
  await tx.run(build.insertInto('case_entries').values(entryValues(row.street_id, row.id, entry)))
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

type AsJson<Row, Dates extends keyof Row> = Omit<Row, Dates> & { [K in Dates]: string }

/** Reporter and files in one round trip; none for whoever may not see the case. */
export async function partsOf(tx: Tx, caseId: string): Promise<CaseParts> {
  const row = await tx.one(
    sql<{ reporter: ReporterRow | null; files: FileRow[] }>`select
      (select to_jsonb(r) from reporter_of_case(${caseId}) r) as reporter,
      (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'media_type', f.media_type, 'name', f.name, 'sha256', f.sha256)
        order by f.uploaded_at, f.id), '[]') from files_of_case(${caseId}) f) as files`,
  )
  return { reporter: row.reporter ?? undefined, files: row.files }
}

/** The same with all entries, oldest first. */
export async function historyOf(tx: Tx, caseId: string): Promise<CaseParts & { entries: EntryRow[] }> {
  const row = await tx.one(
    sql<{ reporter: ReporterRow | null; files: FileRow[]; entries: AsJson<EntryRow, 'at'>[] }>`select
      (select to_jsonb(r) from reporter_of_case(${caseId}) r) as reporter,
      (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'media_type', f.media_type, 'name', f.name, 'sha256', f.sha256)
        order by f.uploaded_at, f.id), '[]') from files_of_case(${caseId}) f) as files,
      (select coalesce(jsonb_agg(to_jsonb(e) order by e.at, e.id), '[]') from entries_of_case(${caseId}) e) as entries`,
  )
  const entries = row.entries.map((entry) => ({ ...entry, at: new Date(entry.at) }))
  return { reporter: row.reporter ?? undefined, files: row.files, entries }
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
