/** Brings a table in over HTTP, for tests: upload, match, check, confirm, and the worker turned until it is done. */
import { randomUUID } from 'node:crypto'
import type { JobModule } from '../../platform/jobs.ts'
import { startWorker, type Worker } from '../../platform/jobs-worker.ts'
import type { TestClient } from '../../platform/testing/test-client.ts'
import type { TestServer } from '../../platform/testing/test-server.ts'
import * as contract from '../sheets/contract.ts'
import { sheetsJobs } from '../sheets/server/index.ts'

export interface SheetSteps {
  upload(
    by: TestClient,
    kind: string,
    bytes: Uint8Array,
    more?: { name?: string; source?: string },
  ): Promise<{ status: number; body: contract.BatchDetail; code: string | undefined }>
  /** Up to the report. */
  checked(by: TestClient, kind: string, bytes: Uint8Array): Promise<contract.BatchDetail>
  /** Up to the end, bad rows left out. */
  applied(
    by: TestClient,
    kind: string,
    bytes: Uint8Array,
    confirmer?: TestClient,
  ): Promise<contract.BatchDetail>
  undone(by: TestClient, id: string): Promise<contract.BatchDetail>
  get(by: TestClient, id: string): Promise<contract.BatchDetail>
  /** Turns the worker until the batch stands. */
  settle(by: TestClient, id: string): Promise<contract.BatchDetail>
  worker: Worker
}

export async function sheetSteps(
  t: Pick<TestServer, 'clock' | 'services' | 'baseUrl'> & {
    database: { workerUrl: string; ownerUrl: string }
  },
  faults: unknown[],
  /** Whose jobs are done beside those of the sheets. */
  more: readonly JobModule[] = [],
): Promise<SheetSteps> {
  const worker = await startWorker({
    workerUrl: t.database.workerUrl,
    ownerUrl: t.database.ownerUrl,
    clock: t.clock,
    services: t.services,
    modules: [sheetsJobs, ...more],
    onError: (error) => faults.push(error),
    pollMs: 0,
  })
  const reached = <T>(reply: { status: number; body: T }, what: string): T => {
    if (reply.status >= 300) throw new Error(`${what}: ${JSON.stringify(reply.body)}`)
    return reply.body
  }
  const steps: SheetSteps = {
    worker,
    async upload(by, kind, bytes, more = {}) {
      const form = new FormData()
      form.append('file', new Blob([bytes as Uint8Array<ArrayBuffer>]), more.name ?? '名单.xlsx')
      const query = new URLSearchParams({ kind, ...(more.source ? { source: more.source } : {}) })
      const reply = await fetch(`${t.baseUrl}${contract.createBatch.path}?${query}`, {
        method: 'POST',
        headers: {
          cookie: [...by.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          'idempotency-key': randomUUID(),
        },
        body: form,
      })
      const body = (await reply.json()) as contract.BatchDetail & { code?: string }
      return { status: reply.status, body, code: body.code }
    },
    async checked(by, kind, bytes) {
      const { batch } = reached(await steps.upload(by, kind, bytes), 'upload')
      return reached(await by.call(contract.checkBatch, { params: { id: batch.id } }), 'check')
    },
    async applied(by, kind, bytes, confirmer = by) {
      const { batch } = await steps.checked(by, kind, bytes)
      reached(
        await confirmer.call(contract.confirmBatch, {
          params: { id: batch.id },
          body: { leaveOutBad: true },
        }),
        'confirm',
      )
      return steps.settle(confirmer, batch.id)
    },
    async undone(by, id) {
      reached(await by.call(contract.undoBatch, { params: { id } }), 'undo')
      return steps.settle(by, id)
    },
    get: async (by, id) => reached(await by.call(contract.getBatch, { params: { id } }), 'get'),
    async settle(by, id) {
      for (let turn = 0; turn < 200; turn++) {
        const detail = await steps.get(by, id)
        if (detail.batch.state !== 'applying' && detail.batch.state !== 'undoing') return detail
        await worker.turn()
      }
      throw new Error('the batch does not come to an end')
    },
  }
  return steps
}
