/** LINLI_CITUS=1: lays the tables out over a cluster after the migrations. What is laid out already stays as it is. */
import { Client, type ClientBase } from 'pg'
import { type CitusTable, citusPlan } from './citus-rules.ts'
import { definerRoles } from './database-roles.ts'
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
  // Reference tables may then be written after tables by street in one transaction.
  'citus.multi_shard_modify_mode': 'sequential',
} as const

/**
 * The owner's address for migrations. Until the tables are laid out nothing of the schema goes to the other nodes by itself:
 * what shards need follows with them. From then on every change of the schema goes to all nodes.
 * @throws StartupRefusal without Citus, or when a definer role may not sign in
 */
export async function addressForMigrations(ownerUrl: string): Promise<string> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'linli-citus' })
  await client.connect()
  try {
    await refuseWithoutCitus(client)
    await refuseSilentRoles(client)
    const { rowCount } = await client.query('select from pg_dist_partition limit 1')
    if (rowCount === 1) return ownerUrl
  } finally {
    await client.end()
  }
  const url = new URL(ownerUrl)
  const options = url.searchParams.get('options')
  url.searchParams.set('options', `${options ? `${options} ` : ''}-c citus.enable_ddl_propagation=off`)
  return url.href
}

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
    const keys = await foreignKeysOf(client, todo)
    for (const { take } of keys) await client.query(take)
    for (const statement of citusStatements(todo)) await client.query(statement)
    for (const { put, comment } of keys) {
      await client.query(put)
      if (comment !== null) await client.query(comment)
    }
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

interface ForeignKey {
  /** Statements that take it away, put it back, and say again what it is for. */
  readonly take: string
  readonly put: string
  readonly comment: string | null
}

/**
 * The first reference table makes every table that it is tied to by foreign keys known to the cluster as one of the
 * coordinator, and such a table may then refer to no distributed one: so the keys stand aside while tables are laid out.
 */
async function foreignKeysOf(client: ClientBase, tables: readonly CitusTable[]): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select format('alter table %s drop constraint %I', f.conrelid::regclass, f.conname) as take,
       format('alter table %s add constraint %I %s', f.conrelid::regclass, f.conname, pg_get_constraintdef(f.oid)) as put,
       case when obj_description(f.oid, 'pg_constraint') is not null then format('comment on constraint %I on %s is %L',
         f.conname, f.conrelid::regclass, obj_description(f.oid, 'pg_constraint')) end as comment
     from pg_constraint f
     where f.contype = 'f' and f.conparentid = 0 and f.connamespace = 'public'::regnamespace
       and f.conrelid = any ($1::text[]::regclass[]::oid[])
     order by f.conrelid, f.conname`,
    [tables.map(({ name }) => name)],
  )
  return rows
}

async function refuseWithoutCitus(client: ClientBase): Promise<void> {
  const { rowCount } = await client.query("select from pg_extension where extname = 'citus'")
  if (rowCount === 1) return
  throw new StartupRefusal('platform/citus-missing', {
    zh: '设置了 LINLI_CITUS=1，但数据库里没有 citus 扩展：请让管理员先执行 create extension citus，或去掉这个设置。',
    en: 'LINLI_CITUS=1 is set, but the database has no extension citus: ask its administrator for create extension citus, or take the setting away.',
  })
}

/** What a definer function asks of the other nodes is asked as its role. */
async function refuseSilentRoles(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select rolname as name from pg_roles where rolname = any ($1)
       and not (rolcanlogin and has_database_privilege(oid, current_database(), 'connect')) order by 1`,
    [definerRoles],
  )
  if (rows.length === 0) return
  const names = rows.map(({ name }) => name).join(', ')
  throw new StartupRefusal('platform/citus-roles', {
    zh: `集群各节点之间要用角色 ${names} 互相查询，但它不能登录：请按部署说明“Citus”一节，在每个节点上允许它登录并连接这个数据库。`,
    en: `The nodes of a cluster ask one another as ${names}, which may not sign in: let it, and let it connect to this database, on every node (docs/deployment.md, Citus).`,
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
