/** `/health`: the process lives. `/ready`: it can serve, that is, the database answers and has this program's schema. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { txOn } from './db.ts'
import { readMigrations } from './migrate.ts'
import type { ServerModule } from './server-module.ts'

/** Asked every few seconds by programs: their lines would bury the others. */
export const quiet = (app: FastifyInstance) => (app.log.level === 'silent' ? 'silent' : 'warn')

export const healthModule: ServerModule = {
  name: 'health',
  operations: [],
  refusals: {},
  words: {},
  routes: (app, http) => {
    const wanted = readMigrations().length
    app.get('/health', { logLevel: quiet(app) }, async (_, reply) =>
      reply.header('cache-control', 'no-store').send({ status: 'ok' }),
    )
    app.get('/ready', { logLevel: quiet(app) }, async (request, reply) => {
      reply.header('cache-control', 'no-store')
      try {
        const { newest } = await txOn(http.pool).one(
          sql<{ newest: number }>`select coalesce(max(number), 0) as newest from schema_migrations`,
        )
        if (newest === wanted) return reply.send({ status: 'ready' })
        return reply.code(503).send({ status: 'not-ready', why: 'migrations' })
      } catch (error) {
        request.log.warn({ err: error }, 'not ready')
        return reply.code(503).send({ status: 'not-ready', why: 'database' })
      }
    })
  },
}
