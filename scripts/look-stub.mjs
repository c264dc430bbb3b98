/** Serves the built pages and answers sessions with a made-up one, for looking at the shells without a server. */
import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}
const csp =
  "default-src 'self'; script-src 'self'; worker-src 'self' blob:; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'"

/** The file of a built app for a path; an unknown path under an app is its index page. */
function fileFor(web, path) {
  const [app, rest] = path.startsWith('/console')
    ? ['console', path.slice(8)]
    : path.startsWith('/m')
      ? ['m', path.slice(2)]
      : ['home', path]
  const wanted = join(web, app, normalize(rest))
  return existsSync(wanted) && statSync(wanted).isFile() ? wanted : join(web, app, 'index.html')
}

/** Listens on a free port of this machine, with the content security policy of the real server. */
export function serveBuiltPages(web) {
  if (!existsSync(join(web, 'm', 'index.html'))) throw new Error(`${web} is not built yet: npm run build`)
  const server = createServer((request, response) => {
    const file = fileFor(web, decodeURIComponent(new URL(request.url ?? '/', 'http://x').pathname))
    response.writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': csp,
    })
    createReadStream(file).pipe(response)
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () =>
      resolve({ base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }),
    )
  })
}

const session = (role) => ({
  kind: role === 'resident' ? 'resident' : 'staff',
  accountId: '01900000-0000-7000-8000-000000000001',
  displayName: role === 'resident' ? '138****0001' : '示范员',
  street: { id: 1, code: 'demo', name: '示范街道' },
  roles: [role],
  standingIn: [],
  posts:
    role === 'resident'
      ? []
      : [
          {
            id: '01900000-0000-7000-8000-000000000002',
            role,
            area: { name: '示范街道' },
            organisation: null,
          },
        ],
  demo: true,
  mustEnrolTotp: false,
  mustChangePassword: false,
})

/** Answers the API of a page: the session of the role, the demo note, and 404 for all else. */
export async function stubSession(page, role) {
  await page.route(
    (url) => url.pathname.startsWith('/api/'),
    (route) => {
      const path = new URL(route.request().url()).pathname
      if (path === '/api/session')
        return role
          ? route.fulfill({ json: session(role) })
          : route.fulfill({ status: 401, json: { code: 'signed-out' } })
      if (path === '/api/demo-note') {
        return route.fulfill({
          json: {
            demo: true,
            streetName: '示范街道',
            usernames: ['dispatcher', 'clerk', 'grid-worker', 'grid-head', 'handler', 'verifier'],
            residentPhones: ['13800000001'],
          },
        })
      }
      return route.fulfill({ status: 404, json: {} })
    },
  )
}
