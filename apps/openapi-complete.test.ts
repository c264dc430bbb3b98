import { expect, test } from 'vitest'
import { systemClock } from '../platform/clock.ts'
import { openPool } from '../platform/db.ts'
import { eventsModule } from '../platform/events.ts'
import { filesModule } from '../platform/files.ts'
import { buildHttpServer } from '../platform/http-server.ts'
import { openApiDocument } from '../platform/openapi.ts'
import type { ServerModule } from '../platform/server-module.ts'
import { modules } from './modules.ts'

test('every route under /api stands in the OpenAPI document, and nothing that is not served', async () => {
  const served = new Set<string>()
  const watcher: ServerModule = {
    name: 'watcher',
    operations: [],
    refusals: {},
    words: {},
    routes: (app) => {
      app.addHook('onRoute', ({ method, url }) => {
        if (!url.startsWith('/api/') || url === '/api/openapi.json') return
        for (const one of Array.isArray(method) ? method : [method])
          if (one !== 'HEAD') served.add(`${one} ${url.replace(/:(\w+)/g, '{$1}')}`)
      })
    },
  }
  const all = [watcher, filesModule, eventsModule(), ...modules]
  // Nothing is asked of the database: routes are only laid.
  const pool = openPool('postgres://nobody@127.0.0.1:1/nothing', 1, 'linli-test')
  const app = await buildHttpServer({
    pool,
    services: {} as never,
    clock: systemClock,
    modules: all,
    authenticate: async () => undefined,
    settings: { publicUrl: undefined, checkReplies: false, logLevel: 'silent', trustProxy: false },
  })
  await app.ready()
  const told = Object.entries(openApiDocument(all).paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  await app.close()
  await pool.end()
  expect([...served].toSorted()).toEqual(told.toSorted())
  expect(served.size).toBeGreaterThan(60)
})

test('what comes in or goes out as bytes is told as such', () => {
  const { paths } = openApiDocument([filesModule, eventsModule(), ...modules])
  const at = (path: string, method: string) =>
    paths[path]?.[method] as {
      requestBody?: { content: object }
      responses: Record<string, { content?: object }>
    }
  expect(Object.keys(at('/api/files', 'post').requestBody?.content ?? {})).toEqual(['multipart/form-data'])
  expect(Object.keys(at('/api/stream', 'get').responses[200]?.content ?? {})).toEqual(['text/event-stream'])
  expect(Object.keys(at('/api/cases/{id}/files/{fileId}', 'get').responses[200]?.content ?? {})).toEqual([
    'image/jpeg',
    'application/pdf',
  ])
  expect(Object.keys(at('/api/cases/export', 'get').responses[200]?.content ?? {})).toEqual([
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ])
})
