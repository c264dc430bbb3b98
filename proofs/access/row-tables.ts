/** The tables that row security must guard, read from the database itself, so that a new one is covered when it comes. */
import type { Client } from 'pg'

export interface GuardedTable {
  readonly name: string
  readonly can: {
    readonly select: boolean
    readonly insert: boolean
    readonly update: boolean
    readonly delete: boolean
  }
  /** Rows of the proof's own street, as they really are. */
  readonly ownRows: number
  /** The column that must name the person who writes. */
  readonly actorColumn: string | undefined
  /** Each person has rows of their own in it, so that the street's rows are not all shown. */
  readonly ownRowsOnly: boolean
  /** Read across streets on purpose. */
  readonly allStreets: boolean
  readonly definers: Readonly<Record<Definer, DefinerRights>>
}

/** Owners of the functions that look where the app role may not; nobody signs in as these. */
export const definers = ['linli_reader', 'linli_search'] as const
type Definer = (typeof definers)[number]

interface DefinerRights {
  readonly select: boolean
  /** At sign-in the street is not known yet. */
  readonly acrossStreets: boolean
  /** A column that the role may change, if there is one. */
  readonly updates: string | undefined
}

/** Tables with a street that belong to no street: who is signed in where is asked before there is a street. */
const global = ['streets', 'sessions']
/** Whoever writes must write in their own name. */
const actorColumns: Readonly<Record<string, string>> = {
  cases: 'filed_by',
  case_entries: 'actor_id',
  idempotency_keys: 'actor_id',
}
/** The relay of live events reads all streets and decides by the audience of each; ids only. */
const readAcrossStreets = ['event_outbox']
/** Who holds which post, and which case a slip is of, is asked before there is a street. */
const acrossAtSignIn = ['posts', 'organisations', 'post_absences', 'case_slips']
const ownRowsOnly = ['idempotency_keys', 'cases', 'notices', 'notice_deliveries']

interface Found {
  name: string
  guarded: boolean
  can_select: boolean
  can_insert: boolean
  can_update: boolean
  can_delete: boolean
  reader_select: boolean
  search_select: boolean
  reader_updates: string | null
  search_updates: string | null
}

const columnOf = (role: string) =>
  `(select min(u.attname) from pg_attribute u where u.attrelid = c.oid and u.attnum > 0 and not u.attisdropped
     and has_column_privilege('${role}', c.oid, u.attnum, 'update'))`

export async function guardedTables(
  outside: Client,
  streetId: number,
  only?: string,
): Promise<{ tables: GuardedTable[]; unguarded: string[] }> {
  const { rows } = await outside.query<Found>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as guarded,
       has_table_privilege('linli_app', c.oid, 'select') as can_select, has_table_privilege('linli_app', c.oid, 'insert') as can_insert,
       has_table_privilege('linli_app', c.oid, 'update') as can_update, has_table_privilege('linli_app', c.oid, 'delete') as can_delete,
       has_table_privilege('linli_reader', c.oid, 'select') as reader_select, has_table_privilege('linli_search', c.oid, 'select') as search_select,
       ${columnOf('linli_reader')} as reader_updates, ${columnOf('linli_search')} as search_updates
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attname = 'street_id' and not a.attisdropped
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relname = any($1)
       and ($2::text is null or c.relname = $2) order by c.relname`,
    [global, only ?? null],
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
      ownRows: counted.rows[0]?.count ?? 0,
      actorColumn: actorColumns[one.name],
      ownRowsOnly: ownRowsOnly.includes(one.name),
      allStreets: readAcrossStreets.includes(one.name),
      definers: {
        linli_reader: {
          select: one.reader_select,
          acrossStreets: acrossAtSignIn.includes(one.name),
          updates: one.reader_updates ?? undefined,
        },
        linli_search: {
          select: one.search_select,
          acrossStreets: false,
          updates: one.search_updates ?? undefined,
        },
      },
    })
  }
  return { tables, unguarded: rows.filter(({ guarded }) => !guarded).map(({ name }) => name) }
}
