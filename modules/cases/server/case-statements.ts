/** The statements of the hot acts as text, made once: building them anew for every act cost more than running them. */
import type { CaseRow, EntryRow, ReporterRow } from './case-row.ts'

const columnsOfCase: Record<keyof CaseRow, string> = {
  street_id: 'int',
  id: 'uuid',
  number: 'text',
  kind: 'text',
  matter_id: 'uuid',
  title: 'text',
  text: 'text',
  channel: 'text',
  route: 'text',
  state: 'text',
  outcome: 'text',
  urgency: 'text',
  desk: 'text',
  area_id: 'uuid',
  area: 'ltree',
  lng: 'float8',
  lat: 'float8',
  source_datum: 'text',
  place_text: 'text',
  building_id: 'uuid',
  organisation_id: 'uuid',
  shared_organisations: 'uuid[]',
  holder_post_id: 'uuid',
  holder_account_id: 'uuid',
  reporter_id: 'uuid',
  filed_by: 'uuid',
  on_behalf: 'boolean',
  confidential: 'boolean',
  extra: 'jsonb',
  accepted_at: 'timestamptz',
  assigned_at: 'timestamptz',
  response_due_at: 'timestamptz',
  responded_at: 'timestamptz',
  due_at: 'timestamptz',
  promised_at: 'timestamptz',
  clock_start_at: 'timestamptz',
  clock_rule: 'jsonb',
  suspended_until: 'timestamptz',
  suspended_at: 'timestamptz',
  suspended_for: 'text',
  paused_minutes: 'int',
  draft_answer: 'text',
  answer: 'text',
  answered_at: 'timestamptz',
  closed_at: 'timestamptz',
  review_on: 'date',
  rating: 'jsonb',
  pending_approval: 'jsonb',
  supervised: 'boolean',
  dispute: 'jsonb',
  petition: 'jsonb',
  guarded_by: 'uuid',
  task: 'jsonb',
  finding: 'jsonb',
  special: 'text',
  hops: 'int',
  reopen_count: 'int',
  rework_count: 'int',
  handled_by: 'uuid[]',
  handled_organisations: 'uuid[]',
  assigned_by: 'uuid[]',
  parent_case_id: 'uuid',
  outside_source: 'text',
  outside_number: 'text',
  extended_from: 'timestamptz',
  outside_due_at: 'timestamptz',
  outside_class: 'text',
  outside_rating: 'jsonb',
  order_return: 'jsonb',
  order_replied_at: 'timestamptz',
  undo: 'jsonb',
  import_batch: 'uuid',
  version: 'int',
  created_at: 'timestamptz',
}

/** Whether a column of a case holds an instant. */
export const isInstantColumn = (column: string): boolean =>
  columnsOfCase[column as keyof CaseRow] === 'timestamptz'

/** Every column of a case, in the order of the statement that inserts one. */
export const caseColumns = Object.keys(columnsOfCase) as (keyof CaseRow)[]

const columnsOfEntry: Record<Exclude<keyof EntryRow, 'street_id' | 'case_id'>, string> = {
  id: 'uuid',
  at: 'timestamptz',
  act: 'text',
  actor_id: 'uuid',
  post_id: 'uuid',
  from_state: 'text',
  to_state: 'text',
  words: 'text',
  detail: 'jsonb',
  file_ids: 'uuid[]',
  internal: 'boolean',
}
export const entryColumns = Object.keys(columnsOfEntry) as (keyof typeof columnsOfEntry)[]

export const reporterColumns = [
  'confidential',
  'name_encrypted',
  'phone_encrypted',
  'address_encrypted',
  'phone_index',
  'phone_tail_index',
] as const satisfies readonly (keyof ReporterRow)[]

/** A value as the driver takes it: objects go as JSON, lists as arrays, instants as they are. */
export function columnValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
    ? JSON.stringify(value)
    : value
}

/** `$1::int, $2::uuid …`, counted on from `first`. */
const parameters = (types: readonly string[], first: number): string =>
  types.map((type, index) => `$${first + index}::${type}`).join(', ')

const typesOf = (columns: readonly (keyof CaseRow)[]) => columns.map((column) => columnsOfCase[column])
const entryTypes = Object.values(columnsOfEntry)
const reporterTypes = ['boolean', 'text', 'text', 'text', 'text', 'text']

/** A value of the case itself, by its place among the parameters of insertCaseText. */
const ofCase = (column: keyof CaseRow): string =>
  `$${caseColumns.indexOf(column) + 1}::${columnsOfCase[column]}`

const termsAt = caseColumns.length + entryColumns.length + 1
const reporterAt = termsAt + 1
const hasReporterAt = reporterAt + reporterColumns.length
const caseKey = `${ofCase('street_id')}, ${ofCase('id')}`

/** Parameters: the columns of the case, of its entry, the terms, the columns of the reporter, whether there is one, file ids. */
export const insertCaseText = `with new_case as (
    insert into cases (${caseColumns.join(', ')}) values (${parameters(typesOf(caseColumns), 1)})),
  new_entry as (
    insert into case_entries (street_id, case_id, ${entryColumns.join(', ')})
    values (${caseKey}, ${parameters(entryTypes, caseColumns.length + 1)})),
  new_search as (
    insert into case_search (street_id, case_id, area, created_at, terms)
    values (${caseKey}, ${ofCase('area')}, ${ofCase('created_at')}, $${termsAt}::text[])),
  new_reporter as (
    insert into case_reporters (street_id, case_id, ${reporterColumns.join(', ')})
    select ${caseKey}, ${parameters(reporterTypes, reporterAt)} where $${hasReporterAt}::boolean)
  insert into case_files (street_id, case_id, file_id)
  select ${caseKey}, file from unnest($${hasReporterAt + 1}::uuid[]) file`

/** Parameters: street, case, the columns of the entry. */
export const addEntryText = `insert into case_entries (street_id, case_id, ${entryColumns.join(', ')})
  values ($1::int, $2::uuid, ${parameters(entryTypes, 3)})`

/** Reporter and files as JSON; `id` is SQL for the case. The functions answer only for cases in the caller's scope. */
export const partsColumns = (id: string): string => `
  (select to_jsonb(r) from reporter_of_case(${id}) r) as reporter,
  (select coalesce(jsonb_agg(jsonb_build_object('id', f.id, 'media_type', f.media_type, 'name', f.name, 'sha256', f.sha256)
    order by f.uploaded_at, f.id), '[]') from files_of_case(${id}) f) as files`

/** Parameters: street, case. */
export const historyText = `select c.*, ${partsColumns('c.id')},
  (select coalesce(jsonb_agg(to_jsonb(e) order by e.at, e.id), '[]') from entries_of_case(c.id) e) as entries
  from cases c where c.street_id = $1::int and c.id = $2::uuid`

const changeTexts = new Map<string, string>()

/** Parameters: street, case, version, the changed columns, the columns of each entry, file ids if there are any. */
export function changeCaseText(
  columns: readonly (keyof CaseRow)[],
  entries: number,
  withFiles: boolean,
): string {
  const key = `${columns.join()} ${entries} ${withFiles}`
  let text = changeTexts.get(key)
  if (text === undefined) {
    text = makeChangeText(columns, entries, withFiles)
    changeTexts.set(key, text)
  }
  return text
}

function makeChangeText(columns: readonly (keyof CaseRow)[], entries: number, withFiles: boolean): string {
  const set = columns.map((column, index) => `, ${column} = $${4 + index}::${columnsOfCase[column]}`).join('')
  const entriesAt = 4 + columns.length
  const rows = Array.from(
    { length: entries },
    (_, index) => `($1::int, $2::uuid, ${parameters(entryTypes, entriesAt + index * entryTypes.length)})`,
  )
  const linked = withFiles
    ? `, linked as (insert into case_files (street_id, case_id, file_id)
        select $1::int, $2::uuid, file from unnest($${entriesAt + entries * entryTypes.length}::uuid[]) file
        on conflict do nothing)`
    : ''
  return `with changed as (update cases set version = $3::int${set} where street_id = $1::int and id = $2::uuid)${linked},
    added as (insert into case_entries (street_id, case_id, ${entryColumns.join(', ')}) values ${rows.join(', ')})
    select ${partsColumns('$2::uuid')}`
}
