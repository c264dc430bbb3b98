import { Type } from 'typebox'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { defineOperation, IdParams } from '../../lib/contract.ts'
import { call, callUrl } from './call.ts'
import { ClientOffline, ClientRefusal, wordsOf } from './client-error.ts'
import { onRefused, setClientLanguage } from './send-request.ts'

const id = '01900000-0000-7000-8000-000000000001'
const readOne = defineOperation({
  name: 'x.readOne',
  method: 'GET',
  path: '/api/x/{id}',
  summary: '',
  who: 'anyone',
  params: IdParams,
  query: Type.Object({ q: Type.Optional(Type.String()), state: Type.Optional(Type.String()) }),
  output: Type.Object({ name: Type.String() }),
})
const change = defineOperation({
  name: 'x.change',
  method: 'POST',
  path: '/api/x/{id}/change',
  summary: '',
  who: 'anyone',
  params: IdParams,
  body: Type.Object({ text: Type.String() }),
  output: Type.Object({ version: Type.Integer() }),
})
const enter = defineOperation({
  name: 'x.enter',
  method: 'POST',
  path: '/api/enter',
  summary: '',
  who: 'anyone',
  idempotency: 'unstored',
  output: Type.Object({}),
})
const leave = defineOperation({
  name: 'x.leave',
  method: 'DELETE',
  path: '/api/enter',
  summary: '',
  who: 'anyone',
  status: 204,
  output: Type.Object({}),
})

const fetchStub = vi.fn<typeof fetch>()
const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

function sent(index = 0): { url: string; init: RequestInit; headers: Record<string, string> } {
  const [url, init = {}] = fetchStub.mock.calls[index] ?? []
  return { url: String(url), init, headers: init.headers as Record<string, string> }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('fetch', fetchStub)
  fetchStub.mockReset()
  setClientLanguage('zh')
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** Runs a call to its end while time is moved for it. */
async function settled<T>(promise: Promise<T>): Promise<T | Error> {
  const result = promise.catch((error: unknown) => error as Error)
  await vi.runAllTimersAsync()
  return result
}

test('a read goes to a relative address with cookies of the same origin, in the language set, without a key', async () => {
  fetchStub.mockResolvedValue(json({ name: '天桥社区' }))
  const reply = await call(readOne, { params: { id }, query: { q: '返味', state: undefined } })
  expect(reply.name).toBe('天桥社区')
  const { url, init, headers } = sent()
  expect(url).toBe(`/api/x/${id}?q=%E8%BF%94%E5%91%B3`)
  expect(init.credentials).toBe('same-origin')
  expect(headers['accept-language']).toBe('zh-CN')
  expect(headers['idempotency-key']).toBeUndefined()
  setClientLanguage('en')
  fetchStub.mockResolvedValue(json({ name: '' }))
  await call(readOne, { params: { id } })
  expect(sent(1).headers['accept-language']).toBe('en')
})

test('each change has a key of its own, or the one given, and says which version it saw', async () => {
  fetchStub.mockImplementation(async () => json({ version: 3 }))
  await call(change, { params: { id }, body: { text: 'a' } }, { ifMatch: 2 })
  await call(change, { params: { id }, body: { text: 'a' } })
  await call(change, { params: { id }, body: { text: 'a' } }, { idempotencyKey: 'kept-by-the-form' })
  const keys = [0, 1, 2].map((i) => sent(i).headers['idempotency-key'])
  expect(keys[0]).toMatch(/^[A-Za-z0-9_-]{8,100}$/)
  expect(new Set(keys).size).toBe(3)
  expect(keys[2]).toBe('kept-by-the-form')
  expect(sent(0).headers['if-match']).toBe('"2"')
  expect(sent(0).init.body).toBe('{"text":"a"}')
})

test('a key can be made over plain http, where randomUUID is missing', async () => {
  vi.stubGlobal('crypto', {
    getRandomValues: globalThis.crypto.getRandomValues.bind(globalThis.crypto),
  })
  fetchStub.mockResolvedValue(json({ version: 1 }))
  await call(change, { params: { id }, body: { text: 'a' } })
  expect(sent().headers['idempotency-key']).toHaveLength(36)
})

test('a broken connection is tried again under the same key', async () => {
  fetchStub.mockRejectedValueOnce(new TypeError('Failed to fetch'))
  fetchStub.mockResolvedValueOnce(json({ version: 1 }))
  expect(await settled(call(change, { params: { id }, body: { text: 'a' } }))).toEqual({ version: 1 })
  expect(sent(1).headers['idempotency-key']).toBe(sent(0).headers['idempotency-key'])
})

test('no network after three tries is ClientOffline with words; an act without a stored key is tried once', async () => {
  fetchStub.mockRejectedValue(new TypeError('Failed to fetch'))
  const error = await settled(call(change, { params: { id }, body: { text: 'a' } }))
  expect(error).toBeInstanceOf(ClientOffline)
  expect(wordsOf(error, 'zh')).toContain('网络不通')
  expect(fetchStub).toHaveBeenCalledTimes(3)
  fetchStub.mockClear()
  expect(await settled(call(enter))).toBeInstanceOf(ClientOffline)
  expect(fetchStub).toHaveBeenCalledTimes(1)
})

test('a server that never answers is given up after 30 seconds', async () => {
  fetchStub.mockImplementation(
    (_, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')))
      }),
  )
  expect(await settled(call(readOne, { params: { id } }))).toBeInstanceOf(ClientOffline)
  expect(fetchStub).toHaveBeenCalledTimes(1)
})

test('what is not ours, a proxy’s 502 or a log-in page of the network, counts as unreachable', async () => {
  fetchStub.mockImplementation(async () => new Response('<h1>Bad gateway</h1>', { status: 502 }))
  expect(await settled(call(readOne, { params: { id } }))).toBeInstanceOf(ClientOffline)
  fetchStub.mockImplementation(async () => new Response('<html>', { status: 200 }))
  expect(await settled(call(readOne, { params: { id } }))).toBeInstanceOf(ClientOffline)
})

test('problem details become a ClientRefusal, and every listener hears of it', async () => {
  const heard: string[] = []
  const end = onRefused((refusal) => heard.push(refusal.code))
  const problem = {
    type: 'urn:x',
    title: '请求太多',
    status: 429,
    detail: '操作太频繁,请稍等片刻再试。',
    code: 'platform/too-many-requests',
    requestId: 'r-1',
    errors: [{ path: '/body/text', message: 'too long' }, { path: 3 }],
  }
  fetchStub.mockImplementation(async () => json(problem, 429, { 'retry-after': '7' }))
  const error = await settled(call(change, { params: { id }, body: { text: 'a' } }))
  expect(error).toBeInstanceOf(ClientRefusal)
  expect(error).toMatchObject({
    code: 'platform/too-many-requests',
    status: 429,
    words: '操作太频繁,请稍等片刻再试。',
    errors: [{ path: '/body/text', message: 'too long' }],
    requestId: 'r-1',
    retryAfterSeconds: 7,
  })
  expect(fetchStub).toHaveBeenCalledTimes(1)
  end()
  await settled(call(change, { params: { id }, body: { text: 'a' } }))
  expect(heard).toEqual(['platform/too-many-requests'])
})

test('an error without problem details is a fault with words that blame nobody', async () => {
  fetchStub.mockResolvedValue(new Response('oops', { status: 500, headers: { 'x-request-id': 'r-9' } }))
  const error = await settled(call(readOne, { params: { id } }))
  expect(error).toMatchObject({ code: 'platform/fault', status: 500, requestId: 'r-9' })
})

test('an empty reply is an empty object, and a DELETE carries no body', async () => {
  fetchStub.mockResolvedValue(new Response(null, { status: 204 }))
  expect(await call(leave)).toEqual({})
  expect(sent().init.body).toBeUndefined()
  expect(sent().headers['content-type']).toBeUndefined()
})

test('an aborted call throws the reason of its signal, also while waiting for a repeat', async () => {
  const abort = new AbortController()
  fetchStub.mockRejectedValue(new TypeError('Failed to fetch'))
  const result = call(readOne, { params: { id } }, { signal: abort.signal }).catch((error: unknown) => error)
  await vi.advanceTimersByTimeAsync(10)
  abort.abort(new Error('left the page'))
  expect(await result).toMatchObject({ message: 'left the page' })
})

test('an address needs every part of its path and escapes it', () => {
  expect(() => callUrl(readOne, {})).toThrow('needs id')
  expect(callUrl(readOne, { id: 'a/b' })).toBe('/api/x/a%2Fb')
})
