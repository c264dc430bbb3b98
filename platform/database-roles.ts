/**
 * The roles of the database and what the serving one must not be. Everything is served as `linli_app`; a role
 * that owns tables or stands above row security would make the second wall a picture of a wall.
 */
import { Client, type ClientBase, DatabaseError } from 'pg'
import { StartupRefusal } from './startup-refusal.ts'

/** Owns the schema and migrates. */
export const ownerRole = 'linli_owner'
/** Serves requests: no ownership, no superuser, no BYPASSRLS. */
export const appRole = 'linli_app'
/** Runs jobs, under row security like everyone. */
export const workerRole = 'linli_worker'
/** Owns the functions that search, respectively read across rows; nobody signs in as these. */
export const definerRoles = ['linli_search', 'linli_reader'] as const

export const databaseName = 'linli'
export const extensions = ['ltree', 'pg_trgm', 'btree_gist', 'pgcrypto'] as const

/** Advisory lock of one preparation at a time; the number only differs from those of other locks. */
const prepareLock = 718_531_003

/** SQLSTATEs that say "someone else was quicker". */
const alreadyThere = new Set(['42710', '42P04', '23505'])

async function unlessThere(client: ClientBase, sql: string): Promise<void> {
  try {
    await client.query(sql)
  } catch (error) {
    if (!(error instanceof DatabaseError && error.code !== undefined && alreadyThere.has(error.code)))
      throw error
  }
}

/**
 * Makes the five roles where they are missing. The client needs CREATEROLE when one is; without it a
 * StartupRefusal names the roles that an administrator must make.
 */
export async function ensureRoles(client: ClientBase, owner: string = ownerRole): Promise<void> {
  const wanted: [string, string][] = [
    ...[owner, appRole, workerRole].map((role): [string, string] => [role, 'login']),
    ...definerRoles.map((role): [string, string] => [role, 'nologin']),
  ]
  const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles')
  const missing = wanted.filter(([role]) => !rows.some((row) => row.rolname === role))
  try {
    for (const [role, login] of missing) {
      await unlessThere(
        client,
        `create role ${client.escapeIdentifier(role)} ${login} nosuperuser nobypassrls nocreatedb nocreaterole`,
      )
    }
    if (missing.length > 0 || !(await mayHandOver(client, owner))) await letOwnerHandOver(client, owner)
  } catch (cause) {
    if (!(cause instanceof DatabaseError && cause.code === '42501')) throw cause
    const names = missing.map(([role]) => role).join(', ')
    throw new StartupRefusal(
      'platform/missing-roles',
      {
        zh: `数据库里缺少角色 ${names}，而 DATABASE_OWNER_URL 的用户无权建立：请让数据库管理员先建立它们（见 README）。`,
        en: `The roles ${names} are missing and the user of DATABASE_OWNER_URL may not create them: ask the database administrator to make them first (see README).`,
      },
      { cause },
    )
  }
}

/** The owner gives functions to the definer roles; it does not take on their row-security policies by that. */
async function letOwnerHandOver(client: ClientBase, owner: string): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  )
  const quiet = (rows[0]?.version ?? 0) >= 160_000 ? ' with inherit false, set true' : ''
  await client.query(`grant ${definerRoles.join(', ')} to ${client.escapeIdentifier(owner)}${quiet}`)
}

async function mayHandOver(client: ClientBase, owner: string): Promise<boolean> {
  const { rows } = await client.query<{ may: boolean }>(
    "select bool_and(pg_has_role($1, r.oid, 'member')) as may from pg_roles r where r.rolname = any($2)",
    [owner, definerRoles],
  )
  return rows[0]?.may === true
}

/**
 * Makes roles and extensions in a database that was given to us, as the user who owns it. A StartupRefusal names what
 * only the database's administrator can make.
 */
export async function prepareGivenDatabase(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query<{ owner: string }>('select current_user as owner')
    await ensureRoles(client, rows[0]?.owner ?? ownerRole)
    await ensureExtensions(client)
  })
}

/** Makes the contrib extensions in the client's database. They are trusted, so the database's owner may. */
export async function ensureExtensions(client: ClientBase): Promise<void> {
  for (const name of extensions) await unlessThere(client, `create extension if not exists ${name}`)
}

/** Lets only our roles in. `database` must be a plain name; grants are not copied from a template. */
export async function restrictDatabase(client: ClientBase, database: string): Promise<void> {
  await client.query(`revoke all on database ${database} from public`)
  await client.query(`grant connect on database ${database} to ${appRole}, ${workerRole}`)
}

/**
 * Makes roles, database and extensions of a server whose superuser we are. `urlFor` gives superuser connection strings by
 * database; `how` is the end of CREATE DATABASE. Cheap when everything is there.
 */
export async function prepareDatabase(
  urlFor: (database: string) => string,
  database: string = databaseName,
  how = '',
): Promise<void> {
  await withClient(urlFor('postgres'), async (client) => {
    // Two starters at once would trip over each other's grants; the lock goes with the connection.
    await client.query('select pg_advisory_lock($1)', [prepareLock])
    await ensureRoles(client)
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database])
    if (rowCount === 0) await unlessThere(client, `create database ${database} owner ${ownerRole} ${how}`)
    await restrictDatabase(client, database)
    await withClient(urlFor(database), ensureExtensions)
  })
}

async function withClient(url: string, use: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await use(client)
  } finally {
    await client.end()
  }
}

/**
 * Throws StartupRefusal when the client's role is, or could become by SET ROLE, a superuser, a role with
 * BYPASSRLS or an owner of tables of this database.
 */
export async function refuseUnsafeRole(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ role: string; above: boolean; owns: boolean }>(
    `select current_user as role,
       exists (select from pg_roles r
               where (r.rolsuper or r.rolbypassrls) and pg_has_role(current_user, r.oid, 'member')) as above,
       exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace
               where c.relkind in ('r', 'p') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
                 and pg_has_role(current_user, c.relowner, 'member')) as owns`,
  )
  const found = rows[0]
  if (found !== undefined && !found.above && !found.owns) return
  const role = found?.role ?? '?'
  const zh = found?.above ? '是超级用户或可绕过行级安全（BYPASSRLS）' : '拥有数据表'
  const en = found?.above ? 'is a superuser or has BYPASSRLS' : 'owns tables'
  throw new StartupRefusal('platform/unsafe-role', {
    zh: `服务所用的数据库角色 ${role} ${zh}，行级安全会失效：请让 DATABASE_URL 使用 ${appRole} 这样的普通角色。`,
    en: `The serving database role ${role} ${en}, so row security would not hold: let DATABASE_URL use a plain role such as ${appRole}.`,
  })
}
