import { existsSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestCases, type TestCases } from '../modules/testing/case-fixture.ts'
import { filesModule } from './files.ts'
import { fileJobs } from './files-clean-up.ts'
import { filePath } from './files-folder.ts'
import { startWorker, type Worker } from './jobs-worker.ts'
import type { TestClient } from './testing/test-client.ts'

let t: TestCases
let worker: Worker
const faults: unknown[] = []
beforeAll(async () => {
  t = await startTestCases({ modules: [filesModule] })
  worker = await startWorker({
    workerUrl: t.database.workerUrl,
    ownerUrl: t.database.ownerUrl,
    clock: t.clock,
    services: t.services,
    modules: [fileJobs],
    onError: (error) => faults.push(error),
    pollMs: 0,
  })
})
afterAll(async () => {
  await worker.stop()
  await t.close()
})

let shade = 0
const photo = () => {
  shade += 7
  return sharp({ create: { width: 20, height: 20, channels: 3, background: { r: shade, g: 90, b: 9 } } })
    .jpeg()
    .toBuffer()
}
async function upload(by: TestClient, bytes: Buffer): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), 'photo.jpg')
  const response = await fetch(`${t.baseUrl}/api/files`, {
    method: 'POST',
    headers: { cookie: `linli=${by.cookies.get('linli') ?? ''}`, 'idempotency-key': crypto.randomUUID() },
    body: form,
  })
  expect(response.status).toBe(201)
  return ((await response.json()) as { id: string }).id
}
async function contentOf(id: string): Promise<string | undefined> {
  const [row] = await t.look<{ sha256: string }>('select sha256 from files where id = $1', [id])
  return row?.sha256
}
const bytesAre = (sha256: string | undefined) =>
  existsSync(filePath(t.services.filesFolder, sha256 ?? '0'.repeat(64)))
async function hoursLater(hours: number) {
  t.clock.moveBy(hours * 3_600_000)
  await worker.turn()
  await worker.turn()
  expect(faults).toEqual([])
}

test('an upload that no record took up is gone after a day, row and bytes, and not before', async () => {
  const id = await upload(await t.asResident('13900000001'), await photo())
  const content = await contentOf(id)
  await hoursLater(23)
  expect([await contentOf(id), bytesAre(content)]).toEqual([content, true])
  await hoursLater(2)
  expect([await contentOf(id), bytesAre(content)]).toEqual([undefined, false])
})

test('what a case took up stays', async () => {
  const resident = await t.asResident('13900000001')
  const id = await upload(resident, await photo())
  await t.file(resident, { fileIds: [id] })
  const content = await contentOf(id)
  await hoursLater(50)
  expect([await contentOf(id), bytesAre(content)]).toEqual([content, true])
})

test('bytes stay while any street has a record of them', async () => {
  const bytes = await photo()
  const given = await upload(await t.asResident('13900000001'), bytes)
  const resident = await t.asResident('13900000003')
  const kept = await upload(resident, bytes)
  await t.file(resident, { fileIds: [kept], place: t.other.pointIn('c1g1m1') })
  const content = await contentOf(kept)
  expect(await contentOf(given)).toBe(content)
  await hoursLater(50)
  expect([await contentOf(given), await contentOf(kept), bytesAre(content)]).toEqual([
    undefined,
    content,
    true,
  ])
})

test('bytes sent again between the two steps are there for the new record', async () => {
  const bytes = await photo()
  const first = await upload(await t.asResident('13900000001'), bytes)
  const content = await contentOf(first)
  t.clock.moveBy(50 * 3_600_000)
  await t.look('delete from files where id = $1', [first])
  const second = await upload(await t.asResident('13900000001'), bytes)
  await t.look(
    `insert into job_outbox (street_id, id, task, payload, run_at) values ($1, $2, 'files.removeBytes', $3, $4)`,
    [t.street.streetId, crypto.randomUUID(), JSON.stringify({ sha256s: [content] }), t.clock.now()],
  )
  await hoursLater(0)
  expect([await contentOf(second), bytesAre(content)]).toEqual([content, true])
})

test('every table that refers to a file can be looked into by the clean-up', async () => {
  const unreadable = await t.look<{ table: string }>(
    `select distinct c.conrelid::regclass::text as table from pg_constraint c
     where c.contype = 'f' and c.confrelid = 'files'::regclass
       and not (has_table_privilege('linli_reader', c.conrelid, 'select')
         and exists (select from pg_policy p where p.polrelid = c.conrelid
           and (select oid from pg_roles where rolname = 'linli_reader') = any (p.polroles)))`,
  )
  expect(unreadable).toEqual([])
})
