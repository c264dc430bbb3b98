/** The settings of the embedded server: small, safe, and only for this machine. */

/** Fixed, because the socket folder already tells servers apart. */
export const port = 5432

/** The superuser inside the embedded server. Only set-up uses it; the application never does. */
export const superuser = 'postgres'

export interface ServerSettings {
  readonly dataDir: string
  readonly socketDir: string
  /** Names the programs; a server started by others than these is recognised by it. */
  readonly programs: string
  /** False only in tests: a crash of the machine, not of the server, may then lose everything. */
  readonly fsync: boolean
}

/** The command line of `postgres`. Settings stand here and not in a file, so that they are always the code's. */
export function serverArguments({ dataDir, socketDir, programs, fsync }: ServerSettings): string[] {
  const settings: Record<string, string> = {
    'linli.programs': programs,
    listen_addresses: '',
    port: String(port),
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    cluster_name: 'linli',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    max_connections: '60',
    shared_buffers: '64MB',
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    jit: 'off',
    // No I/O worker processes: their memory buys nothing at this size.
    io_method: 'sync',
    max_worker_processes: '4',
    max_parallel_workers: '2',
    max_parallel_workers_per_gather: '1',
    autovacuum_max_workers: '2',
    autovacuum_worker_slots: '2',
    max_locks_per_transaction: '256',
    random_page_cost: '1.1',
    // Nobody replicates from here; the smaller log replays sooner. 1 GB of it took 15 s.
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_logical_replication_workers: '0',
    max_wal_size: '256MB',
    // A failed statement's text and detail may hold names and phones, and logs hold ids only.
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    ...(fsync ? {} : { fsync: 'off', full_page_writes: 'off' }),
  }
  return ['-D', dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
}

/** Environment of every PostgreSQL program: nothing of ours (secrets, PG* variables) reaches it. */
export function programEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' }
}
