/** What a database holds, as one line for each table: two looks are equal when nothing was written between them. */
import type { Client } from 'pg'

/** Tables that a call may touch without having done its work again. */
const besideTheWork = new Set([
  'idempotency_keys', // remembers the call itself
  'rate_limits', // counts calls
  'sessions', // when a session was last used
])

export type Fingerprint = ReadonlyMap<string, string>

/** Number of rows and the sum of their hashes, by table. Asked as the superuser, who sees all streets. */
export async function takeFingerprint(client: Client): Promise<Fingerprint> {
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I', tablename) as name from pg_tables where schemaname = 'public' order by 1`,
  )
  const found = new Map<string, string>()
  for (const { name } of tables.filter((table) => !besideTheWork.has(table.name))) {
    const { rows } = await client.query<{ print: string }>(
      `select count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as print from ${name} t`,
    )
    found.set(name, rows[0]?.print ?? '')
  }
  return found
}

/** Names of the tables that differ, with how many rows they had and have. */
export const differences = (before: Fingerprint, after: Fingerprint): string[] =>
  [...before].flatMap(([name, print]) => {
    const now = after.get(name) ?? ''
    const rows = (one: string) => one.split(',')[0]
    return print === now ? [] : [`${name}: ${rows(print)} → ${rows(now)}`]
  })
