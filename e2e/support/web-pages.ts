/** Serves the built pages of `dist/web` beside the API, for the journeys. */
import { existsSync, readFileSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServerModule } from '../../platform/server-module.ts'

const web = fileURLToPath(new URL('../../dist/web/', import.meta.url))
const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript', // the map's worker
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

/** The file of an app, or its index page for an address that the app's own router knows. */
function fileOf(app: string, rest: string): string {
  const wanted = join(web, app, normalize(`/${rest}`))
  return extname(wanted) !== '' && existsSync(wanted) ? wanted : join(web, app, 'index.html')
}

/** @throws Error when the pages are not built (`npm run build`) */
export function webPages(): ServerModule {
  if (!existsSync(join(web, 'm', 'index.html'))) throw new Error('dist/web is not built: npm run build')
  return {
    name: 'web-pages',
    operations: [],
    refusals: {},
    words: {},
    routes: (app) => {
      for (const [path, folder] of [
        ['/m', 'm'],
        ['/console', 'console'],
      ] as const)
        app.get<{ Params: { '*': string } }>(`${path}/*`, async (request, reply) => {
          const file = fileOf(folder, request.params['*'])
          // As in a built system: what carries its hash in its name is asked for once.
          if (file.includes('/assets/')) reply.header('cache-control', 'public, max-age=31536000, immutable')
          return reply.type(types[extname(file)] ?? 'application/octet-stream').send(readFileSync(file))
        })
    },
  }
}
