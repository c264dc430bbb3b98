import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestStreets, type TestStreets } from '../modules/testing/street-fixture.ts'
import { filesModule } from './files.ts'
import type { TestClient } from './testing/test-client.ts'

let t: TestStreets
beforeAll(async () => {
  t = await startTestStreets({ modules: [filesModule] })
})
afterAll(() => t.close())

interface Uploaded {
  id: string
  mediaType: string
  name: string | null
  takenAt: string | null
  code: string
  detail: string
}

async function upload(
  by: TestClient,
  bytes: Buffer | string,
  more: { name?: string; key?: string; field?: string; headers?: Record<string, string> } = {},
): Promise<{ status: number; body: Uploaded; headers: Headers }> {
  const form = new FormData()
  form.append(more.field ?? 'file', new Blob([new Uint8Array(Buffer.from(bytes))]), more.name ?? 'photo.jpg')
  const response = await fetch(`${t.baseUrl}/api/files`, {
    method: 'POST',
    headers: {
      cookie: `linli=${by.cookies.get('linli') ?? ''}`,
      'idempotency-key': more.key ?? crypto.randomUUID(),
      ...more.headers,
    },
    body: form,
  })
  return { status: response.status, body: (await response.json()) as Uploaded, headers: response.headers }
}

const plain = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: '#336699' } })

/** A photo as a phone makes it: lying on its side, with a place and a time. */
const phonePhoto = () =>
  plain()
    .withExif({
      IFD0: { Make: 'Testphone' },
      IFD2: { DateTimeOriginal: '2026:09:13 18:30:05' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '29/1 33/1 0/1' },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()

async function keptBytes(id: string): Promise<Buffer> {
  const [row] = await t.look<{ sha256: string }>('select sha256 from files where id = $1', [id])
  const sha = row?.sha256 ?? ''
  return readFileSync(join(t.services.filesFolder, sha.slice(0, 2), sha.slice(2, 4), sha))
}

test('place and camera of a photo are gone, it stands upright, and when it was taken is kept', async () => {
  const sent = await phonePhoto()
  expect((await sharp(sent).metadata()).exif?.toString('latin1')).toContain('Testphone')
  const reply = await upload(await t.asResident('13900000001'), sent, { name: '张三家.jpg' })
  expect(reply.status).toBe(201)
  expect(reply.body).toMatchObject({
    mediaType: 'image/jpeg',
    name: null,
    takenAt: '2026-09-13T10:30:05.000Z',
  })
  const kept = await keptBytes(reply.body.id)
  const after = await sharp(kept).metadata()
  expect([after.exif, after.icc, after.iptc, after.xmp, after.orientation]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect([after.width, after.height]).toEqual([40, 60])
  expect(kept.toString('latin1')).not.toMatch(/Testphone|GPS|Exif/)
  const audit = await t.look(
    "select outcome from audit_entries where operation = 'files.uploadFile' and subject_id = $1",
    [reply.body.id],
  )
  expect(audit).toEqual([{ outcome: 'done' }])
})

test('PNG and WebP come out as JPEG, and no side is longer than 2560 pixels', async () => {
  const by = await t.asResident('13900000001')
  const png = await upload(by, await plain(3000, 300).png().toBuffer(), { name: 'x.exe' })
  const webp = await upload(by, await plain().webp().toBuffer())
  expect([png.body.mediaType, webp.body.mediaType]).toEqual(['image/jpeg', 'image/jpeg'])
  const { width, height } = await sharp(await keptBytes(png.body.id)).metadata()
  expect([width, height]).toEqual([2560, 256])
})

test('the same upload with the same key is one file; the same key with other bytes is refused', async () => {
  const by = await t.asResident('13900000002')
  const key = crypto.randomUUID()
  const bytes = await plain(31, 31).jpeg().toBuffer()
  const first = await upload(by, bytes, { key })
  const again = await upload(by, bytes, { key })
  expect([again.status, again.body.id]).toEqual([201, first.body.id])
  const other = await upload(by, await plain(32, 32).jpeg().toBuffer(), { key })
  expect([other.status, other.body.code]).toEqual([422, 'platform/idempotency-key-reused'])
  const rows = await t.look('select 1 from files where uploaded_by = $1', [t.street.residents[1]?.accountId])
  expect(rows).toHaveLength(1)
})

test.each([
  [
    'an SVG',
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    415,
    'files/kind-not-allowed',
  ],
  ['a page', '<!doctype html><script>alert(1)</script>', 415, 'files/kind-not-allowed'],
  ['an archive', 'PK\x03\x04 something', 415, 'files/kind-not-allowed'],
  ['a HEIC photo', '\0\0\0\x18ftypheic\0\0\0\0', 415, 'files/heic-not-readable'],
  ['nothing at all', '', 400, 'files/empty'],
  ['a torn photo', '\xff\xd8\xff\xe0 not a photo', 422, 'files/unreadable-photo'],
  [
    'a page behind the head of a photo',
    '\xff\xd8\xff<script>alert(1)</script>',
    422,
    'files/unreadable-photo',
  ],
])('%s named .jpg is refused and nothing is kept', async (_, text, status, code) => {
  const before = await t.look('select id from files')
  const reply = await upload(await t.as('clerk-c1'), Buffer.from(text, 'latin1'))
  expect([reply.status, reply.body.code]).toEqual([status, code])
  expect(reply.body.detail.length).toBeGreaterThan(8)
  expect(await t.look('select id from files')).toHaveLength(before.length)
})

test('a picture of more than 50 million pixels is refused, however few bytes it takes', async () => {
  const bomb = await plain(7200, 7200).png({ compressionLevel: 9 }).toBuffer()
  expect(bomb.length).toBeLessThan(1_000_000)
  const reply = await upload(await t.as('clerk-c1'), bomb)
  expect([reply.status, reply.body.code]).toEqual([422, 'files/too-many-pixels'])
})

test('more than 12 MB is refused', async () => {
  const reply = await upload(await t.as('clerk-c1'), Buffer.alloc(12 * 1024 * 1024 + 1, 0xff))
  expect([reply.status, reply.body.code]).toEqual([413, 'platform/too-large'])
})

test('staff may send a PDF, which keeps its bytes and its name; a resident may not', async () => {
  const pdf = Buffer.from('%PDF-1.7\n%%EOF')
  const staff = await upload(await t.as('clerk-c1'), pdf, { name: '..\\..\\整改 函?.pdf' })
  expect(staff.body).toMatchObject({ mediaType: 'application/pdf', name: '整改 函.pdf' })
  expect(await keptBytes(staff.body.id)).toEqual(pdf)
  const resident = await upload(await t.asResident('13900000001'), pdf)
  expect([resident.status, resident.body.code]).toEqual([415, 'files/paper-needs-staff'])
})

test('without a session, without a key, as JSON or from another site nothing comes in', async () => {
  const by = await t.asResident('13900000001')
  const bytes = await plain().jpeg().toBuffer()
  expect((await upload(t.client(), bytes)).body.code).toBe('platform/not-signed-in')
  expect((await upload(by, bytes, { headers: { 'idempotency-key': '' } })).body.code).toBe(
    'platform/idempotency-key-missing',
  )
  expect((await upload(by, bytes, { field: 'photo' })).body.code).toBe('files/no-file')
  expect((await upload(by, bytes, { headers: { 'sec-fetch-site': 'cross-site' } })).body.code).toBe(
    'platform/foreign-origin',
  )
  expect((await by.request('POST', '/api/files', { file: 'x' })).code).toBe('platform/media-type')
})

test('nothing but whole files under their hash stands in the folder', () => {
  const names = readdirSync(t.services.filesFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
  expect(names.length).toBeGreaterThan(3)
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{64}$/)
})

test('an account that sends without end is told to wait', async () => {
  const by = await t.asResident('13900000003')
  let last: Awaited<ReturnType<typeof upload>> | undefined
  for (let count = 0; count < 121; count += 1) last = await upload(by, '')
  expect([last?.status, last?.headers.get('retry-after')]).toEqual([429, '600'])
})
