/** Whether anything was committed between two looks, cheaply: number of rows and the newest transaction that wrote one. */
import type { Client } from 'pg'

/**
 * What is kept in short transactions of their own, whatever becomes of the act: counters of calls, when a session was
 * last used, and numbers of cases, where a gap is allowed.
 */
const besideTheWork = new Set(['rate_limits', 'sessions', 'case_number_counters'])

export type LastChange = ReadonlyMap<string, string>

/** Reads it for every table, as the superuser, in one statement made once. */
export async function lookForChanges(client: Client): Promise<() => Promise<LastChange>> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind = 'r' order by 1`,
  )
  const names = rows.map(({ name }) => name).filter((name) => !besideTheWork.has(name))
  const text = names
    .map(
      (name) =>
        `select '${name}' as name, count(*) || ' rows, ' || coalesce(max(xmin::text::bigint), 0) as mark from "${name}"`,
    )
    .join(' union all ')
  return async () => {
    const { rows: marks } = await client.query<{ name: string; mark: string }>({ name: 'last-change', text })
    return new Map(marks.map(({ name, mark }) => [name, mark]))
  }
}
