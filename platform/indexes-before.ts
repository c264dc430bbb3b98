/**
 * Indexes of a migration on tables that already hold much are built before it, while everybody goes on working: within its
 * transaction nobody could write to the table until the last statement is done. Rule: quality.md R14, no lock over a second.
 */
import type { ClientBase } from 'pg'

/** A smaller table is indexed in tenths of a second. */
const muchBytes = 16 * 1024 * 1024
const creation = /^create\s+(?:unique\s+)?index\s+(\w+)\s+on\s+(\w+)\s/i

/**
 * Builds what can be built early; gives the statements that the migration need not run any more. An index whose name the same
 * migration frees, or that needs a column which it adds, stays in its place. What an attempt that broke off left is finished.
 */
export async function buildIndexesBefore(
  client: ClientBase,
  statements: readonly string[],
): Promise<ReadonlySet<string>> {
  const built = new Set<string>()
  const plain = statements.map((whole) => ({ whole, text: whole.replace(/--[^\n]*\n?/g, '').trim() }))
  for (const { whole, text } of plain) {
    const [, name = '', table = ''] = creation.exec(text) ?? []
    if (name === '' || plain.some((other) => frees(other.text, name))) continue
    if (!(await holdsMuch(client, table))) continue
    if (await buildAlone(client, name, text)) built.add(whole)
  }
  return built
}

const frees = (statement: string, name: string): boolean =>
  new RegExp(`^(drop\\s+index|alter\\s+index)\\b[^;]*\\b${name}\\b`, 'i').test(statement)

async function holdsMuch(client: ClientBase, table: string): Promise<boolean> {
  const { rows } = await client.query<{ much: boolean }>(
    'select coalesce(pg_relation_size(to_regclass($1)), 0) > $2 as much',
    [table, muchBytes],
  )
  return rows[0]?.much === true
}

async function buildAlone(client: ClientBase, name: string, text: string): Promise<boolean> {
  const { rows } = await client.query<{ whole: boolean }>(
    'select indisvalid as whole from pg_index where indexrelid = to_regclass($1)',
    [name],
  )
  if (rows[0]?.whole === true) return true
  if (rows.length > 0) await client.query(`drop index concurrently ${name}`)
  try {
    await client.query(text.replace(/\bindex\b/i, 'index concurrently'))
    return true
  } catch (error) {
    // A column that the migration itself adds. Anything else comes again in its transaction, and is told there.
    await client.query(`drop index concurrently if exists ${name}`)
    if ((error as { code?: string }).code === undefined) throw error
    return false
  }
}
