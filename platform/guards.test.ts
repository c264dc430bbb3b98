import { connect } from 'node:net'
import { sql } from 'kysely'
import { Type } from 'typebox'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { defineOperation } from '../lib/contract.ts'
import { changeLimit } from './change-limit.ts'
import { movableClock } from './clock.ts'
import { openPool } from './db.ts'
import { buildHttpServer } from './http-server.ts'
import { operation } from './operation.ts'
import type { ServerModule } from './server-module.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'

const echo = defineOperation({
  name: 'test.echo',
  method: 'POST',
  path: '/api/echo',
  summary: 'test',
  who: 'anyone',
  audit: 'none',
  idempotency: 'unstored',
  body: Type.Object(
    {
      text: Type.String(),
      inner: Type.Optional(Type.Object({ list: Type.Array(Type.String()) }, { additionalProperties: false })),
      number: Type.Optional(Type.Integer()),
    },
    { additionalProperties: false },
  ),
  output: Type.Object({ text: Type.String() }),
})

const fault = defineOperation({
  name: 'test.fault',
  method: 'GET',
  path: '/api/fault',
  summary: 'test',
  who: 'anyone',
  output: Type.Object({}),
})

const cookie = defineOperation({
  name: 'test.cookie',
  method: 'POST',
  path: '/api/cookie',
  summary: 'test',
  who: 'anyone',
  audit: 'none',
  idempotency: 'unstored',
  output: Type.Object({}),
})

const ask = defineOperation({
  name: 'test.ask',
  method: 'GET',
  path: '/api/ask',
  summary: 'test',
  who: 'anyone',
  query: Type.Object({ word: Type.String() }, { additionalProperties: false }),
  output: Type.Object({ word: Type.String() }),
})

const askByPath = defineOperation({
  name: 'test.askByPath',
  method: 'GET',
  path: '/api/asked/{word}',
  summary: 'test',
  who: 'anyone',
  params: Type.Object({ word: Type.String() }, { additionalProperties: false }),
  output: Type.Object({ word: Type.String() }),
})

const testModule: ServerModule = {
  name: 'test',
  refusals: {},
  words: {},
  operations: [
    operation(echo, async ({ body }) => ({ text: body.text })),
    operation(fault, async ({ tx }) => {
      await tx.many(sql`select secret_column from no_such_table`)
      return {}
    }),
    operation(ask, async ({ query }) => ({ word: query.word })),
    operation(askByPath, async ({ params }) => ({ word: params.word })),
    operation(cookie, async ({ setSessionCookie }) => {
      setSessionCookie('token-of-the-test')
      return {}
    }),
  ],
}

let t: TestServer
beforeAll(async () => {
  t = await startTestServer({ modules: [testModule], authenticator: () => async () => undefined })
})
afterAll(() => t.close())

interface Told {
  code?: string
  text?: string
  detail?: string
  requestId?: string
  errors?: { path: string }[]
}

async function post(body: string, headers: Record<string, string> = {}, path = '/api/echo') {
  const response = await fetch(`${t.baseUrl}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': 'a-key-of-the-test', ...headers },
    body,
  })
  return { status: response.status, body: (await response.json()) as Told, headers: response.headers }
}

const good = JSON.stringify({ text: '你好' })

test.each([
  ['our own page', { origin: 'self', 'sec-fetch-site': 'same-origin' }, 200],
  ['a program', {}, 200],
  ['an address typed by a person', { 'sec-fetch-site': 'none' }, 200],
  ['another site by its origin', { origin: 'https://evil.example' }, 403],
  ['a page without an origin', { origin: 'null' }, 403],
  ['the same host on another port', { origin: 'http://127.0.0.1:1' }, 403],
  ['another site as the browser says', { 'sec-fetch-site': 'cross-site' }, 403],
  ['a neighbour domain', { 'sec-fetch-site': 'same-site' }, 403],
])('a change sent by %s', async (_, headers: Record<string, string>, status) => {
  const sent = headers.origin === 'self' ? { ...headers, origin: t.baseUrl } : headers
  const reply = await post(good, sent)
  expect(reply.status).toBe(status)
  if (status === 403) expect(reply.body.code).toBe('platform/foreign-origin')
})

test('what the server itself can not take is refused like everything else, with a code and words', async () => {
  const told = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${t.baseUrl}${path}`, { headers })
    const { code, detail } = (await response.json()) as Told
    return [response.status, response.headers.get('content-type')?.split(';')[0], code, detail !== undefined]
  }
  const problem = 'application/problem+json'
  expect(await told(`/api/echo/${'长'.repeat(300)}`)).toEqual([404, problem, 'platform/not-found', true])
  expect(await told('/api/%')).toEqual([404, problem, 'platform/not-found', true])
  expect(await told(`/api/echo?q=${'x'.repeat(40_000)}`)).toEqual([
    400,
    problem,
    'platform/invalid-input',
    true,
  ])
  expect(await told('/api/echo', { accept: 'x'.repeat(40_000) })).toEqual([
    400,
    problem,
    'platform/invalid-input',
    true,
  ])
})

test('a page may load scripts and data from here only, and stand in no frame', async () => {
  const { headers } = await fetch(`${t.baseUrl}/api/openapi.json`)
  const policy = headers.get('content-security-policy') ?? ''
  for (const rule of [
    "default-src 'self'",
    "script-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ])
    expect(policy).toContain(rule)
  expect(policy).not.toMatch(/script-src[^;]*(unsafe|\*|https?:)/)
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cache-control')).toBe('no-store')
  expect(headers.get('x-powered-by')).toBeNull()
})

test('a session cookie is for http only and lax; with a public https address it is __Host- and Secure too', async () => {
  const plain = await post('{}', {}, '/api/cookie')
  expect(plain.headers.get('set-cookie')).toBe('linli=token-of-the-test; Path=/; HttpOnly; SameSite=Lax')
  const pool = openPool(t.database.appUrl, 2, 'linli-test-https')
  const app = await buildHttpServer({
    pool,
    services: t.services,
    clock: t.clock,
    modules: [testModule],
    authenticate: async () => undefined,
    settings: {
      publicUrl: 'https://linli.example',
      checkReplies: true,
      logLevel: 'silent',
      trustProxy: false,
    },
  })
  const secure = await app.inject({
    method: 'POST',
    url: '/api/cookie',
    headers: { 'idempotency-key': 'a-key-of-the-test' },
    payload: {},
  })
  expect(secure.headers['set-cookie']).toBe(
    '__Host-linli=token-of-the-test; Path=/; HttpOnly; Secure; SameSite=Lax',
  )
  expect(secure.headers['strict-transport-security']).toBe('max-age=31536000; includeSubDomains')
  await app.close()
  await pool.end()
})

test('a fault answers 500 with a request id, and with no stack, no SQL and no name of a table', async () => {
  const response = await fetch(`${t.baseUrl}/api/fault`)
  const text = await response.text()
  expect(response.status).toBe(500)
  expect(text).not.toMatch(/select|no_such_table|secret_column|\.ts|node_modules|at \w+/)
  const body = JSON.parse(text) as Told
  expect(body.code).toBe('platform/fault')
  expect(body.requestId).toBe(response.headers.get('x-request-id'))
})

test.each([
  ['a NUL', '{"text":"a\\u0000b"}', '/text'],
  ['half a surrogate pair', '{"text":"\\ud800"}', '/text'],
  ['a NUL deep inside', '{"text":"x","inner":{"list":["a","\\u0000"]}}', '/inner/list/1'],
])('%s is refused with its place', async (_, body, path) => {
  const reply = await post(body)
  expect([reply.status, reply.body.code, reply.body.errors?.[0]?.path]).toEqual([
    400,
    'platform/invalid-input',
    path,
  ])
})

test.each([
  ['an unknown key', '{"text":"x","surprise":1}', ['/body/surprise']],
  ['an unknown key further in', '{"text":"x","inner":{"list":[],"more":1}}', ['/body/inner/more']],
  ['a missing key', '{}', ['/body/text']],
  ['a number where a text should be: nothing is bent to fit', '{"text":1}', ['/body/text']],
  ['a text where a number should be', '{"text":"x","number":"1"}', ['/body/number']],
])('%s is refused with its path', async (_, body, paths) => {
  const reply = await post(body)
  expect([reply.status, reply.body.code]).toEqual([400, 'platform/invalid-input'])
  expect(reply.body.errors?.map((one) => one.path)).toEqual(paths)
})

test.each([
  ['__proto__', '{"text":"x","__proto__":{"admin":true}}'],
  ['__proto__ spelt otherwise', '{"text":"x","\\u005f_proto__":{"admin":true}}'],
  ['a constructor with a prototype', '{"text":"x","constructor":{"prototype":{"admin":true}}}'],
  ['no JSON', '{"text":'],
  ['nothing', ''],
])('%s is refused', async (_, body) => {
  const reply = await post(body)
  expect([reply.status, reply.body.code]).toEqual([400, 'platform/invalid-input'])
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})

test.each([
  ['text/plain'],
  ['application/x-www-form-urlencoded'],
  ['application/xml'],
  ['multipart/form-data; boundary=x'],
])('a body as %s is refused: a form of another site can send no act', async (type) => {
  const reply = await post(good, { 'content-type': type })
  expect([reply.status, reply.body.code]).toEqual([415, 'platform/media-type'])
})

test('a body of more than 256 KB is refused', async () => {
  const reply = await post(JSON.stringify({ text: 'x'.repeat(256 * 1024) }))
  expect([reply.status, reply.body.code]).toEqual([413, 'platform/too-large'])
})

test('a key that is too short, too long or of other characters is as good as none', async () => {
  for (const key of ['short', 'x'.repeat(101), 'a b c d e f', "';drop--1"])
    expect((await post(good, { 'idempotency-key': key })).body.code).toBe('platform/idempotency-key-missing')
})

test('problems are told in the language asked for, Chinese first', async () => {
  const zh = await post('{}')
  const en = await post('{}', { 'accept-language': 'en-GB,en;q=0.9' })
  expect(zh.body.detail).toMatch(/\p{Script=Han}/u)
  expect(en.body.detail).not.toMatch(/\p{Script=Han}/u)
  expect(zh.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
})

test('changes are limited by account and by address, across processes, until the window ends', async () => {
  const clock = movableClock(new Date('2026-09-14T01:00:10Z'))
  const limits = { perAccount: 40, perAddress: 20, windowSeconds: 60 }
  const processes = [1, 2].map(() => changeLimit(t.pool, t.services.keys, limits))
  const actor = { accountId: 'somebody' } as Parameters<(typeof processes)[number]>[0]
  const taken = async (who: typeof actor, address: string) => {
    let count = 0
    for (; count < 200; count += 1)
      try {
        await processes[count % 2]?.(who, address, clock.now())
      } catch (error) {
        expect(error).toMatchObject({ code: 'platform/too-many-requests', retryAfterSeconds: 50 })
        return count
      }
    return count
  }
  // Each process may keep nine hits to itself before it tells.
  const account = await taken(actor, '10.0.0.1')
  expect(account).toBeGreaterThanOrEqual(40)
  expect(account).toBeLessThanOrEqual(58)
  const address = await taken(undefined, '10.0.0.1')
  expect(address).toBeGreaterThanOrEqual(20)
  expect(address).toBeLessThanOrEqual(38)
  expect(await t.look("select 1 from rate_limits where bucket like '%10.0.0.1%'")).toEqual([])
  clock.moveBy(50_000)
  await processes[0]?.(actor, '10.0.0.1', clock.now())
})

/** What the server answers to bytes that no proper client sends. */
function raw(text: string): Promise<string> {
  const { hostname, port } = new URL(t.baseUrl)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk.toString()
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

test('a request whose end can be read in two ways is refused, and TRACE is not spoken', async () => {
  const head = 'POST /api/echo HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
  const both = await raw(`${head}content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nGET /health`)
  expect(both.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400'])
  const twice = await raw(`${head}content-length: 2\r\ncontent-length: 4\r\n\r\n{}{}`)
  expect(twice.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 400'])
  const trace = await raw('TRACE /api/echo HTTP/1.1\r\nhost: x\r\nx-mark: seen\r\nconnection: close\r\n\r\n')
  expect(trace).toMatch(/^HTTP\/1\.1 404/)
  expect(trace).not.toContain('x-mark')
})

test('a word that is asked twice is refused, and one in the body is none in the address', async () => {
  const told = async (query: string) => (await fetch(`${t.baseUrl}/api/ask${query}`)).status
  expect([await told('?word=a'), await told('?word=a&word=b'), await told('?word[]=a')]).toEqual([
    200, 400, 400,
  ])
})

test('who comes from another site, or without end, stands in the log by code and operation, and nothing of what was sent', async () => {
  const pool = openPool(t.database.appUrl, 1, 'linli-test-log')
  const app = await buildHttpServer({
    pool,
    services: t.services,
    clock: t.clock,
    modules: [testModule],
    authenticate: async () => undefined,
    settings: { publicUrl: undefined, checkReplies: true, logLevel: 'silent', trustProxy: false },
  })
  const lines: unknown[] = []
  const child = app.log.child.bind(app.log)
  vi.spyOn(app.log, 'child').mockImplementation((...given) =>
    Object.assign(child(...given), { warn: (...line: unknown[]) => lines.push(line) }),
  )
  const send = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/api/echo', headers, payload: { text: '秘密' } })
  await send({ origin: 'https://evil.example' })
  await send({ 'idempotency-key': 'a-key-of-the-test' })
  expect(lines).toEqual([[{ code: 'platform/foreign-origin', operation: 'test.echo' }, 'refused']])
  await app.close()
  await pool.end()
})

test('what the database could not keep is refused in an address too', async () => {
  expect((await fetch(`${t.baseUrl}/api/asked/%E4%BD%A0%E5%A5%BD`)).status).toBe(200)
  const response = await fetch(`${t.baseUrl}/api/asked/a%00b`)
  expect([response.status, ((await response.json()) as Told).code]).toEqual([400, 'platform/invalid-input'])
})
