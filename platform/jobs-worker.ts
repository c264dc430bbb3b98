/**
 * The worker: each second, and right after a commit of this process, it moves what is due from the outbox into the
 * queue and runs the queue until it is empty. Between that it holds no connection and listens to nothing, which keeps
 * an idle server small; retries and what a dead worker left behind are looked for every ten seconds.
 */
import { EventEmitter } from 'node:events'
import { runOnce, type TaskList, type WorkerEvents } from 'graphile-worker'
import { sql } from 'kysely'
import { newId } from '../lib/ids.ts'
import type { Clock } from './clock.ts'
import { whenCommitted } from './committed.ts'
import { inTransaction, openPool, type Pool, txOn } from './db.ts'
import { type Job, type JobModule, runJob } from './jobs.ts'
import { quietLogger } from './jobs-logger.ts'
import { takeTurns } from './jobs-schedule.ts'
import { installJobs } from './jobs-schema.ts'
import { type QueuedJob, queueJobs, relayJobs } from './relay.ts'
import type { Services } from './services.ts'
import { StartupRefusal } from './startup-refusal.ts'

export interface WorkerOptions {
  /** Signs in as linli_worker. */
  workerUrl: string
  /** Installs the queue's schema first; left out where another process has. */
  ownerUrl?: string
  clock: Clock
  services: Services
  modules: readonly JobModule[]
  /** Told what went wrong, with the job's name; the queue tries again later. */
  onError(error: unknown, task: string): void
  /** 1,000 unless given. 0: nothing happens by itself, the caller turns the worker by `turn()`. */
  pollMs?: number
}

export interface Worker {
  /** One round: everything that is due has run, or failed, when it resolves. */
  turn(): Promise<void>
  /** Lets running jobs end and closes the pool. */
  stop(): Promise<void>
}

const concurrency = 2
const retryLookMs = 10_000
/** No job lives longer: every statement ends after 15 seconds. */
const deadAfterMinutes = 15
const probeTask = 'platform.probe'

/** Starts it. Throws a StartupRefusal when jobs would wait forever. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  if (options.ownerUrl !== undefined) await installJobs(options.ownerUrl)
  const pool = openPool(options.workerUrl, concurrency, 'linli-worker')
  // The queue warns of a pool whose connections nobody listens to; one that breaks is replaced by the pool.
  pool.on('connect', (client) => client.on('error', () => {}))
  const jobs = options.modules.flatMap((module) => module.jobs)
  const probed = new Set<string>()
  const tasks = taskList(pool, jobs, options, probed)
  const queue = openQueue(pool, tasks)
  try {
    await prove(pool, queue.run, probed)
  } catch (error) {
    await pool.end()
    throw error
  }
  const loop = makeLoop(pool, jobs, options, queue)
  const pollMs = options.pollMs ?? 1_000
  const timer = pollMs > 0 ? setInterval(() => void loop.turn(), pollMs) : undefined
  const forget =
    pollMs > 0
      ? whenCommitted((wrote) => {
          if (wrote.jobs) void loop.turn()
        })
      : () => {}
  return {
    turn: loop.turn,
    async stop() {
      clearInterval(timer)
      forget()
      loop.close()
      await loop.turn()
      await pool.end()
    },
  }
}

function taskList(pool: Pool, jobs: readonly Job[], options: WorkerOptions, probed: Set<string>): TaskList {
  const tasks: TaskList = {
    [probeTask]: async (payload) => {
      probed.add((payload as { payload: { probe: string } }).payload.probe)
    },
  }
  for (const job of jobs) {
    if (job.task in tasks) throw new Error(`two jobs are called ${job.task}`)
    tasks[job.task] = async (payload) => {
      try {
        await runJob({ pool, services: options.services }, job, payload as QueuedJob, options.clock.now())
      } catch (error) {
        options.onError(error, job.task)
        throw error
      }
    }
  }
  return tasks
}

interface Queue {
  /** Runs what is due; nothing of it runs any more when it ends, well or not. */
  run(): Promise<void>
  /** Gives back the jobs of rounds that lost the database: nobody runs them, and else they would wait as a dead worker's do. */
  freeLost(): Promise<void>
}

function openQueue(pool: Pool, taskList: TaskList): Queue {
  const lost = new Set<string>()
  const events: WorkerEvents = new EventEmitter()
  // A round may end well for the queue and yet not have told that a job is over: only its events say so.
  events.on('pool:fatalError', ({ workerPool }) => lost.add(workerPool.id))
  events.on('worker:fatalError', ({ worker }) => lost.add(worker.workerPool.id))
  // Told one by one, a job's end that finds no database is a rejection that nobody awaits, and ends the process.
  const preset = { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } }
  return {
    run: () =>
      runOnce({
        pgPool: pool,
        concurrency,
        noHandleSignals: true,
        logger: quietLogger,
        taskList,
        events,
        preset,
      }),
    async freeLost() {
      if (lost.size === 0) return
      await txOn(pool).run(sql`update graphile_worker._private_jobs set locked_at = null, locked_by = null
        where locked_by = any(${[...lost]}::text[])`)
      lost.clear()
    },
  }
}

/** One round at a time; a call during a round asks for one more after it, and resolves with that. */
function makeLoop(pool: Pool, jobs: readonly Job[], options: WorkerOptions, queue: Queue) {
  let current: Promise<void> | undefined
  let next: Promise<void> | undefined
  let lastRunMs = Number.NEGATIVE_INFINITY
  let closed = false
  const round = async (): Promise<void> => {
    if (closed) return
    try {
      await queue.freeLost()
      const at = options.clock.now()
      const queued = await inTransaction(pool, { actor: undefined }, async (tx) => {
        const turns = await takeTurns(tx, jobs, at)
        return turns + (await relayJobs(tx, at))
      })
      const idleMs = performance.now() - lastRunMs
      if (queued === 0 && idleMs < retryLookMs) return
      if (idleMs >= retryLookMs) await freeDead(pool)
      lastRunMs = performance.now()
      await queue.run()
    } catch (error) {
      // The database is away for a moment: the next round tries again.
      options.onError(error, 'platform.turn')
    }
  }
  const turn = (): Promise<void> => {
    if (current === undefined) {
      current = round().finally(() => {
        current = undefined
      })
      return current
    }
    next ??= current.then(() => {
      next = undefined
      return turn()
    })
    return next
  }
  return {
    turn,
    close: () => {
      closed = true
    },
  }
}

/** Jobs that a worker took and did not live to end. */
async function freeDead(pool: Pool): Promise<void> {
  await txOn(pool).run(sql`update graphile_worker._private_jobs set locked_at = null, locked_by = null
    where locked_at < now() - make_interval(mins => ${deadAfterMinutes})`)
}

/** A worker without rights on the queue's tables does nothing and says nothing; so one job must really run. */
async function prove(pool: Pool, run: () => Promise<void>, probed: Set<string>): Promise<void> {
  const probe = newId(Date.now())
  const key = `${probeTask}:${probe}`
  const tx = txOn(pool)
  const isThere = async () =>
    (await tx.many(sql`select 1 from graphile_worker._private_jobs where key = ${key}`)).length > 0
  let cause: unknown
  try {
    await queueJobs(tx, [{ task: probeTask, key, job: { street: null, payload: { probe } } }])
    const seen = await isThere()
    await run()
    // Another worker may have been quicker: seen before and gone now is a proof too.
    if (probed.has(probe) || (seen && !(await isThere()))) return
  } catch (error) {
    cause = error
  }
  throw new StartupRefusal(
    'platform/jobs-do-not-run',
    {
      zh: '后台任务不能运行：任务队列的表没有向 linli_worker 开放。请用 DATABASE_OWNER_URL 启动一次，让系统补上权限。',
      en: 'Background jobs cannot run: the tables of the job queue are not open to linli_worker. Start once with DATABASE_OWNER_URL so that the rights are set.',
    },
    { cause },
  )
}
