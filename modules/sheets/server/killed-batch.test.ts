import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type EmptyStreet, makeEmptyStreet } from '../../testing/empty-street.ts'
import { areasWorkbook, buildingsWorkbook, ordersWorkbook } from '../../testing/messy-workbooks.ts'
import { type SheetSteps, sheetSteps } from '../../testing/sheet-steps.ts'
import * as contract from '../contract.ts'
import { sheetsModule } from './index.ts'

const rows = 2_400
const good = 2_160
const program = fileURLToPath(new URL('../../testing/sheet-worker.ts', import.meta.url))
let t: TestCases
let street: EmptyStreet
let steps: SheetSteps
let system: TestClient

beforeAll(async () => {
  t = await startTestCases({ modules: [sheetsModule] })
  street = await makeEmptyStreet(t)
  steps = await sheetSteps(t, [])
  system = await street.as('system-admin')
  await steps.applied(system, 'areas', await areasWorkbook())
})
afterAll(async () => {
  await steps.worker.stop()
  await t.close()
})

/** Orders that stand, and how many numbers they have; what was undone is withdrawn. */
const orders = async () =>
  (
    await t.look<{ n: number; numbers: number }>(
      `select count(*)::int as n, count(distinct outside_number)::int as numbers from cases
        where street_id = $1 and outside_source = '12345' and withdrawn_at is null`,
      [street.streetId],
    )
  )[0]
const doneRows = async (id: string) =>
  (await t.look<{ done: number }>('select done_rows as done from sheet_batches where id = $1', [id]))[0]
    ?.done ?? 0

/** Two minutes after the last one began, as a supervisor would start it anew. */
function startChild(minutes: number): ChildProcess {
  const at = new Date(t.clock.now().getTime() + minutes * 60_000)
  return spawn(process.execPath, ['--import', 'tsx', program, t.database.workerUrl, at.toISOString()], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

async function killAfter(id: string, child: ChildProcess, least: number): Promise<void> {
  const ended = once(child, 'exit')
  await vi.waitUntil(
    async () => {
      if (child.exitCode !== null) throw new Error('the worker ended by itself')
      return (await doneRows(id)) >= least
    },
    { interval: 20, timeout: 120_000 },
  )
  child.kill('SIGKILL')
  await ended
}

test('orders from above, killed three times half-way: every valid row is a case exactly once; undo leaves nothing', {
  timeout: 240_000,
}, async () => {
  const desk = await street.as('dispatcher')
  const uploaded = await steps.upload(desk, 'upstream-orders', await ordersWorkbook(rows), {
    source: '12345',
  })
  const { id } = uploaded.body.batch
  const checked = await desk.call(contract.checkBatch, { params: { id } })
  expect(checked.body.batch.counts).toMatchObject({ rows, add: good, bad: rows - good })
  await desk.call(contract.confirmBatch, { params: { id }, body: { leaveOutBad: true } })
  for (const [index, least] of [500, 1_000, 1_500].entries()) {
    await killAfter(id, startChild(2 + index * 2), least)
    const { n } = (await orders()) ?? { n: -1 }
    expect(n % 500).toBe(0)
    expect(n).toBeLessThan(good)
  }
  t.clock.moveBy(10 * 60_000)
  const done = await steps.settle(desk, id)
  expect(done.batch.counts).toMatchObject({ added: good, failed: 0, bad: rows - good })
  expect(await orders()).toEqual({ n: good, numbers: good })
  const undone = await steps.undone(desk, id)
  expect(undone.batch.counts).toMatchObject({ undone: good, kept: 0 })
  expect(await orders()).toEqual({ n: 0, numbers: 0 })
})

test('the rows and the file of a batch are unreadable in the database, and gone when undo has ended', async () => {
  const applied = await steps.applied(system, 'buildings', await buildingsWorkbook(40))
  const { id } = applied.batch
  const stored = await t.look(
    `select r::text as text from sheet_batch_rows r where batch_id = $1
      union all select f::text from sheet_batch_files f where batch_id = $1`,
    [id],
  )
  expect(JSON.stringify(stored)).not.toMatch(/桐荫路|梧桐苑/)
  t.clock.moveBy(25 * 3_600_000)
  await steps.worker.turn()
  expect(await t.look('select 1 from sheet_batch_rows where batch_id = $1', [id])).toEqual([])
  expect(await t.look('select 1 from sheet_batch_files where batch_id = $1', [id])).toEqual([])
  const after = await steps.get(system, id)
  expect([after.sheet, after.batch.counts.added, after.batch.can.undo]).toEqual([null, 36, false])
  expect((await system.call(contract.undoBatch, { params: { id }, body: {} })).code).toBe('sheets/too-late')
})
