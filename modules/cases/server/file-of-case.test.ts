import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { filesModule } from '../../../platform/files.ts'
import { filePath } from '../../../platform/files-folder.ts'
import type { TestClient } from '../../../platform/testing/test-client.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'

let t: TestCases
beforeAll(async () => {
  t = await startTestCases({ modules: [filesModule] })
})
afterAll(() => t.close())

async function uploadPhoto(by: TestClient): Promise<string> {
  const bytes = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#884422' } })
    .jpeg()
    .toBuffer()
  const form = new FormData()
  form.append('file', new Blob([new Uint8Array(bytes)]), 'photo.jpg')
  const response = await fetch(`${t.baseUrl}/api/files`, {
    method: 'POST',
    headers: { cookie: cookie(by), 'idempotency-key': crypto.randomUUID() },
    body: form,
  })
  return ((await response.json()) as { id: string }).id
}

const cookie = (by: TestClient) => `linli=${by.cookies.get('linli')}`

const get = (by: TestClient, caseId: string, fileId: string, more: { size?: string; etag?: string } = {}) =>
  fetch(`${t.baseUrl}/api/cases/${caseId}/files/${fileId}${more.size ? `?size=${more.size}` : ''}`, {
    headers: { cookie: cookie(by), ...(more.etag ? { 'if-none-match': more.etag } : {}) },
  })

const codeOf = async (response: Response) => [
  response.status,
  ((await response.json()) as { code: string }).code,
]

test('who may see the case sees its photo, whole and small, with the heads that keep it a picture', async () => {
  const resident = await t.asResident('13900000001')
  const fileId = await uploadPhoto(resident)
  const filed = await t.file(resident, { fileIds: [fileId] })
  for (const by of [resident, await t.as('clerk-c1'), await t.as('grid-worker-c1g1')]) {
    const whole = await get(by, filed.id, fileId)
    expect(whole.status).toBe(200)
    expect(whole.headers.get('content-type')).toBe('image/jpeg')
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff')
    expect(whole.headers.get('cache-control')).toBe('private, no-cache')
    expect(whole.headers.get('content-disposition')).toMatch(/^inline; filename="photo-[0-9a-f]{12}\.jpg"$/)
    expect(whole.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect((await sharp(Buffer.from(await whole.arrayBuffer())).metadata()).width).toBe(900)
  }
  const small = await get(resident, filed.id, fileId, { size: 'thumb' })
  const again = await get(resident, filed.id, fileId, { size: 'thumb' })
  const bytes = Buffer.from(await small.arrayBuffer())
  expect((await sharp(bytes).metadata()).width).toBe(320)
  expect(Buffer.from(await again.arrayBuffer())).toEqual(bytes)
})

test('a cache asks again: unchanged is 304 for who still may, and the same 404 for who may not', async () => {
  const resident = await t.asResident('13900000001')
  const fileId = await uploadPhoto(resident)
  const filed = await t.file(resident, { fileIds: [fileId] })
  const first = await get(resident, filed.id, fileId)
  await first.arrayBuffer()
  const etag = first.headers.get('etag') ?? ''
  expect((await get(resident, filed.id, fileId, { etag })).status).toBe(304)
  const neighbour = await t.asResident('13900000002')
  expect(await codeOf(await get(neighbour, filed.id, fileId, { etag }))).toEqual([404, 'cases/not-found'])
})

test('neighbours, other communities, other streets, viewers and administrators get the 404 of what does not exist', async () => {
  const resident = await t.asResident('13900000001')
  const fileId = await uploadPhoto(resident)
  const filed = await t.file(resident, { fileIds: [fileId] })
  const strangers = [
    await t.asResident('13900000002'),
    await t.as('clerk-c2'),
    await t.as('handler-water'),
    await t.as('other-dispatcher'),
    await t.as('viewer'),
    await t.as('system-admin'),
  ]
  for (const by of strangers) {
    expect(await codeOf(await get(by, filed.id, fileId))).toEqual([404, 'cases/not-found'])
    expect(await codeOf(await get(by, filed.id, fileId, { size: 'thumb' }))).toEqual([404, 'cases/not-found'])
  }
  expect((await get(t.client(), filed.id, fileId)).status).toBe(401)
})

test('a file that no case links is read by nobody, and not through another case', async () => {
  const resident = await t.asResident('13900000001')
  const linked = await uploadPhoto(resident)
  const loose = await uploadPhoto(await t.asResident('13900000002'))
  const filed = await t.file(resident, { fileIds: [linked] })
  for (const by of [resident, await t.asResident('13900000002'), await t.as('dispatcher')])
    expect(await codeOf(await get(by, filed.id, loose))).toEqual([404, 'cases/not-found'])
})

test('a photo whose bytes are not on the disk is told as gone, with a number and what to do, whole and small', async () => {
  const resident = await t.asResident('13900000001')
  const fileId = await uploadPhoto(resident)
  const filed = await t.file(resident, { fileIds: [fileId] })
  const [row] = await t.look<{ sha256: string }>('select sha256 from files where id = $1', [fileId])
  const sha256 = row?.sha256 ?? ''
  const path = filePath(t.services.filesFolder, sha256)
  const bytes = readFileSync(path)
  rmSync(path)
  rmSync(`${filePath(join(t.services.filesFolder, 'thumbs'), sha256)}.jpg`, { force: true })
  for (const size of ['full', 'thumb']) {
    const gone = await get(resident, filed.id, fileId, { size })
    expect(gone.status).toBe(410)
    const { code, detail } = (await gone.json()) as { code: string; detail: string }
    expect(code).toBe('platform/file-missing')
    expect(detail).toContain(sha256.slice(0, 12))
  }
  expect(await codeOf(await get(await t.asResident('13900000002'), filed.id, fileId))).toEqual([
    404,
    'cases/not-found',
  ])
  writeFileSync(path, bytes)
  expect(Buffer.from(await (await get(resident, filed.id, fileId)).arrayBuffer())).toEqual(bytes)
})
