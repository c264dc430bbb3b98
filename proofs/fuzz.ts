/** Every operation is called with damaged input by somebody who may call it: a clear refusal, quickly, and nothing of the inside. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { Client } from 'pg'
import type { OperationContract } from '../lib/contract.ts'
import { createSeededRandom } from '../lib/seeded-random.ts'
import { makeReady } from '../scripts/run-program.mjs'
import { deedsOf } from './access/choose-deeds.ts'
import type { Ask } from './access/http-caller.ts'
import { inParallel } from './access/http-caller.ts'
import { type SetScene, setTheScene, withPool } from './access/set-the-scene.ts'
import { damage, type Whole, type Wire } from './fuzz/damage.ts'
import { plantFormulas, readExports } from './fuzz/formulas.ts'
import { sendHostileFiles } from './fuzz/hostile-files.ts'
import { openInOffice } from './fuzz/open-in-office.ts'
import { proveNothingCallsInside } from './fuzz/outgoing-calls.ts'
import { provePathsStayInside } from './fuzz/paths.ts'
import { servePages } from './fuzz/serve-pages.ts'
import { tryPatterns } from './fuzz/slow-patterns.ts'
import { openTrap } from './fuzz/trap.ts'
import { proveNoPayloadRuns } from './fuzz/xss.ts'
import type { Proof, ProofResult, ProofRun, Size, Violation } from './proof.ts'
import { projectRoot } from './support/server-bundle.ts'
import { printTable } from './support/table.ts'
import { makeTemporaryData } from './support/temporary-data.ts'

/** Damaged calls for each operation. Rule: quality.md R18; full is its CI column. */
const callsEach: Readonly<Record<Size, number>> = { small: 25, full: 500 }
/** Rule: quality.md R18. A slow answer is asked for once more, for the machine may have been busy. */
const slowMs = 2000
const width = 6
/** What is learnt on the way: plans of statements, compiled schemas, names in memory. */
const mostGrownMib = 64

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** After everything that nobody holds any more is gone. */
function heapMib(): number {
  collect()
  return Math.round(process.memoryUsage().heapUsed / 1024 / 1024)
}

export const proof: Proof = {
  name: 'fuzz',
  what: 'damaged input and hostile files are refused in words, in under two seconds, tell nothing of the inside, reach no address and leave no memory behind; no text becomes a formula in an export',
  alone: true,
  async run(run) {
    // Pages are opened as they are now; what is out of date is built first.
    if (!makeReady(join(projectRoot, 'dist', 'web', 'console', 'index.html')))
      throw new Error('the pages are not built: npm run build')
    const data = await makeTemporaryData({ fsync: false })
    const trap = await openTrap()
    const outside = new Client({ connectionString: data.superuserUrl() })
    try {
      await outside.connect()
      const scene = await withPool(data, (pool) => setTheScene(run, data, pool, { deedsEach: 4 }))
      return await withPool(data, async (pool) => {
        const { close, baseUrl } = await servePages(scene.services, pool)
        try {
          const ground = { pool, baseUrl, outside, data, trapUrl: trap.url }
          const shot = await prove(run, scene, baseUrl, trap.url)
          const calls = await proveNothingCallsInside(trap)
          const files = await sendHostileFiles(run, scene, baseUrl)
          const paths = await provePathsStayInside(run, scene, ground)
          await plantFormulas(outside, run.seed)
          const cells = await readExports(scene, baseUrl)
          const office = run.size === 'full' ? await openInOffice(cells.files, run.say) : undefined
          const words = await proveNoPayloadRuns(run, scene, ground)
          const patterns = await tryPatterns(run, scene.contracts)
          run.say(
            `  ${calls.forms} forms of an address, ${paths.strings} paths, ${paths.archives} archives, ${files.checked} hostile files, ${cells.files.length} exports of ${cells.checked} cells`,
          )
          const parts = [shot, calls, files, paths, cells, words, patterns, ...(office ? [office] : [])]
          return {
            checked: parts.reduce((sum, { checked }) => sum + checked, 0),
            violations: [...parts.flatMap(({ violations }) => violations), ...trap.caught()],
            figures: {
              ...shot.figures,
              addressForms: calls.forms,
              files: files.checked,
              othersSlowestMs: files.othersMs,
              paths: paths.strings,
              archives: paths.archives,
              exports: cells.files.length,
              // Told at any size: an office that is not there has opened nothing.
              openedInOffice: office ? (office.opened ?? 'no LibreOffice here') : 'at full size only',
              ...words.figures,
              patterns: patterns.checked,
            },
          }
        } finally {
          await close()
        }
      })
    } finally {
      await outside.end()
      await trap.close()
      await data.remove()
    }
  },
}

interface Shot {
  readonly operation: string
  readonly token: string
  readonly wire: Wire
  readonly nth: number
}

async function prove(run: ProofRun, scene: SetScene, baseUrl: string, trapUrl: string): Promise<ProofResult> {
  // The stream of events never ends, and takes nothing but its address.
  const contracts = scene.contracts.filter(({ name }) => name !== 'events.stream')
  const shots = contracts.flatMap((contract) => shotsAt(run, scene, contract, trapUrl))
  const statuses = new Map<number, number>()
  const violations: Violation[] = []
  let slowest = 0
  const baseMib = heapMib()
  await inParallel(shots, width, async (shot) => {
    let answer = await shoot(baseUrl, shot)
    if (answer.ms > slowMs) answer = await shoot(baseUrl, shot)
    slowest = Math.max(slowest, answer.ms)
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    const where = `${shot.operation} #${shot.nth}: ${shot.wire.method} ${shot.wire.path} ${shot.wire.body ?? ''}`
    for (const what of faultsOf(shot, answer))
      violations.push({
        what,
        where: `${where.slice(0, 300)} → ${answer.status} ${answer.text.slice(0, 200)}`,
      })
  })
  const grown = heapMib() - baseMib
  if (grown > mostGrownMib) violations.push({ what: 'memory does not come back', where: `${grown} MiB more` })
  printTable(
    run.say,
    ['answer', 'calls'],
    [...statuses].sort(([one], [other]) => one - other),
  )
  return {
    checked: shots.length,
    violations,
    figures: { operations: contracts.length, slowestMs: Math.round(slowest), grownMib: grown },
  }
}

function shotsAt(run: ProofRun, scene: SetScene, contract: OperationContract, trapUrl: string): Shot[] {
  const random = createSeededRandom(`${run.seed} ${contract.name}`)
  const deeds = [...deedsOf(scene, contract)]
  if (deeds.length === 0) return []
  return Array.from({ length: callsEach[run.size] }, (_, nth) => {
    const deed = random.pick(deeds)
    return {
      operation: contract.name,
      token: deed.token,
      nth,
      wire: damage(wholeOf(deed, contract), randomUUID(), random, trapUrl),
    }
  })
}

function wholeOf({ method, path, body }: Ask, contract: OperationContract): Whole {
  const [plain = '', search = ''] = path.split('?')
  return {
    method,
    path: plain,
    template: contract.path,
    query: Object.fromEntries(new URLSearchParams(search)),
    body,
  }
}

interface Answered {
  readonly status: number
  readonly text: string
  readonly ms: number
}

async function shoot(baseUrl: string, { token, wire }: Shot): Promise<Answered> {
  const began = performance.now()
  const response = await fetch(`${baseUrl}${wire.path}`, {
    method: wire.method,
    headers: { ...wire.headers, cookie: `linli=${token}` },
    ...(wire.body === undefined ? {} : { body: wire.body }),
    redirect: 'manual',
  })
  const text = Buffer.from(await response.arrayBuffer()).toString('latin1')
  return { status: response.status, text, ms: performance.now() - began }
}

/** A stack, a path of the program, a statement or the database's own words. */
const inside =
  /\bat \S+ \(|\.(?:ts|mjs):\d+|node_modules|syntax error at or near|violates [a-z-]+ constraint|invalid input syntax|duplicate key value|relation "|column "|\bSQLSTATE\b|null value in column|insert into \w+ \(|ECONNREFUSED|Cannot read propert/

function faultsOf({ wire }: Shot, { status, text, ms }: Answered): string[] {
  const faults: string[] = []
  if (status >= 500) faults.push('the server failed')
  if (ms > slowMs) faults.push('no answer within two seconds')
  // What was sent may be said back.
  const sent = `${decodeURIComponentSafely(wire.path)} ${wire.body ?? ''}`
  const found = inside.exec(text)?.[0]
  if (status >= 400 && found !== undefined && !sent.includes(found))
    faults.push(`tells of the inside: ${found}`)
  if (status >= 400 && !/"code":"[a-z-]+\/[a-z-]+"/.test(text)) faults.push('a refusal without a code')
  return faults
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
