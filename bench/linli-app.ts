/**
 * Our server as it serves, without the limit of changes per account: a bench has few accounts and would only measure
 * the limit. Jobs run apart, as on a machine that is under load.
 */
import type { FastifyInstance } from 'fastify'
import { authenticator } from '../modules/accounts/server/index.ts'
import { systemClock } from '../platform/clock.ts'
import type { Pool } from '../platform/db.ts'
import { buildHttpServer } from '../platform/http-server.ts'
import { type KeyMaterial, openKeys } from '../platform/keys.ts'
import type { Services } from '../platform/services.ts'
import { servedModules } from '../proofs/access/contracts.ts'

export function buildLinli(pool: Pool, keys: KeyMaterial, filesFolder: string): Promise<FastifyInstance> {
  const services: Services = {
    keys: openKeys(keys),
    sms: { name: 'log', send: async () => {} },
    filesFolder,
    demo: false,
  }
  return buildHttpServer({
    pool,
    services,
    clock: systemClock,
    modules: servedModules,
    authenticate: authenticator(pool, services),
    settings: { publicUrl: undefined, checkReplies: false, logLevel: 'warn', trustProxy: false },
  })
}
