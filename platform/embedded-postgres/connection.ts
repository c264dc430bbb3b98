/** Talking to an embedded server that may be up, starting, stopping, silent or someone else's. */
import { Client, DatabaseError } from 'pg'
import { port, superuser } from './settings.ts'

export type Answer =
  | { readonly kind: 'ready'; readonly dataDir: string; readonly programs: string; readonly users: number }
  /** Alive, but recovering from a crash or closing. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'silent' }

/**
 * Every process that uses an embedded server holds this lock shared; the last one out takes it alone and stops
 * the server. The number only has to differ from other advisory locks in the database `postgres`.
 */
const usersLock = 718_531_001

/** A connection string for a socket folder. */
export function socketUrl(socketDir: string, role: string, database: string): string {
  const name = encodeURIComponent
  return `postgresql://${name(role)}@localhost:${port}/${name(database)}?host=${name(socketDir)}`
}

/** Opens one connection as superuser. Rejects when the server does not answer within three seconds. */
export async function connectSuperuser(socketDir: string, database = 'postgres'): Promise<Client> {
  const client = new Client({
    host: socketDir,
    port,
    user: superuser,
    database,
    connectionTimeoutMillis: 3_000,
    application_name: 'linli-supervisor',
  })
  // Without a listener a connection lost later would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** Asks who is behind a socket folder. */
export async function ask(socketDir: string): Promise<Answer> {
  let client: Client | undefined
  try {
    client = await connectSuperuser(socketDir)
    const { rows } = await client.query<{ data_dir: string; programs: string | null; users: number }>(
      `select current_setting('data_directory') as data_dir, current_setting('linli.programs', true) as programs,
              (select count(*)::int from pg_locks where locktype = 'advisory' and objid = $1) as users`,
      [usersLock],
    )
    const [row] = rows
    return row === undefined
      ? { kind: 'silent' }
      : { kind: 'ready', dataDir: row.data_dir, programs: row.programs ?? '', users: row.users }
  } catch (error) {
    return { kind: error instanceof DatabaseError && error.code?.startsWith('57P0') ? 'busy' : 'silent' }
  } finally {
    await client?.end().catch(() => undefined)
  }
}

/** Joins the users of a server. Undefined when its last user is just stopping it. */
export async function joinUsers(socketDir: string): Promise<Client | undefined> {
  const client = await connectSuperuser(socketDir)
  const joined = await client
    .query<{ joined: boolean }>('select pg_try_advisory_lock_shared($1) as joined', [usersLock])
    .catch(() => undefined)
  if (joined?.rows[0]?.joined) return client
  await client.end().catch(() => undefined)
  return undefined
}

/** Leaves the users; true when nobody is left and the caller must stop the server, newcomers being kept out. */
export async function leaveUsers(keeper: Client): Promise<boolean> {
  await keeper.query('select pg_advisory_unlock_shared($1)', [usersLock])
  const { rows } = await keeper.query<{ last: boolean }>('select pg_try_advisory_lock($1) as last', [
    usersLock,
  ])
  return rows[0]?.last === true
}
