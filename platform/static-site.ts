/** The built pages: the choice at `/`, the console, the resident and field app, and the API's own pages. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from './refusal.ts'
import type { ServerModule } from './server-module.ts'

/** A year: the name changes with the content. */
const forever = 'public, max-age=31536000, immutable'
/** Kept, and asked about each time, so that a new version is seen with the next load. */
const askAgain = 'no-cache'
const hashed = /-[A-Za-z0-9_-]{8}\.[a-z0-9]+$/

/** Serves `folder` (dist/web) with `home`, `console`, `m` and `api-docs` in it. A part that is not built is left out. */
export function staticSite(folder: string): ServerModule {
  return {
    name: 'static-site',
    operations: [],
    refusals: {},
    words: {},
    routes: (app) => {
      app.register(async (scope: FastifyInstance) => {
        await scope.register(fastifyStatic, {
          root: folder,
          serve: false,
          cacheControl: false,
          preCompressed: true,
          setHeaders: (response, path) => {
            response.header('cache-control', hashed.test(path.replace(/\.(br|gz)$/, '')) ? forever : askAgain)
          },
        })
        const pages = (name: string) => join(folder, name)
        single(scope, '/console', pages('console'))
        single(scope, '/m', pages('m'))
        if (existsSync(pages('api-docs'))) files(scope, '/api/docs', pages('api-docs'))
        home(scope, pages('home'))
      })
    },
  }
}

const lastPart = (path: string) => path.split('/').at(-1) ?? ''
const pathBelow = (request: FastifyRequest) => (request.params as { '*': string })['*']

/** A single-page app: a file where there is one, else its page, which knows its own paths. */
function single(app: FastifyInstance, prefix: string, root: string): void {
  app.get(prefix, (_, reply) => reply.redirect(`${prefix}/`, 308))
  app.get(`${prefix}/*`, (request, reply) => {
    const path = pathBelow(request)
    return reply.sendFile(lastPart(path).includes('.') ? path : 'index.html', root)
  })
}

function files(app: FastifyInstance, prefix: string, root: string): void {
  app.get(prefix, (_, reply) => reply.redirect(`${prefix}/`, 308))
  app.get(`${prefix}/*`, (request, reply) => reply.sendFile(pathBelow(request) || 'index.html', root))
}

function home(app: FastifyInstance, root: string): void {
  app.get('/', (_, reply) => reply.sendFile('index.html', root))
  app.get('/*', (request, reply: FastifyReply) => {
    const path = pathBelow(request)
    if (path === 'api' || path.startsWith('api/')) throw new Refusal('platform/not-found')
    if (lastPart(path).includes('.')) return reply.sendFile(path, root)
    // A person who mistyped gets a page to go on from; a program gets told.
    if (!request.headers.accept?.includes('text/html')) throw new Refusal('platform/not-found')
    return reply.code(404).sendFile('index.html', root)
  })
}
