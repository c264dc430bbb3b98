/**
 * `npm test`: every test, browser journeys included. Checks that a browser and a Chinese font are there, builds
 * what is out of date, runs vitest and closes with `N passed, N failed`. A run that was cut off has failed.
 * Further arguments go to vitest, e.g. `npm test -- platform`. With DATABASE_URL the tests use that server instead of the
 * embedded one (docs/deployment.md); what they can not do to a server of somebody else's they count as skipped.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './built-parts.mjs'

function found(command, args) {
  const run = spawnSync(command, args, { encoding: 'utf8' })
  return run.status === 0 && run.stdout.trim() !== ''
}

function missingPackages() {
  const browsers = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome']
  const named = process.env.LINLI_CHROMIUM === undefined ? [] : [process.env.LINLI_CHROMIUM]
  const hasBrowser = [...named, ...browsers].some((name) => found(name, ['--version']))
  const hasFont = found('fc-list', [':lang=zh'])
  return [...(hasBrowser ? [] : ['chromium']), ...(hasFont ? [] : ['fontconfig', 'fonts-noto-cjk'])]
}

const aptGet = (...args) =>
  spawnSync('apt-get', args, {
    stdio: 'inherit',
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  }).status === 0
const install = (packages) => aptGet('install', '-y', '-q', '--no-install-recommends', ...packages)

/** On a build machine: what is missing, and the Chromium without windows, which takes half the computing time. */
function installBrowser() {
  const wanted = missingPackages().filter((name) => name !== 'chromium')
  if (!found('chromium-headless-shell', ['--version'])) wanted.push('chromium-headless-shell')
  if (wanted.length === 0) return
  console.log(`正在安装 ${wanted.join('、')}…… Installing ${wanted.join(', ')}…`)
  if (aptGet('update', '-q') && install(wanted)) return
  const missing = missingPackages()
  if (missing.length > 0) install(missing)
}

/** Installs what is missing when this is a build machine, else says how. */
function provideBrowser() {
  if (process.getuid?.() === 0 && process.env.CI === 'true') installBrowser()
  const missing = missingPackages()
  if (missing.length === 0) return true
  console.error(
    '浏览器测试需要 Chromium 和中文字体，请先运行： The browser journeys need Chromium and a Chinese font; run:',
  )
  console.error(`  sudo apt-get update && sudo apt-get install -y ${missing.join(' ')}`)
  return false
}

function run(args, env = {}) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
    .status
}

/** Counts of the run, or undefined when it ended before its reporter did. */
function readCounts(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

function runTests() {
  if (!provideBrowser()) return { passed: 0, failed: 1 }
  if (run([join('scripts', 'build.mjs'), 'stale']) !== 0) return { passed: 0, failed: 1 }
  const folder = mkdtempSync(join(tmpdir(), 'linli-counts-'))
  const path = join(folder, 'counts.json')
  const status = run([join('node_modules', 'vitest', 'vitest.mjs'), 'run', ...process.argv.slice(2)], {
    LINLI_TEST_COUNTS: path,
  })
  const { passed = 0, failed = 1, skipped = 0 } = readCounts(path) ?? {}
  rmSync(folder, { recursive: true, force: true })
  return { passed, skipped, failed: status === 0 ? failed : Math.max(failed, 1) }
}

const { passed, failed, skipped = 0 } = runTests()
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`)
