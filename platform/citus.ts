/** LINLI_CITUS=1: lays the tables out over a cluster after the migrations. What is laid out already stays as it is. */
import { Client, type ClientBase } from 'pg'
import { type CitusTable, citusPlan } from './citus-rules.ts'
import { StartupRefusal } from './startup-refusal.ts'

/** Shards of all tables of streets lie beside those of this one, so that a street is always whole on one node. */
const anchor = 'area_levels'

/**
 * Settings of the database that every connection needs: SET LOCAL of the row-security context reaches the shards, and
 * triggers that stay within their shard (citus-rules.ts sees to it) are allowed.
 */
const databaseSettings = {
  'citus.propagate_set_commands': 'local',
  'citus.enable_unsafe_triggers': 'on',
} as const

/** Run as the owner. Returns how many tables were laid out. @throws StartupRefusal without Citus, or for tables with rows */
export async function layOutForCitus(ownerUrl: string, say: (line: string) => void): Promise<number> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'linli-citus' })
  await client.connect()
  try {
    await refuseWithoutCitus(client)
    const { rows } = await client.query<{ name: string }>('select current_database() as name')
    const database = client.escapeIdentifier(rows[0]?.name ?? '')
    for (const [name, value] of Object.entries(databaseSettings)) {
      await client.query(`alter database ${database} set ${name} = '${value}'`)
      await client.query(`set ${name} = '${value}'`)
    }
    const todo = await notYetLaidOut(client)
    refuseFilled(todo)
    for (const statement of citusStatements(todo)) await client.query(statement)
    if (todo.length > 0)
      say(`已按街道分布 ${todo.length} 张表。 ${todo.length} tables are laid out over the cluster.`)
    return todo.length
  } finally {
    await client.end()
  }
}

/** One call a table: reference tables, the anchor, then the rest, referenced tables before those that refer to them. */
export function citusStatements(plan: readonly CitusTable[]): string[] {
  const rank = ({ name, kind }: CitusTable) => (kind === 'reference' ? 0 : name === anchor ? 1 : 2)
  return plan
    .filter(({ kind }) => kind !== 'local')
    .sort((a, b) => rank(a) - rank(b))
    .map(({ name, kind }) =>
      kind === 'reference'
        ? `select create_reference_table('${name}')`
        : `select create_distributed_table('${name}', 'street_id', colocate_with => '${name === anchor ? 'none' : anchor}')`,
    )
}

async function refuseWithoutCitus(client: ClientBase): Promise<void> {
  const { rowCount } = await client.query("select from pg_extension where extname = 'citus'")
  if (rowCount === 1) return
  throw new StartupRefusal('platform/citus-missing', {
    zh: '设置了 LINLI_CITUS=1，但数据库里没有 citus 扩展：请让管理员先执行 create extension citus，或去掉这个设置。',
    en: 'LINLI_CITUS=1 is set, but the database has no extension citus: ask its administrator for create extension citus, or take the setting away.',
  })
}

async function notYetLaidOut(client: ClientBase): Promise<CitusTable[]> {
  const { rows } = await client.query<{ name: string }>(
    'select logicalrelid::regclass::text as name from pg_dist_partition',
  )
  const done = new Set(rows.map(({ name }) => name))
  return (await citusPlan(client)).filter(({ name, kind }) => kind !== 'local' && !done.has(name))
}

/** Rows under forced row security are copied by nobody but a superuser: a system with streets moves by backup and restore. */
function refuseFilled(tables: readonly CitusTable[]): void {
  const filled = tables.filter(({ kind, empty }) => kind === 'by-street' && !empty).map(({ name }) => name)
  if (filled.length === 0) return
  throw new StartupRefusal('platform/citus-with-rows', {
    zh: `表 ${filled.join('、')} 已有内容，不能直接分布：请先 linli backup，再在空的集群上用 LINLI_CITUS=1 启动一次，然后 linli restore。`,
    en: `The tables ${filled.join(', ')} hold rows and cannot be laid out as they are: linli backup, start once with LINLI_CITUS=1 on an empty cluster, then linli restore.`,
  })
}
