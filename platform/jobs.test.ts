import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { sql } from 'kysely'
import { Client } from 'pg'
import { Registry } from 'prom-client'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { accountsJobs } from '../modules/accounts/server/jobs.ts'
import { startTestStreets, type TestStreets } from '../modules/testing/street-fixture.ts'
import { openPool } from './db.ts'
import type { Job } from './jobs.ts'
import { platformJobs } from './jobs-clean-up.ts'
import { startWorker, type Worker } from './jobs-worker.ts'
import { watchOperations } from './metrics-operations.ts'
import { StartupRefusal } from './startup-refusal.ts'
import { ownServer } from './testing/test-database.ts'

let t: TestStreets
const workers: Worker[] = []
const faults: { task: string; error: unknown }[] = []

beforeAll(async () => {
  t = await startTestStreets()
})
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.stop()
  faults.length = 0
})
afterAll(() => t.close())

async function start(jobs: readonly Job[]): Promise<Worker> {
  const worker = await startWorker({
    workerUrl: t.database.workerUrl,
    ownerUrl: t.database.ownerUrl,
    clock: t.clock,
    services: t.services,
    modules: [{ name: 'test', jobs }],
    onError: (error, task) => faults.push({ task, error }),
    pollMs: 0,
  })
  workers.push(worker)
  return worker
}

const want = (task: string, payload: object, minutesLater = 0, streetId = t.street.streetId) =>
  t.look('insert into job_outbox (street_id, id, task, payload, run_at) values ($1, $2, $3, $4, $5)', [
    streetId,
    randomUUID(),
    task,
    JSON.stringify(payload),
    new Date(t.clock.now().getTime() + minutesLater * 60_000),
  ])

test('a job that an act asked for runs once, as the system in its street, and sees no other street', async () => {
  const seen: unknown[] = []
  const worker = await start([
    {
      task: 'test.look',
      scope: 'street',
      run: async ({ tx, actor, payload, at }) => {
        const areas = await tx.many(sql<{ street_id: number }>`select distinct street_id from areas`)
        seen.push([payload, actor.kind, at, areas.map((row) => row.street_id)])
      },
    },
  ])
  await want('test.look', { caseId: 'a' })
  await want('test.look', { caseId: 'b' }, 0, t.other.streetId)
  await worker.turn()
  await worker.turn()
  expect(seen).toHaveLength(2)
  expect(seen).toContainEqual([{ caseId: 'a' }, 'system', t.clock.now(), [t.street.streetId]])
  expect(seen).toContainEqual([{ caseId: 'b' }, 'system', t.clock.now(), [t.other.streetId]])
  expect(await t.look('select 1 from job_outbox')).toEqual([])
})

test('a job for later waits until the clock is there', async () => {
  const ran: string[] = []
  const worker = await start([{ task: 'test.later', scope: 'street', run: async () => void ran.push('ran') }])
  await want('test.later', {}, 30)
  await worker.turn()
  expect(ran).toEqual([])
  t.clock.moveBy(30 * 60_000)
  await worker.turn()
  expect(ran).toEqual(['ran'])
})

test('what a job writes, audits and tells stands together; when it fails nothing of it does, and it is tried again', async () => {
  let fail = true
  const subject = randomUUID()
  const worker = await start([
    {
      task: 'test.write',
      scope: 'street',
      run: async ({ audit, event, job, at }) => {
        audit({ subjectType: 'test', subjectId: subject })
        event({ type: 'test.written', subjectId: subject, audience: {} })
        job({ task: 'test.nothing', payload: {}, runAt: at })
        if (fail) throw new Error('the first time it fails')
      },
    },
    { task: 'test.nothing', scope: 'street', run: async () => {} },
  ])
  const written = async () =>
    (await t.look(
      `select 'audit' as kind from audit_entries where subject_id = $1::text and operation = 'test.write'
         and actor_id = '00000000-0000-7000-8000-000000000000'
       union all select 'event' from event_outbox where subject_id = $1::uuid`,
      [subject],
    )) as unknown[]
  await want('test.write', {})
  await worker.turn()
  expect(await written()).toEqual([])
  expect(faults).toMatchObject([{ task: 'test.write', error: { message: 'the first time it fails' } }])
  fail = false
  await t.look('update graphile_worker._private_jobs set run_at = now()')
  await want('test.nothing', {})
  await worker.turn()
  expect(await written()).toEqual([{ kind: 'audit' }, { kind: 'event' }])
})

test('of two workers one takes a turn, each street gets its job, and a turn slept through is not made up for', async () => {
  const ran: number[] = []
  const jobs: Job[] = [
    {
      task: 'test.repeat',
      scope: 'street',
      everyMinutes: 5,
      run: async ({ actor }) => void ran.push(actor.streetId),
    },
  ]
  const [one, two] = [await start(jobs), await start(jobs)]
  const both = () => Promise.all([one.turn(), two.turn(), one.turn(), two.turn()])
  await both()
  expect(ran.sort()).toEqual([t.street.streetId, t.other.streetId])
  await both()
  expect(ran).toHaveLength(2)
  t.clock.moveBy(3 * 60 * 60_000)
  await both()
  expect(ran).toHaveLength(4)
})

test('a job that a dead worker left behind runs again', async () => {
  const ran: string[] = []
  const job: Job = { task: 'test.dead', scope: 'street', run: async () => void ran.push('ran') }
  await (await start([job])).turn()
  await want('test.dead', {})
  await t.look(
    `with spec as (select row('test.dead', json_build_object('street', street_id, 'payload', payload), null, null, 3, 'dead', null, null)::graphile_worker.job_spec s
       from job_outbox) select graphile_worker.add_jobs((select array_agg(s) from spec))`,
  )
  await t.look('delete from job_outbox')
  await t.look(
    "update graphile_worker._private_jobs set locked_at = now() - interval '20 minutes', locked_by = 'gone' where key = 'dead'",
  )
  await (await start([job])).turn()
  expect(ran).toEqual(['ran'])
})

const lost =
  'a worker whose database goes away during a job lives on, and runs the job again as soon as it is back'
// It locks the worker's role out for a while, which on a given server may serve somebody else.
test.runIf(ownServer())(lost, async () => {
  const runs: string[] = []
  const worker = await start([
    {
      task: 'test.lost',
      scope: 'street',
      run: async ({ tx }) => {
        runs.push('began')
        if (runs.length > 1) return
        await t.look('alter role linli_worker nologin')
        await t.look("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'linli_worker'")
        await tx.run(sql`select 1`)
      },
    },
  ])
  await want('test.lost', {})
  try {
    await worker.turn()
    await worker.turn()
    expect(new Set(faults.map(({ task }) => task))).toEqual(new Set(['test.lost', 'platform.turn']))
    expect(runs).toEqual(['began'])
  } finally {
    await t.look('alter role linli_worker login')
  }
  await t.look('update graphile_worker._private_jobs set run_at = now()')
  await want('test.lost', {})
  await worker.turn()
  expect(runs).toEqual(['began', 'began', 'began'])
})

test('a worker without policies on the queue’s tables refuses to start instead of doing nothing', async () => {
  await start([])
  const owner = new Client({ connectionString: t.database.ownerUrl })
  await owner.connect()
  const policies = await owner.query<{ relname: string }>(
    "select c.relname from pg_policy p join pg_class c on c.oid = p.polrelid where p.polname = 'linli_worker_all'",
  )
  expect(policies.rows.length).toBeGreaterThan(2)
  for (const { relname } of policies.rows)
    await owner.query(`drop policy linli_worker_all on graphile_worker.${relname}`)
  await owner.end()
  const bare = startWorker({
    workerUrl: t.database.workerUrl,
    clock: t.clock,
    services: t.services,
    modules: [],
    onError: () => {},
    pollMs: 0,
  })
  await expect(bare).rejects.toBeInstanceOf(StartupRefusal)
  // With the owner's address the next start puts it right.
  await start([])
})

test('the worker’s role can change no history', async () => {
  const worker = new Client({ connectionString: t.database.workerUrl })
  await worker.connect()
  for (const statement of [
    'update audit_entries set outcome = $$x$$',
    'delete from audit_entries',
    'delete from case_entries',
  ])
    await expect(worker.query(statement)).rejects.toMatchObject({ code: '42501' })
  await worker.end()
})

test('each class of data is forgotten after its days and not before', async () => {
  const at = t.clock.now()
  const ago = (days: number) => new Date(at.getTime() - days * 24 * 3_600_000)
  const account = t.street.residents[0]?.accountId
  for (const [days, name] of [
    [2, 'kept'],
    [4, 'old'],
  ] as const)
    await t.look(
      `insert into idempotency_keys (street_id, actor_id, key, operation, request_hash, created_at)
       values ($1, $2, $3, 'test', 'x', $4)`,
      [t.street.streetId, account, name, ago(days)],
    )
  for (const [days, name] of [
    [0.5, 'kept'],
    [2, 'old'],
  ] as const) {
    await t.look(
      `insert into event_outbox (street_id, id, at, type, subject_id, audience)
       values ($1, gen_random_uuid(), $2, $3, gen_random_uuid(), '{}')`,
      [t.street.streetId, ago(days), `clean.${name}`],
    )
    await t.look("insert into rate_limits (bucket, window_start, hits) values ('clean', $1, 1)", [ago(days)])
    await t.look(
      "insert into sms_codes (phone_index, id, code_hash, sent_at, expires_at) values ($1, gen_random_uuid(), 'x', $2, $2)",
      [name, ago(days)],
    )
  }
  for (const [days, name] of [
    [29, 'kept'],
    [31, 'old'],
  ] as const)
    await t.look(
      `insert into sessions (token_hash, id, account_id, street_id, created_at, last_seen_at, idle_minutes, expires_at, ended_at)
       values ($1, gen_random_uuid(), $2, $3, $4, $4, 30, $5, $4)`,
      [name, account, t.street.streetId, ago(days), ago(-1)],
    )
  const worker = await start([...platformJobs.jobs, ...accountsJobs.jobs])
  await worker.turn()
  expect(faults).toEqual([])
  expect(await t.look("select key from idempotency_keys where operation = 'test'")).toEqual([{ key: 'kept' }])
  expect(await t.look("select type from event_outbox where type like 'clean.%'")).toEqual([
    { type: 'clean.kept' },
  ])
  expect(await t.look("select 1 as one from rate_limits where bucket = 'clean'")).toHaveLength(1)
  expect(await t.look("select phone_index from sms_codes where phone_index in ('kept', 'old')")).toEqual([
    { phone_index: 'kept' },
  ])
  expect(await t.look("select token_hash from sessions where token_hash in ('kept', 'old')")).toEqual([
    { token_hash: 'kept' },
  ])
})

test('what waits, what failed, what is given up and what is not sealed stands in the figures of the machine', async () => {
  const pool = openPool(t.database.workerUrl, 1, 'linli-test-watch')
  const look = async () => {
    const registry = new Registry()
    watchOperations(registry, { pool, root: tmpdir(), clock: t.clock })
    const lines = (await registry.metrics()).split('\n').filter((line) => line && !line.startsWith('#'))
    return Object.fromEntries(lines.map((line) => line.split(' '))) as Record<string, string>
  }
  const worker = await start([
    {
      task: 'test.failing',
      scope: 'street',
      run: async () => {
        throw new Error('it always does')
      },
    },
  ])
  await t.look('delete from seal_queue')
  await t.look('delete from graphile_worker._private_jobs')
  await want('test.failing', {}, -2)
  await want('test.failing', {}, 60)
  await t.look("insert into seal_queue values ($1, 'audit', $2, 0, null)", [t.street.streetId, randomUUID()])
  await t.look("insert into seal_queue values ($1, 'audit', $2, 0, null)", [t.other.streetId, randomUUID()])
  expect(await look()).toMatchObject({
    linli_database_up: '1',
    linli_outbox_jobs: '1',
    linli_outbox_oldest_seconds: '120',
    'linli_queue_jobs{state="retried"}': '0',
    linli_seal_waiting: '2',
  })
  await worker.turn()
  expect(await look()).toMatchObject({
    linli_outbox_jobs: '0',
    'linli_queue_jobs{state="retried"}': '1',
    'linli_queue_jobs{state="given-up"}': '0',
  })
  await t.look('update graphile_worker._private_jobs set attempts = max_attempts')
  const given = await look()
  expect(given).toMatchObject({ 'linli_queue_jobs{state="given-up"}': '1', linli_queue_oldest_seconds: '0' })
  expect(Number(given.linli_disk_free_bytes)).toBeGreaterThan(0)
  await t.look('delete from graphile_worker._private_jobs')
  await pool.end()
  expect(await look()).toMatchObject({ linli_database_up: '0' })
})
