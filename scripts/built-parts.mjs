/** What `dist/` consists of, from which sources each part comes, and whether it is out of date. */
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of the project. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)))

export const programs = [
  { name: 'server', entry: 'apps/server.ts' },
  { name: 'worker', entry: 'apps/worker.ts' },
  { name: 'cli', entry: 'apps/cli.ts' },
  { name: 'sheet-thread', entry: 'platform/sheets/sheet-thread.ts' },
  { name: 'partition-thread', entry: 'modules/areas/server/partition-thread.ts' },
]

export const webApps = [
  { name: 'home', folder: 'apps/home', out: 'web/home' },
  { name: 'console', folder: 'apps/console', out: 'web/console' },
  { name: 'resident', folder: 'apps/resident', out: 'web/m' },
]

const common = ['lib', 'modules', 'package-lock.json', 'scripts/build.mjs', 'scripts/built-parts.mjs']
const shared = ['ui', 'platform/client', 'apps/session', 'apps/look-route.ts', ...common]

/** Folders and files that a part is made from; finer would save seconds and sometimes be wrong. */
function sourcesOf(part) {
  if (part === 'programs') return ['platform', 'migrations', 'demo', 'apps', ...common]
  const app = webApps.find(({ name }) => name === part)
  return [app.folder, ...shared]
}

function stampOf(part) {
  return join(root, 'dist', `.${part}-built`)
}

/** Time of the newest source in milliseconds; tests are no sources. */
function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false })
  if (found === undefined || path.endsWith('.test.ts')) return 0
  if (!found.isDirectory()) return found.mtimeMs
  // A folder's own time tells that a file was removed.
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))))
}

/** The time at which the build began counts, so that an edit during it is not missed. */
const began = new Date()

export function writeStamp(part) {
  mkdirSync(join(root, 'dist'), { recursive: true })
  writeFileSync(stampOf(part), '')
  utimesSync(stampOf(part), began, began)
}

/** Names of the parts that are missing or older than their sources. */
export function staleParts() {
  const parts = ['programs', ...webApps.map(({ name }) => name)]
  return parts.filter((part) => {
    const app = webApps.find(({ name }) => name === part)
    if (app !== undefined && !existsSync(join(root, app.folder, 'vite.config.ts'))) return false
    const stamp = statSync(stampOf(part), { throwIfNoEntry: false })
    return stamp === undefined || sourcesOf(part).some((source) => newest(join(root, source)) > stamp.mtimeMs)
  })
}
