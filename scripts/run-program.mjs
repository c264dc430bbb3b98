/** Runs one of the built programs, building first what is out of date. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root, staleParts } from './built-parts.mjs'

/** True with build tools, sources and the right to write; a production install lacks one of these. */
function canBuild() {
  const require = createRequire(import.meta.url)
  try {
    for (const tool of ['esbuild', 'vite']) require.resolve(tool)
    accessSync(join(root, 'apps', 'server.ts'))
    accessSync(existsSync(join(root, 'dist')) ? join(root, 'dist') : root, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Builds what is stale, in a process of its own whose memory ends with it. A production install has no build
 * tools, or not the right: there the built files simply run. Returns false when the program cannot run.
 */
export function makeReady(program) {
  if (canBuild() && staleParts().length > 0) {
    const build = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), 'stale'], {
      stdio: 'inherit',
    })
    if (build.status !== 0) {
      console.error('构建失败，没有启动。 The build failed, so nothing was started.')
      return false
    }
  }
  if (existsSync(program)) return true
  console.error(`没有找到 ${program}：请先运行 npm ci 和 npm run build。`)
  console.error(`${program} is missing: run npm ci and npm run build first.`)
  return false
}

/**
 * `name` is `server` or `cli`. The program runs in this very process: no second Node to feed, and signals and
 * exit code are its own.
 */
export async function runProgram(name) {
  const program = join(root, 'dist', `${name}.mjs`)
  if (!makeReady(program)) {
    process.exitCode = 1
    return
  }
  process.setSourceMapsEnabled(true)
  process.argv[1] = program
  await import(pathToFileURL(program).href)
}
