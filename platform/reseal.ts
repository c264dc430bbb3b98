/**
 * Seals anew with the newest key what earlier ones sealed, a few rows at a time, while the server runs. A row is changed only if
 * it still holds what was read, so that whoever writes meanwhile is never undone; what stands sealed anew is not touched again, so
 * that a run that was killed goes on where it ended.
 */
import type { Client } from 'pg'
import { quoteName } from './backup-tables.ts'
import type { Keys } from './keys.ts'
import { type SealedColumn, sealedColumns } from './sealed-columns.ts'
import { StartupRefusal } from './startup-refusal.ts'

export interface Resealed {
  readonly resealed: number
  /** Places that did not open: changed, moved, or sealed with a key that is not there. They were left as they are. */
  readonly broken: readonly string[]
}

export interface ResealOptions {
  /** Above row security, and may update. */
  readonly client: Client
  readonly keys: Keys
  readonly newest: number
  readonly signal?: AbortSignal
  say(line: string): void
}

export async function reseal(options: ResealOptions): Promise<Resealed> {
  await options.client.query('set row_security = off')
  let resealed = 0
  const broken: string[] = []
  for (const column of sealedColumns) {
    if (options.signal?.aborted) break
    const done = await resealColumn(options, column, broken)
    resealed += done
    if (done > 0) options.say(`  ${column.table}.${column.column}: ${done}`)
  }
  return { resealed, broken }
}

interface KeyColumn {
  readonly name: string
  readonly type: string
}

async function resealColumn(
  { client, keys, newest, signal }: ResealOptions,
  column: SealedColumn,
  broken: string[],
): Promise<number> {
  const key = await primaryKey(client, column.table)
  const statements = statementsFor(column, key, newest)
  let last: unknown[] | undefined
  let done = 0
  while (!signal?.aborted) {
    const { rows } = await asAllowed(
      client.query<Record<string, string>>(last ? statements.next : statements.first, last ?? []),
    )
    if (rows.length === 0) return done
    const fresh = rows.flatMap((row) => {
      const place = `${column.table}.${column.field}.${row.row ?? ''}`
      try {
        return [{ row, text: keys.seal(place, keys.open(place, row.sealed ?? '')) }]
      } catch {
        broken.push(place)
        return []
      }
    })
    const { rowCount } = await asAllowed(
      client.query(statements.change, [
        fresh.map(({ row }) => row.sealed),
        fresh.map(({ text }) => text),
        ...key.map((_, index) => fresh.map(({ row }) => row[`k${index}`])),
      ]),
    )
    done += rowCount ?? 0
    last = key.map((_, index) => rows.at(-1)?.[`k${index}`])
  }
  return done
}

function statementsFor(
  { table, column, row, atOnce }: SealedColumn,
  key: readonly KeyColumn[],
  newest: number,
) {
  const [from, field] = [quoteName(table), quoteName(column)]
  const names = key.map(({ name }) => quoteName(name)).join(', ')
  const read = (after: string) =>
    `select ${key.map(({ name }, i) => `${quoteName(name)}::text as k${i}`).join(', ')}, ${row} as "row", ${field} as sealed
     from ${from} where ${field} is not null and not starts_with(${field}, 'v${newest}:') ${after}
     order by ${names} limit ${atOnce}`
  return {
    first: read(''),
    next: read(`and (${names}) > (${key.map(({ type }, i) => `$${i + 1}::text::${type}`).join(', ')})`),
    change: `update ${from} t set ${field} = v.fresh
      from unnest($1::text[], $2::text[], ${key.map((_, i) => `$${i + 3}::text[]`).join(', ')})
        as v(old, fresh, ${key.map((_, i) => `k${i}`).join(', ')})
      where ${key.map(({ name, type }, i) => `t.${quoteName(name)} = v.k${i}::${type}`).join(' and ')} and t.${field} = v.old`,
  }
}

async function primaryKey(client: Client, table: string): Promise<KeyColumn[]> {
  const { rows } = await client.query<KeyColumn>(
    `select a.attname as name, format_type(a.atttypid, null) as type
     from pg_index i, unnest(i.indkey) with ordinality as k(attnum, place), pg_attribute a
     where i.indrelid = $1::regclass and i.indisprimary and a.attrelid = i.indrelid and a.attnum = k.attnum
     order by k.place`,
    [`public.${quoteName(table)}`],
  )
  return rows
}

/** How much is sealed with which key: by version. */
export async function sealedByVersion(client: Client): Promise<Map<number, number>> {
  await client.query('set row_security = off')
  const counts = new Map<number, number>()
  for (const { table, column } of sealedColumns) {
    const field = quoteName(column)
    const { rows } = await asAllowed(
      client.query<{ version: string; count: number }>(
        `select split_part(${field}, ':', 1) as version, count(*)::int as count from ${quoteName(table)}
         where ${field} is not null group by 1`,
      ),
    )
    for (const { version, count } of rows) {
      const number = Number(version.replace(/^v/, ''))
      counts.set(number, (counts.get(number) ?? 0) + count)
    }
  }
  return counts
}

/** @throws StartupRefusal for a role that is held back: half of it sealed anew would look like all of it */
async function asAllowed<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (cause) {
    if ((cause as { code?: string }).code !== '42501') throw cause
    throw new StartupRefusal(
      'platform/reseal-role',
      {
        zh: '更换密钥所用的数据库角色看不全或不能改：请用 DATABASE_BACKUP_URL 提供一个带 BYPASSRLS、能读写全部表的角色，用完收回写的权限。',
        en: 'The database role for new keys does not see everything or may not change it: give one with BYPASSRLS that reads and writes all tables in DATABASE_BACKUP_URL, and take the writing back afterwards.',
      },
      { cause },
    )
  }
}
