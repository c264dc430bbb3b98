/** Tables as lines of JSON, in one snapshot and above row security, and the hash by which two databases are compared. */
import type { Client } from 'pg'
import { StartupRefusal } from './startup-refusal.ts'

/** Kept by migrations, or worth nothing after a restore. */
const left = new Set(['schema_migrations', 'rate_limits'])
/** Filled by migrations too: their rows give way to those of the backup. */
export const seededTables: readonly string[] = ['retention_classes']

export interface TableFacts {
  readonly name: string
  readonly rows: number
  /** The same for the same rows in any order. */
  readonly hash: string
}

/** One spelling of every value, whatever the server's settings. */
export const plainSettings = `set timezone = 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601';
  set bytea_output = 'hex'; set extra_float_digits = 1; set statement_timeout = 0; set row_security = off`

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** The names of the tables that a backup holds, in order. */
export async function backupTables(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition order by 1`,
  )
  return rows.map(({ name }) => name).filter((name) => !left.has(name))
}

/** @throws StartupRefusal when the role is held back by row security: half a backup is none */
export async function tableFacts(client: Client, name: string): Promise<TableFacts> {
  try {
    const { rows } = await client.query<{ rows: string; hash: string }>(
      `select count(*)::text as rows,
         coalesce(sum(('x' || left(md5(to_json(t)::text), 15))::bit(60)::bigint::numeric), 0)::text as hash
       from public.${quoteName(name)} t`,
    )
    return { name, rows: Number(rows[0]?.rows), hash: rows[0]?.hash ?? '' }
  } catch (cause) {
    if ((cause as { code?: string }).code !== '42501') throw cause
    throw new StartupRefusal(
      'platform/backup-role',
      {
        zh: '备份所用的数据库角色受行级安全限制，只能看到一部分：请用 DATABASE_BACKUP_URL 提供一个带 BYPASSRLS 且能读全部表的角色。',
        en: 'The database role of the backup is held back by row security and would see only a part: give one with BYPASSRLS that may read all tables in DATABASE_BACKUP_URL.',
      },
      { cause },
    )
  }
}

const rowsPerPart = 2_000

/** The rows in parts, each part some lines of JSON. */
export async function* tableParts(
  client: Client,
  name: string,
): AsyncGenerator<{ text: string; rows: number }> {
  await client.query(
    `declare part no scroll cursor for select to_json(t)::text as row from public.${quoteName(name)} t`,
  )
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`fetch ${rowsPerPart} from part`)
    if (rows.length === 0) break
    yield { text: rows.map(({ row }) => `${row}\n`).join(''), rows: rows.length }
  }
  await client.query('close part')
}

export async function insertPart(client: Client, name: string, text: string): Promise<void> {
  const table = `public.${quoteName(name)}`
  // What the database works out itself, it works out again.
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as columns from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  )
  const columns = rows[0]?.columns ?? ''
  await client.query(
    `insert into ${table} (${columns}) overriding system value
     select ${columns} from json_populate_recordset(null::${table}, $1::json)`,
    [`[${text.trimEnd().split('\n').join(',')}]`],
  )
}

export interface Sequence {
  readonly name: string
  readonly last: string
}

export async function usedSequences(client: Client): Promise<Sequence[]> {
  const { rows } = await client.query<Sequence>(
    `select sequencename as name, last_value::text as last from pg_sequences
     where schemaname = 'public' and last_value is not null order by 1`,
  )
  return rows
}
