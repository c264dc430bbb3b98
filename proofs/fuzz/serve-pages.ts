/** The server of a scene once more, with its built pages beside the API. */
import { join } from 'node:path'
import { authenticator } from '../../modules/accounts/server/index.ts'
import { systemClock } from '../../platform/clock.ts'
import type { Pool } from '../../platform/db.ts'
import { buildHttpServer } from '../../platform/http-server.ts'
import type { Services } from '../../platform/services.ts'
import { staticSite } from '../../platform/static-site.ts'
import { servedModules } from '../access/contracts.ts'
import { projectRoot } from '../support/server-bundle.ts'

export const webFolder = join(projectRoot, 'dist', 'web')

/** @returns its address, and how to end it */
export async function servePages(services: Services, pool: Pool) {
  const app = await buildHttpServer({
    pool,
    services,
    clock: systemClock,
    modules: [...servedModules, staticSite(webFolder)],
    authenticate: authenticator(pool, services),
    settings: { publicUrl: undefined, checkReplies: false, logLevel: 'silent', trustProxy: false },
  })
  return { baseUrl: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() }
}
