/**
 * The job queue's own schema (graphile-worker), installed by the owning role. Its private tables carry row security
 * without a policy: a worker that is not their owner starts, sees no row and does nothing, silently. So the worker's
 * role gets grants and policies here, and start-worker proves with a job that they work.
 */
import { runMigrations } from 'graphile-worker'
import pg from 'pg'
import { workerRole } from './database-roles.ts'
import { quietLogger } from './jobs-logger.ts'

/** Installs or updates the schema; cheap when nothing is missing, safe when several start at once. */
export async function installJobs(ownerUrl: string): Promise<void> {
  const patience = { connectionTimeoutMillis: 5_000, query_timeout: 60_000, keepAlive: true }
  const client = new pg.Client({
    connectionString: ownerUrl,
    application_name: 'linli-jobs-install',
    ...patience,
  })
  // Lost between two statements it fails the next one; without a listener it would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query("select pg_advisory_lock(hashtext('linli-jobs'))")
    const pool = new pg.Pool({ connectionString: ownerUrl, max: 1, ...patience })
    pool.on('error', () => {})
    pool.on('connect', (connection) => connection.on('error', () => {}))
    try {
      await runMigrations({ pgPool: pool, logger: quietLogger })
    } finally {
      await pool.end()
    }
    await client.query(openToWorker)
  } finally {
    await client.end()
  }
}

const openToWorker = `do $$
declare t record;
begin
  grant usage on schema graphile_worker to ${workerRole};
  grant select, insert, update, delete on all tables in schema graphile_worker to ${workerRole};
  grant usage on all sequences in schema graphile_worker to ${workerRole};
  grant execute on all functions in schema graphile_worker to ${workerRole};
  for t in
    select c.relname from pg_class c
    where c.relnamespace = 'graphile_worker'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'linli_worker_all')
  loop
    execute format('create policy linli_worker_all on graphile_worker.%I to ${workerRole} using (true) with check (true)', t.relname);
  end loop;
end $$`
