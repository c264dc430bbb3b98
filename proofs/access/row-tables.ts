/** The tables that row security must guard, read from the database itself, so that a new one is covered when it comes. */
import type { Client } from 'pg'
import { decidingColumns, type ScopeRow, scopeColumns, scopeOf, type TableScope } from './row-scopes.ts'

export interface PlacedRow extends ScopeRow {
  /** Tells rows of any table apart while nothing is written. */
  readonly ctid: string
}

export interface GuardedTable {
  readonly name: string
  readonly can: {
    readonly select: boolean
    readonly insert: boolean
    readonly update: boolean
    readonly delete: boolean
  }
  /** A column that the app may change, if there is one: one that no key holds where that can be. */
  readonly updates: string | undefined
  readonly inKey: boolean
  /** The app may move a row into another street, were it not for the policy. */
  readonly moves: boolean
  /** Rows of the proof's own street, as they really are. */
  readonly ownRows: number
  readonly scope: TableScope
  /** Where the scope is more than the street: every row there is, with what decides. */
  readonly rows: readonly PlacedRow[]
  /** Read across streets on purpose. */
  readonly allStreets: boolean
  /** Read while no street is known yet. */
  readonly beforeStreet: boolean
  readonly definers: Readonly<Record<Definer, DefinerRights>>
}

/** Owners of the functions that look where the app role may not; nobody signs in as these. */
export const definers = ['linli_reader', 'linli_search'] as const
type Definer = (typeof definers)[number]

/** Under a condition its index of character pairs could not be used; each function of the role asks for the street (decision 0053). */
const wholeForSearch = ['case_search']

interface DefinerRights {
  readonly select: boolean
  /** At sign-in the street is not known yet; and see `wholeForSearch`. */
  readonly acrossStreets: boolean
  /** A column that the role may change, if there is one. */
  readonly updates: string | undefined
}

/** Tables with a street that belong to no street: who is signed in where is asked before there is a street. */
const global = ['streets', 'sessions']
/** The relay of live events reads all streets and decides by the audience of each; ids only. */
const readAcrossStreets = ['event_outbox']
/** At sign-in a resident is asked for the streets they named. */
const readBeforeStreet = ['memberships']
/** Who holds which post, and which case a slip is of, is asked before there is a street. */
const acrossAtSignIn = ['posts', 'organisations', 'post_absences', 'case_slips']

interface Found {
  name: string
  guarded: boolean
  can_select: boolean
  can_insert: boolean
  can_update: boolean
  can_delete: boolean
  moves: boolean
  app_updates: string | null
  app_key_updates: string | null
  reader_select: boolean
  search_select: boolean
  reader_updates: string | null
  search_updates: string | null
}

const columnOf = (role: string, inKeys = '') =>
  `(select min(u.attname) from pg_attribute u where u.attrelid = c.oid and u.attnum > 0 and not u.attisdropped ${inKeys}
     and has_column_privilege('${role}', c.oid, u.attnum, 'update'))`
const outsideKeys =
  'and not u.attname = any($2) and not exists (select from pg_index i where i.indrelid = c.oid and u.attnum = any (i.indkey))'

export async function guardedTables(
  outside: Client,
  streetId: number,
): Promise<{ tables: GuardedTable[]; unguarded: string[] }> {
  const { rows } = await outside.query<Found>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
       has_table_privilege('linli_app', c.oid, 'select') as can_select, has_table_privilege('linli_app', c.oid, 'insert') as can_insert,
       has_any_column_privilege('linli_app', c.oid, 'update') as can_update, has_table_privilege('linli_app', c.oid, 'delete') as can_delete,
       has_column_privilege('linli_app', c.oid, 'street_id', 'update') as moves,
       ${columnOf('linli_app', outsideKeys)} as app_updates, ${columnOf('linli_app')} as app_key_updates,
       has_table_privilege('linli_reader', c.oid, 'select') as reader_select, has_table_privilege('linli_search', c.oid, 'select') as search_select,
       ${columnOf('linli_reader')} as reader_updates, ${columnOf('linli_search')} as search_updates
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'street_id' and not a.attisdropped
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relname = any($1) order by c.relname`,
    [global, decidingColumns],
  )
  const tables: GuardedTable[] = []
  for (const one of rows) {
    const counted = await outside.query<{ count: number }>(
      `select count(*)::int as count from ${one.name} where street_id = $1`,
      [streetId],
    )
    tables.push({
      name: one.name,
      can: { select: one.can_select, insert: one.can_insert, update: one.can_update, delete: one.can_delete },
      updates: one.app_updates ?? one.app_key_updates ?? undefined,
      inKey: one.app_updates === null,
      moves: one.moves,
      ownRows: counted.rows[0]?.count ?? 0,
      scope: scopeOf(one.name),
      rows: await placedRows(outside, one.name),
      allStreets: readAcrossStreets.includes(one.name),
      beforeStreet: readBeforeStreet.includes(one.name),
      definers: {
        linli_reader: {
          select: one.reader_select,
          acrossStreets: acrossAtSignIn.includes(one.name),
          updates: one.reader_updates ?? undefined,
        },
        linli_search: {
          select: one.search_select,
          acrossStreets: wholeForSearch.includes(one.name),
          updates: one.search_updates ?? undefined,
        },
      },
    })
  }
  return { tables, unguarded: rows.filter(({ guarded }) => !guarded).map(({ name }) => name) }
}

/** Cases that a mandatory report names, as they really are. */
export const guardedCases = async (outside: Client): Promise<ScopeRow[]> =>
  (
    await outside.query<ScopeRow>(
      'select id, street_id, area::text as area, guarded_by from cases where guarded_by is not null',
    )
  ).rows

async function placedRows(outside: Client, table: string): Promise<PlacedRow[]> {
  const { read, change, remove } = scopeOf(table)
  if (read === 'street' && change === 'street' && remove === 'street') return []
  const columns = scopeColumns(scopeOf(table))
  return (await outside.query<PlacedRow>(`select ctid::text, street_id, ${columns.join(', ')} from ${table}`))
    .rows
}
