/** What a database and a folder of files hold, spelled in one order: written apart from what a backup compares itself with. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Client } from 'pg'

/** Not in a backup, by intent: counts of calls, and the list of migrations, which the target makes itself. */
const leftOut = ['rate_limits', 'schema_migrations']

/** For each table a hash over all its rows in the order of its primary key. */
export async function orderedHashes(client: Client): Promise<Map<string, string>> {
  const { rows: tables } = await client.query<{ name: string; key: string }>(
    `select c.relname as name, string_agg(quote_ident(a.attname), ', ' order by array_position(i.indkey::int[], a.attnum::int)) as key
     from pg_class c join pg_index i on i.indrelid = c.oid and i.indisprimary
       join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and not c.relname = any ($1) group by 1 order by 1`,
    [leftOut],
  )
  const hashes = new Map<string, string>()
  for (const { name, key } of tables) {
    const hash = createHash('sha256')
    await client.query('begin')
    await client.query(`declare c no scroll cursor for select t::text as row from ${name} t order by ${key}`)
    let count = 0
    for (;;) {
      const { rows } = await client.query<{ row: string }>('fetch 2000 from c')
      if (rows.length === 0) break
      count += rows.length
      for (const { row } of rows) hash.update(`${row}\n`)
    }
    await client.query('rollback')
    hashes.set(name, `${count} rows ${hash.digest('hex').slice(0, 32)}`)
  }
  return hashes
}

/** For each file below the folder the hash of its bytes. */
export function fileHashes(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return new Map(
    entries.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path.slice(folder.length), createHash('sha256').update(readFileSync(path)).digest('hex')]
    }),
  )
}

/** Names of what differs, with how it was and is. */
export const differing = (one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): string[] =>
  [...new Set([...one.keys(), ...other.keys()])].flatMap((name) =>
    one.get(name) === other.get(name)
      ? []
      : [`${name}: ${one.get(name) ?? 'not there'} → ${other.get(name) ?? 'not there'}`],
  )
