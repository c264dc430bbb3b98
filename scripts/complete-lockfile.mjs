/**
 * `node scripts/complete-lockfile.mjs`, after a change of dependencies. A registry that does not carry the packages of
 * other platforms makes `npm install` leave them out of the lockfile, and `npm ci` then refuses it everywhere. This adds
 * the missing optional ones with the version that their parent asks for and the platform that their name states.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const systems = ['android', 'darwin', 'win32', 'freebsd', 'openbsd', 'netbsd', 'openharmony', 'linux']
const processors = ['arm64', 'x64', 'ia32', 'riscv64', 'ppc64', 's390x', 'loong64', 'arm']

/** Platform fields from a name such as `@rollup/rollup-linux-arm64-musl`. */
export function platformOf(name) {
  const words = name.split(/[/-]/)
  const os = systems.find((system) => words.includes(system))
  const cpu = processors.find((processor) => words.includes(processor))
  if (!os || !cpu) return undefined
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu')) && os === 'linux'
      ? ['glibc']
      : undefined
  return { os: [os], cpu: [cpu], ...(libc ? { libc } : {}) }
}

const found = (packages, from, name) => {
  for (let place = from; ; place = place.slice(0, place.lastIndexOf('/node_modules/'))) {
    if (packages[`${place ? `${place}/` : ''}node_modules/${name}`]) return true
    if (!place.includes('node_modules')) return false
    if (!place.includes('/node_modules/')) place = ''
    if (place === '') return packages[`node_modules/${name}`] !== undefined
  }
}

/** Adds entries to the lockfile's `packages`; gives back the names added. */
export function complete(packages) {
  const added = []
  for (const [place, entry] of Object.entries(packages))
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (place === '' || found(packages, place, name)) continue
      const platform = platformOf(name)
      const version = /\d+\.\d+\.\d+[^\s|]*/.exec(range)?.[0]
      if (!platform || !version) throw new Error(`no platform or version to be read from ${name}@${range}`)
      packages[`node_modules/${name}`] = {
        version,
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
        ...platform,
      }
      added.push(name)
    }
  return added
}

if (import.meta.filename === process.argv[1]) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
  const added = complete(lock.packages)
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)))
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
  console.log(`${added.length} optional packages of other platforms added`)
}
