import { afterEach, expect, test, vi } from 'vitest'
import { fitWithin } from './shrink-photo.ts'
import { uploadFile } from './upload-file.ts'

function formOf(init: RequestInit | undefined): FormData {
  if (!(init?.body instanceof FormData)) throw new Error('no form was sent')
  return init.body
}

afterEach(() => {
  vi.unstubAllGlobals()
})

test('a file goes as the multipart field `file`, with a key and no content type of our own', async () => {
  const fetchStub = vi.fn<typeof fetch>(async () => new Response('{"id":"f1"}', { status: 201 }))
  vi.stubGlobal('fetch', fetchStub)
  const file = new File(['%PDF'], '说明.pdf', { type: 'application/pdf' })
  expect(await uploadFile(file)).toEqual({ id: 'f1' })
  const [url, init] = fetchStub.mock.calls[0] ?? []
  expect(url).toBe('/api/files')
  const headers = init?.headers as Record<string, string>
  expect(headers['idempotency-key']).toHaveLength(36)
  // The browser adds the boundary; a content type of ours would lose it.
  expect(headers['content-type']).toBeUndefined()
  expect(formOf(init).get('file')).toMatchObject({ name: '说明.pdf', size: 4 })
})

test('a photo that this browser cannot read goes as it is', async () => {
  const fetchStub = vi.fn<typeof fetch>(async () => new Response('{"id":"f1"}', { status: 201 }))
  vi.stubGlobal('fetch', fetchStub)
  await uploadFile(new File(['??'], 'a.jpg', { type: 'image/jpeg' }))
  expect(formOf(fetchStub.mock.calls[0]?.[1]).get('file')).toMatchObject({ name: 'a.jpg' })
})

test('photos fit into 1600 pixels, keep their shape and are never enlarged', () => {
  expect(fitWithin(4000, 3000, 1600)).toEqual({ width: 1600, height: 1200 })
  expect(fitWithin(3000, 4000, 1600)).toEqual({ width: 1200, height: 1600 })
  expect(fitWithin(800, 600, 1600)).toEqual({ width: 800, height: 600 })
  expect(fitWithin(20_000, 3, 1600)).toEqual({ width: 1600, height: 1 })
})
