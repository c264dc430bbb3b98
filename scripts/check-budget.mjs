/**
 * Refuses a resident app whose first page loads more JavaScript than a slow phone should wait for.
 * Counts, gzipped, everything that a page of `/m/` loads before it shows: the entry and all that it imports, plus
 * the page and its shell. Lazy parts such as the map are not on the way. Prints the console's entry as well.
 */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const budgetBytes = 150 * 1024
const web = fileURLToPath(new URL('../dist/web/', import.meta.url))

/** @param {string} app @returns {Record<string, {file: string, src?: string, isEntry?: boolean, imports?: string[]}>} */
const manifestOf = (app) => JSON.parse(readFileSync(`${web}${app}/.vite/manifest.json`, 'utf8'))

/** The files that a set of chunks loads at once. */
function filesOf(manifest, keys, seen = new Set()) {
  for (const key of keys) {
    const chunk = manifest[key]
    if (!chunk || seen.has(key)) continue
    seen.add(key)
    filesOf(manifest, chunk.imports ?? [], seen)
  }
  return [...seen].map((key) => manifest[key].file).filter((file) => file.endsWith('.js'))
}

const sizeOf = (app, files) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(`${web}${app}/${file}`), { level: 9 }).length, 0)
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`

const resident = manifestOf('m')
const entry = Object.keys(resident).filter((key) => resident[key].isEntry)
const pages = Object.keys(resident).filter((key) => /-page\.vue$/.test(resident[key].src ?? ''))
let worst = 0
for (const page of pages) {
  const shell = /field/.test(page) ? 'field-shell.vue' : 'resident-shell.vue'
  const bytes = sizeOf('m', filesOf(resident, [...entry, shell, page]))
  worst = Math.max(worst, bytes)
  console.log(`/m/ ${page.padEnd(48)} ${kib(bytes)} of JavaScript, gzipped`)
}
if (existsSync(`${web}console/.vite/manifest.json`)) {
  const consoleApp = manifestOf('console')
  const first = Object.keys(consoleApp).filter((key) => consoleApp[key].isEntry)
  console.log(`/console/ entry ${kib(sizeOf('console', filesOf(consoleApp, first)))} of JavaScript, gzipped`)
}

if (pages.length === 0 || worst > budgetBytes) {
  console.error(`/m/ loads ${kib(worst)} on its heaviest page; the budget is ${kib(budgetBytes)}.`)
  process.exit(1)
}
