import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { healthModule } from './health.ts'
import { createMetrics } from './metrics.ts'
import { staticSite } from './static-site.ts'
import { startTestServer, type TestServer } from './testing/test-server.ts'

const web = mkdtempSync(join(tmpdir(), 'linli-test-web-'))
let t: TestServer
beforeAll(async () => {
  const files: Record<string, string> = {
    'home/index.html': '<h1>home</h1>',
    'home/icon.svg': '<svg/>',
    'console/index.html': '<h1>console</h1>',
    'console/assets/index-DjiSbcDQ.js': 'console.log(1)',
    'console/assets/index-DjiSbcDQ.js.gz': '',
    'm/index.html': '<h1>m</h1>',
    'm/sw.js': '1',
    'm/manifest.webmanifest': '{}',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(web, path, '..'), { recursive: true })
    writeFileSync(join(web, path), path.endsWith('.gz') ? gzipSync('console.log(1)') : text)
  }
  writeFileSync(join(web, 'secret.txt'), 'secret')
  t = await startTestServer({
    modules: [createMetrics(false).module, healthModule, staticSite(web)],
    authenticator: () => async () => undefined,
  })
})
afterAll(async () => {
  await t.close()
  rmSync(web, { recursive: true, force: true })
})

const get = async (path: string, headers: Record<string, string> = {}) => {
  const response = await fetch(`${t.baseUrl}${path}`, { headers, redirect: 'manual' })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

test.each([
  ['/', '<h1>home</h1>'],
  ['/console/', '<h1>console</h1>'],
  ['/console/cases/0190?state=pending', '<h1>console</h1>'],
  ['/m/', '<h1>m</h1>'],
  ['/m/requests/new', '<h1>m</h1>'],
])('%s is a page, asked about again each time', async (path, text) => {
  const reply = await get(path)
  expect([reply.status, reply.text]).toEqual([200, text])
  expect(reply.headers.get('content-type')).toMatch(/^text\/html/)
  expect(reply.headers.get('cache-control')).toBe('no-cache')
  expect(reply.headers.get('content-security-policy')).toContain("script-src 'self'")
})

test('what is named after its content is kept for a year, sent packed to whoever takes it; all else is asked about', async () => {
  const asset = await get('/console/assets/index-DjiSbcDQ.js', { 'accept-encoding': 'gzip' })
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(asset.headers.get('content-encoding')).toBe('gzip')
  expect(asset.headers.get('content-type')).toMatch(/javascript/)
  expect(asset.text).toBe('console.log(1)')
  for (const path of ['/m/sw.js', '/m/manifest.webmanifest', '/icon.svg'])
    expect((await get(path)).headers.get('cache-control')).toBe('no-cache')
})

test('an asset that is gone is a 404 and not a page, or an old tab would run HTML as a script', async () => {
  const gone = await get('/console/assets/index-AAAAAAAA.js')
  expect([gone.status, (JSON.parse(gone.text) as { code: string }).code]).toEqual([404, 'platform/not-found'])
})

test.each([['/api/nothing'], ['/api'], ['/api/'], ['/nothing']])(
  '%s is a 404 for programs, as JSON',
  async (path) => {
    const reply = await get(path)
    expect(reply.status).toBe(404)
    expect(reply.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  },
)

test('a person who mistyped gets the home page with a 404, but under /api/ JSON', async () => {
  const accept = { accept: 'text/html,*/*' }
  const page = await get('/cnsole', accept)
  expect([page.status, page.text]).toEqual([404, '<h1>home</h1>'])
  expect((await get('/api/nothing', accept)).headers.get('content-type')).toMatch(/json/)
})

test('nothing beside the pages is served', async () => {
  for (const path of [
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/console/..%2f..%2fsecret.txt',
    '/m/%2e%2e%2fsecret.txt',
  ]) {
    const reply = await get(path)
    expect(reply.text).not.toBe('secret')
    expect(reply.status).toBeGreaterThanOrEqual(400)
  }
})

test('the console and the app without a slash lead to it', async () => {
  for (const path of ['/console', '/m']) {
    const reply = await get(path)
    expect([reply.status, reply.headers.get('location')]).toEqual([308, `${path}/`])
  }
})

test('alive and ready are two answers: without its schema the server lives and is not ready', async () => {
  expect(JSON.parse((await get('/health')).text)).toEqual({ status: 'ok' })
  const ready = await get('/ready')
  expect([ready.status, JSON.parse(ready.text)]).toEqual([200, { status: 'ready' }])
  await t.look('delete from schema_migrations where number = (select max(number) from schema_migrations)')
  const behind = await get('/ready')
  expect([behind.status, JSON.parse(behind.text)]).toEqual([503, { status: 'not-ready', why: 'migrations' }])
  await t.look('revoke select on schema_migrations from linli_app')
  expect(JSON.parse((await get('/ready')).text)).toEqual({ status: 'not-ready', why: 'database' })
  expect((await get('/health')).status).toBe(200)
})

test('figures are for this machine: by operation, pool and lag, without a path that somebody typed', async () => {
  await get('/typed-by-somebody')
  const reply = await get('/metrics')
  expect(reply.status).toBe(200)
  expect(reply.text).toMatch(/linli_request_seconds_count\{operation="\/ready",status="5xx"\} \d/)
  expect(reply.text).toMatch(/linli_pool_connections\{state="idle"\} \d/)
  expect(reply.text).toContain('linli_event_lag_seconds_bucket')
  expect(reply.text).not.toContain('typed-by-somebody')
})

test('a proxy on this machine does not hand the figures on', async () => {
  for (const name of ['x-forwarded-for', 'forwarded', 'x-real-ip'])
    expect((await get('/metrics', { [name]: '127.0.0.1' })).status).toBe(404)
})
