/** A large list on its way in and out again: seconds and memory, through HTTP and the worker as in a street. */

import * as contract from '../modules/sheets/contract.ts'
import { makeEmptyStreet } from '../modules/testing/empty-street.ts'
import { areasWorkbook, buildingsWorkbook, ordersWorkbook } from '../modules/testing/messy-workbooks.ts'
import { type SheetSteps, sheetSteps } from '../modules/testing/sheet-steps.ts'
import { movableClock } from '../platform/clock.ts'
import { openPool } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import type { TestClient } from '../platform/testing/test-client.ts'
import { client } from '../platform/testing/test-client.ts'
import { printTable } from '../proofs/support/table.ts'
import { makeTemporaryData } from '../proofs/support/temporary-data.ts'
import { type Bench, type BenchRun, rounded } from './bench.ts'
import { buildLinli } from './linli-app.ts'

export const sheet: Bench = {
  name: 'sheet',
  // Rule: quality.md R37.
  fullRows: 20_000,
  row: 'R37',
  what: 'a workbook of --rows buildings, then one of orders from above, a tenth of them wrong: read, checked, put in by the worker, undone; memory of the process',
  run: measureSheet,
}

async function measureSheet({ rows, say }: BenchRun): Promise<Record<string, unknown>> {
  const data = await makeTemporaryData({ fsync: true })
  const pool = openPool(data.appUrl(), 4, 'linli-bench')
  const app = await buildLinli(pool, data.keys, data.filesFolder)
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  const services = {
    keys: openKeys(data.keys),
    sms: { name: 'log' as const, send: async () => {} },
    filesFolder: data.filesFolder,
    demo: false,
  }
  // The server's own clock runs; the steps only want one that could be moved.
  const clock = { ...movableClock(new Date()), now: () => new Date() }
  const faults: unknown[] = []
  const street = await makeEmptyStreet({ pool, services, clock, client: () => client(baseUrl) })
  const database = { workerUrl: data.workerUrl(), ownerUrl: data.ownerUrl() }
  const steps = await sheetSteps({ baseUrl, clock, services, database }, faults)
  try {
    const by = await street.as('system-admin')
    await steps.applied(by, 'areas', await areasWorkbook())
    const buildings = await measure(steps, by, 'buildings', await buildingsWorkbook(rows))
    const dispatcher = await street.as('dispatcher')
    const orders = await measure(steps, dispatcher, 'upstream-orders', await ordersWorkbook(rows), '12345')
    printTable(
      say,
      ['sheet', 'buildings', 'orders'],
      Object.keys(buildings).map((name) => [name, buildings[name] ?? '', orders[name] ?? '']),
    )
    return { buildings, orders, faults: faults.length }
  } finally {
    await steps.worker.stop()
    await app.close()
    await pool.end()
    await data.remove()
  }
}

async function measure(
  steps: SheetSteps,
  by: TestClient,
  kind: string,
  book: Buffer,
  source?: string,
): Promise<Record<string, number>> {
  globalThis.gc?.()
  const restMb = process.memoryUsage.rss() / 1024 / 1024
  let peakMb = restMb
  const watch = setInterval(() => {
    peakMb = Math.max(peakMb, process.memoryUsage.rss() / 1024 / 1024)
  }, 20)
  const seconds: Record<string, number> = {}
  const timed = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now()
    const done = await work()
    seconds[name] = rounded((performance.now() - start) / 1000)
    return done
  }
  const { body } = await timed('readSeconds', () => steps.upload(by, kind, book, { source }))
  const params = { id: body.batch.id }
  await timed('checkSeconds', () => by.call(contract.checkBatch, { params, body: {} }))
  const applied = await timed('putInSeconds', async () => {
    await by.call(contract.confirmBatch, { params, body: { leaveOutBad: true } })
    return steps.settle(by, params.id)
  })
  const undone = await timed('undoSeconds', () => steps.undone(by, params.id))
  clearInterval(watch)
  return {
    fileKb: rounded(book.length / 1024, 0),
    rows: applied.batch.counts.rows,
    added: applied.batch.counts.added,
    bad: applied.batch.counts.bad,
    undone: undone.batch.counts.undone,
    ...seconds,
    wholeSeconds: rounded(
      (seconds.readSeconds ?? 0) + (seconds.checkSeconds ?? 0) + (seconds.putInSeconds ?? 0),
    ),
    restMb: rounded(restMb, 0),
    peakMoreMb: rounded(peakMb - restMb, 0),
  }
}
