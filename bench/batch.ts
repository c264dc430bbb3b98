/** 批量处理: many pending cases accepted and given out at once, and taken back, with the worker at its own pace. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { BatchSummary } from '../modules/cases/contract.ts'
import { casesJobs } from '../modules/cases/server/index.ts'
import { systemClock } from '../platform/clock.ts'
import { openPool } from '../platform/db.ts'
import { startWorker } from '../platform/jobs-worker.ts'
import { openKeys } from '../platform/keys.ts'
import { printTable } from '../proofs/support/table.ts'
import { type Bench, type BenchRun, median, rounded } from './bench.ts'
import { buildLinli } from './linli-app.ts'

/** As many as a clerk marks on a Monday morning (issue 5, point 9: hundreds at once). */
const atOnce = 300

export const batch: Bench = {
  name: 'batch',
  what: `${atOnce} pending cases accepted and given out in one batch, then taken back, over --rows cases: seconds from the press to the end, also for each case`,
  run: measure,
}

async function measure(run: BenchRun): Promise<Record<string, unknown>> {
  const { data, street, take } = await run.grounds.pending(run.rows)
  const pool = openPool(data.appUrl(), 12, 'linli-bench-batch')
  const faults: unknown[] = []
  let app: FastifyInstance | undefined
  let worker: Awaited<ReturnType<typeof startWorker>> | undefined
  try {
    app = await buildLinli(pool, data.keys, data.filesFolder)
    worker = await startWorker({
      workerUrl: data.workerUrl(),
      ownerUrl: data.ownerUrl(),
      clock: systemClock,
      services: {
        keys: openKeys(data.keys),
        sms: { name: 'log', send: async () => {} },
        filesFolder: data.filesFolder,
        demo: false,
      },
      modules: [casesJobs],
      onError: (error) => faults.push(error),
    })
    const ask = caller(app, street.dispatchers[0] ?? '')
    const took: Record<'done' | 'undone', number[]> = { done: [], undone: [] }
    for (let round = 0; round < run.rounds; round++) {
      const ids = take(atOnce)
      const began = performance.now()
      const started = await ask('POST', '/api/case-batches', {
        items: ids.map((caseId) => ({ caseId, version: 1 })),
        order: {
          act: 'accept',
          kind: 'help',
          matterCode: street.matterCode,
          holder: { organisationId: street.street.organisationId('property') },
        },
      })
      const done = await ended(ask, started.id)
      took.done.push(performance.now() - began)
      expectAll(done)
      const pressed = performance.now()
      const undoing = await ask('POST', `/api/case-batches/${started.id}/undo`, {})
      expectAll(await ended(ask, undoing.id))
      took.undone.push(performance.now() - pressed)
    }
    if (faults.length > 0) throw faults[0]
    const seconds = { done: median(took.done) / 1_000, undone: median(took.undone) / 1_000 }
    printTable(
      run.say,
      [`${atOnce} at once`, 'seconds', 'ms a case'],
      (['done', 'undone'] as const).map((which) => [
        which,
        rounded(seconds[which], 1),
        rounded((seconds[which] * 1_000) / atOnce, 1),
      ]),
    )
    return { atOnce, took: { done: rounded(seconds.done), undone: rounded(seconds.undone) } }
  } finally {
    await worker?.stop()
    await app?.close()
    await pool.end()
  }
}

type Ask = (method: 'GET' | 'POST', path: string, body?: object) => Promise<BatchSummary>

function caller(app: FastifyInstance, token: string): Ask {
  return async (method, path, body) => {
    const reply = await app.inject({
      method,
      url: path,
      headers: { cookie: `linli=${token}`, 'idempotency-key': randomUUID() },
      ...(body ? { payload: body } : {}),
    })
    if (reply.statusCode >= 300) throw new Error(`${path} was refused: ${reply.body}`)
    return reply.json<BatchSummary>()
  }
}

/** Looks as often as the screen does. */
async function ended(ask: Ask, id: string): Promise<BatchSummary> {
  for (;;) {
    const batch = await ask('GET', `/api/case-batches/${id}`)
    if (batch.endedAt !== null) return batch
    await delay(200)
  }
}

function expectAll(batch: BatchSummary): void {
  if (batch.done !== atOnce)
    throw new Error(`only ${batch.done} of ${atOnce}: ${JSON.stringify({ ...batch, items: undefined })}`)
}
