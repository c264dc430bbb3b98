/**
 * `npm run bundle -- [--out FOLDER]`: one file that installs on a machine with Node and nothing else, without a network: the built
 * programs and pages, their libraries with the embedded PostgreSQL, documents, units and configurations, and a list of all
 * libraries (CycloneDX). Made on, and for, machines of this kind.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { root, staleParts } from './built-parts.mjs'

const { values } = parseArgs({ options: { out: { type: 'string', default: join(root, 'dist') } } })
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** What runs, and what whoever installs it reads. No sources, tests or build tools. */
const taken = [
  'dist',
  'deploy',
  'docs',
  'package.json',
  'package-lock.json',
  'LICENSE',
  'README.md',
  'README.zh-CN.md',
  'SECURITY.md',
  'CHANGELOG.md',
  'scripts/start.mjs',
  'scripts/linli.mjs',
  'scripts/run-program.mjs',
  'scripts/built-parts.mjs',
]

/** Commands that need no npm: name and what they run. */
const commands = {
  'linli-server': 'scripts/start.mjs',
  'linli-worker': 'dist/worker.mjs',
  linli: 'scripts/linli.mjs',
}

function run(program, args, cwd) {
  const { status, error } = spawnSync(program, args, { cwd, stdio: ['ignore', 2, 2] })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} failed`, { cause: error })
}

function fill(folder) {
  for (const path of taken)
    cpSync(join(root, path), join(folder, path), {
      recursive: true,
      filter: (source) => !/\.(?:map|tar\.gz|sha256)$|\/\.[^/]*-built$/.test(source),
    })
  console.error('正在装入运行所需的库…… Installing the libraries that run…')
  run('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], folder)
  const list = spawnSync('npm', ['sbom', '--omit=dev', '--sbom-format=cyclonedx', '--package-lock-only'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (list.status !== 0) throw new Error(`npm sbom failed: ${list.stderr}`)
  writeFileSync(join(folder, 'sbom.cdx.json'), list.stdout)
  for (const [name, program] of Object.entries(commands)) {
    const path = join(folder, name)
    writeFileSync(path, `#!/bin/sh\nexec node "$(dirname "$(readlink -f "$0")")/${program}" "$@"\n`)
    chmodSync(path, 0o755)
  }
}

async function sumOf(file) {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}

if (staleParts().length > 0) run(process.execPath, [join(root, 'scripts/build.mjs'), 'stale'], root)
const out = resolve(values.out)
mkdirSync(out, { recursive: true })
const name = `linli-${version}-${process.platform}-${process.arch}`
const aside = mkdtempSync(join(tmpdir(), 'linli-bundle-'))
try {
  const folder = join(aside, 'linli')
  mkdirSync(folder)
  fill(folder)
  const file = join(out, `${name}.tar.gz`)
  if (existsSync(file)) rmSync(file)
  console.error('正在打包…… Packing…')
  run('tar', ['-czf', file, '--owner=0', '--group=0', '--numeric-owner', '-C', aside, 'linli'], root)
  const sum = await sumOf(file)
  writeFileSync(`${file}.sha256`, `${sum}  ${basename(file)}\n`)
  console.error(`${file}  ${(statSync(file).size / 1024 ** 2).toFixed(0)} MiB`)
  console.log(JSON.stringify({ file, bytes: statSync(file).size, sha256: sum }))
} finally {
  rmSync(aside, { recursive: true, force: true })
}
