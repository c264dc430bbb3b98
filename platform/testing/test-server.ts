/** The real HTTP server on a database of its own, for tests: as linli_app, with a clock that the test moves. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client, type QueryResultRow } from 'pg'
import type { Actor } from '../actor.ts'
import { movableClock } from '../clock.ts'
import { openPool, type Pool } from '../db.ts'
import { buildHttpServer } from '../http-server.ts'
import { openKeys } from '../keys.ts'
import type { ServerModule } from '../server-module.ts'
import type { Services } from '../services.ts'
import { inRequest } from './in-request.ts'
import { client, type TestClient } from './test-client.ts'
import { freshDatabase, type TestDatabase } from './test-database.ts'

/** Monday, 14 September 2026, 09:00 in the street; a working day between working days. */
export const testStart = new Date('2026-09-14T01:00:00Z')

export interface TestServerOptions {
  modules: readonly ServerModule[]
  /** The accounts module's; the platform knows no module. */
  authenticator(
    pool: Pool,
    services: Services,
  ): (token: string, at: Date, inUse?: boolean) => Promise<Actor | undefined>
  /** False unless given. */
  demo?: boolean
  /** Where the clock stands at first; `testStart` unless given. */
  at?: Date
}

export interface TestServer {
  baseUrl: string
  database: TestDatabase
  /** As linli_app, under row security. */
  pool: Pool
  services: Services
  clock: ReturnType<typeof movableClock>
  /** Texts that would have gone to phones. */
  texts: { phone: string; text: string }[]
  /** A browser that nobody is signed in on. */
  client(): TestClient
  /** Rows as the superuser sees them: to look at what was written, whoever may read it. */
  look<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>
  close(): Promise<void>
}

/** Starts the server on a free port of the loopback. Replies are checked against their contracts. */
export async function startTestServer(options: TestServerOptions): Promise<TestServer> {
  const database = await freshDatabase()
  const pool = openPool(database.appUrl, 8, 'linli-test')
  const onlooker = new Client({ connectionString: database.superuserUrl })
  await onlooker.connect()
  const filesFolder = mkdtempSync(join(tmpdir(), 'linli-test-files-'))
  const texts: TestServer['texts'] = []
  const services: Services = {
    keys: openKeys({
      encryption: Buffer.alloc(32, 1).toString('base64'),
      blindIndex: Buffer.alloc(32, 2).toString('base64'),
    }),
    sms: { name: 'log', send: async (phone, text) => void texts.push({ phone, text }) },
    filesFolder,
    demo: options.demo ?? false,
  }
  const clock = movableClock(options.at ?? testStart)
  const app = await buildHttpServer({
    pool,
    services,
    clock,
    modules: options.modules,
    authenticate: options.authenticator(pool, services),
    settings: {
      publicUrl: undefined,
      checkReplies: true,
      logLevel: process.env.LINLI_TEST_LOG ?? 'silent',
      trustProxy: true,
    },
  })
  app.server.prependListener('request', () => inRequest.enterWith(true))
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    baseUrl,
    database,
    pool,
    services,
    clock,
    texts,
    client: () => client(baseUrl),
    look: async <Row extends QueryResultRow>(sql: string, values: unknown[] = []) =>
      (await onlooker.query<Row>(sql, values)).rows,
    close: async () => {
      await app.close()
      await pool.end()
      await onlooker.end()
      await database.drop()
      rmSync(filesFolder, { recursive: true, force: true })
    },
  }
}
