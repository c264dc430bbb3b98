/** Every operation that changes something, called again with the same key: one after another, at once, after a restart. */
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { Client } from 'pg'
import type { OperationContract } from '../lib/contract.ts'
import { callsOf, deedsOf, untriedViolations } from './access/choose-deeds.ts'
import { type Hands, openHands } from './access/deeds/hands.ts'
import { type Answer, type Ask, callHttp, inParallel } from './access/http-caller.ts'
import { type SetScene, serve, setTheScene, withPool } from './access/set-the-scene.ts'
import { streetPlans } from './access/street-probes.ts'
import { differences, takeFingerprint } from './idempotency/fingerprint.ts'
import type { Proof, ProofResult, ProofRun, Size, Violation } from './proof.ts'
import { bundleServer } from './support/server-bundle.ts'
import { startServerProcess } from './support/server-process.ts'
import { printTable } from './support/table.ts'
import { makeTemporaryData, type TemporaryData } from './support/temporary-data.ts'

/** Rule: quality.md R6: every endpoint × 20 repeats, some of them at once. Small is half of that, full ten times small. */
const repeats: Readonly<Record<Size, { oneByOne: number; atOnce: number }>> = {
  small: { oneByOne: 4, atOnce: 6 },
  full: { oneByOne: 40, atOnce: 60 },
}
/** A table is read in a thread of its own each time, half a second of work before its key is looked at. */
const repeatsOfFiles: typeof repeats = { small: { oneByOne: 2, atOnce: 2 }, full: repeats.small }
/** Who begin the same new deed together. */
const racersOf = ({ file }: Ask): number => (file ? 4 : 10)

export const proof: Proof = {
  name: 'idempotency',
  what: 'whoever repeats a call with its key gets the same answer, and nothing is done twice, also after a restart',
  async run(run) {
    const data = await makeTemporaryData({ fsync: false })
    try {
      const scene = await withPool(data, (pool) => setTheScene(run, data, pool, { deedsEach: 5 }))
      return await prove(run, data, scene)
    } finally {
      await data.remove()
    }
  },
}

/** A call that was made once, with the key it had and what it was told. */
interface Deed {
  readonly operation: string
  readonly ask: Ask & { readonly key: string }
  readonly answer: Answer
}

interface Findings {
  checked: number
  readonly violations: Violation[]
}

async function prove(run: ProofRun, data: TemporaryData, scene: SetScene): Promise<ProofResult> {
  const found: Findings = { checked: 0, violations: [] }
  const changing = scene.contracts.filter(({ method }) => method !== 'GET')
  // Whoever ended their own session is nobody when they ask again.
  const endsSession = ({ name }: OperationContract) => streetPlans[name]?.spareSession === true
  const stored = changing.filter((one) => one.idempotency === 'stored' && !endsSession(one))
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  const { deeds, raced } = await withPool(data, async (pool) => {
    const { app, baseUrl } = await serve(scene, pool)
    const hands = openHands({ scene, pool, baseUrl, outside, workerUrl: data.workerUrl() })
    try {
      const deeds = await doOnce(baseUrl, scene, stored, hands, found)
      await callWithoutKey(baseUrl, scene, changing, found)
      await repeatAll(run, baseUrl, outside, deeds, found)
      const done = new Set(deeds.map(({ operation }) => operation))
      const again = stored.filter(({ name }) => done.has(name))
      const raced = await raceAll(baseUrl, outside, scene, again, hands, found)
      return { deeds, raced }
    } finally {
      await app.close()
    }
  }).finally(() => outside.end())
  await repeatAfterRestart(data, deeds, found)
  const untried = stored.filter(({ name }) => !deeds.some(({ operation }) => operation === name))
  found.violations.push(...untriedViolations(untried.map(({ name }) => name)))
  printTable(
    run.say,
    ['operations that change something', ''],
    [
      ['all of them', changing.length],
      [
        'run anew: they keep nothing, answer with a secret or end the session',
        changing.length - stored.length,
      ],
      ['done once and repeated', deeds.length],
      ['begun by many at once', raced],
      ['no call succeeds', untried.length],
    ],
  )
  if (untried.length > 0) run.say(`  not done: ${untried.map(({ name }) => name).join(', ')}`)
  return {
    checked: found.checked,
    violations: found.violations,
    figures: { operations: changing.length, repeated: deeds.length, raced, untried: untried.length },
  }
}

async function doOnce(
  baseUrl: string,
  scene: SetScene,
  contracts: readonly OperationContract[],
  hands: Hands,
  found: Findings,
): Promise<Deed[]> {
  const done: Deed[] = []
  for (const contract of contracts)
    for await (const one of callsOf(scene, contract, hands, found.violations)) {
      const ask = { ...one, key: randomUUID() }
      const answer = await callHttp(baseUrl, ask)
      if (answer.status >= 400) continue
      done.push({ operation: contract.name, ask, answer })
      break
    }
  return done
}

/** Headers carry the time and the request's own id; what was told is the body, whatever the order of its names. */
const sameTold = (one: Answer, other: Answer): boolean =>
  one.status === other.status &&
  (one.body === undefined ? bodyText(one) === bodyText(other) : isDeepStrictEqual(one.body, other.body))
const bodyText = ({ text }: Answer) => text.slice(text.indexOf('\n') + 1)
const inShort = (answer: Answer) => `${answer.status} ${bodyText(answer).slice(0, 150)}`

function holdSame(found: Findings, what: string, { operation, answer }: Deed, again: Answer): void {
  found.checked += 1
  if (!sameTold(again, answer))
    found.violations.push({
      what,
      where: `${operation}: ${inShort(answer)} → ${inShort(again)}`,
    })
}

async function repeatAll(
  run: ProofRun,
  baseUrl: string,
  outside: Client,
  deeds: readonly Deed[],
  found: Findings,
): Promise<void> {
  const before = await takeFingerprint(outside)
  for (const deed of deeds) {
    const { oneByOne, atOnce } = (deed.ask.file ? repeatsOfFiles : repeats)[run.size]
    for (let time = 0; time < oneByOne; time += 1)
      holdSame(found, 'a repeat is told something else', deed, await callHttp(baseUrl, deed.ask))
    await inParallel(
      Array.from({ length: atOnce }, (_, index) => index),
      10,
      async () =>
        holdSame(
          found,
          'a repeat beside others is told something else',
          deed,
          await callHttp(baseUrl, deed.ask),
        ),
    )
    for (const ask of otherContents(deed, deeds)) {
      const other = await callHttp(baseUrl, ask)
      found.checked += 1
      if (other.code !== 'platform/idempotency-key-reused')
        found.violations.push({
          what: 'a key serves another content',
          where: `${deed.operation} → ${ask.path}: ${other.status} ${other.code}`,
        })
    }
  }
  for (const where of differences(before, await takeFingerprint(outside)))
    found.violations.push({ what: 'repeats left something behind', where })
}

/** Rule: issue 2, platform: a POST without a key is answered 400, whoever asks. */
async function callWithoutKey(
  baseUrl: string,
  scene: SetScene,
  contracts: readonly OperationContract[],
  found: Findings,
): Promise<void> {
  for (const contract of contracts.filter(({ method }) => method === 'POST'))
    for (const ask of deedsOf(scene, contract)) {
      const { status, code } = await callHttp(baseUrl, { ...ask, key: null })
      // That one may not call it, or that what was sent does not fit, is said first.
      if (code === 'platform/not-for-your-role' || code === 'platform/invalid-input') continue
      found.checked += 1
      if (status !== 400 || code !== 'platform/idempotency-key-missing')
        found.violations.push({
          what: 'a POST goes without a key',
          where: `${contract.name}: ${status} ${code}`,
        })
      break
    }
}

/** The same key for another subject, and for something else that the same person did: both are mistakes of the caller. */
function otherContents({ ask, operation }: Deed, deeds: readonly Deed[]): Ask[] {
  const id = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/.exec(ask.path)?.[0]
  const another = deeds.find((one) => one.ask.token === ask.token && one.operation !== operation)
  return [
    ...(id === undefined ? [] : [{ ...ask, path: ask.path.replace(id, randomUUID()) }]),
    ...(another === undefined ? [] : [{ ...another.ask, key: ask.key }]),
  ]
}

/**
 * Many begin the same new deed with one key at the same moment: all are told the same, and the audit trail knows one
 * request that did it.
 * @returns how many operations were begun so
 */
async function raceAll(
  baseUrl: string,
  outside: Client,
  scene: SetScene,
  contracts: readonly OperationContract[],
  hands: Hands,
  found: Findings,
): Promise<number> {
  let raced = 0
  for (const contract of contracts) {
    const requests = async () => {
      const { rows } = await outside.query<{ count: string }>(
        'select count(distinct request_id) from audit_entries where operation = $1',
        [contract.name],
      )
      return Number(rows[0]?.count)
    }
    for await (const one of callsOf(scene, contract, hands, found.violations)) {
      const ask = { ...one, key: randomUUID() }
      const before = await requests()
      const answers: Answer[] = []
      await inParallel(
        Array.from({ length: racersOf(ask) }, (_, index) => index),
        racersOf(ask),
        async () => {
          answers.push(await callHttp(baseUrl, ask))
        },
      )
      const [first] = answers
      if (first === undefined || answers.every(({ status }) => status >= 400)) continue
      const deed = { operation: contract.name, ask, answer: first }
      for (const answer of answers) holdSame(found, 'callers at once are told different things', deed, answer)
      const acted = (await requests()) - before
      found.checked += 1
      if (acted > 1)
        found.violations.push({
          what: 'callers at once did it more than once',
          where: `${contract.name}: ${acted} requests in the audit trail`,
        })
      raced += 1
      break
    }
  }
  return raced
}

/** The server as a process of its own on the same data: what it keeps in memory is gone, and every answer is still the same. */
async function repeatAfterRestart(
  data: TemporaryData,
  deeds: readonly Deed[],
  found: Findings,
): Promise<void> {
  const bundle = await bundleServer()
  try {
    await data.leave()
    const server = await startServerProcess({ program: bundle.program, dataFolder: data.folder })
    try {
      for (const deed of deeds)
        holdSame(
          found,
          'after a restart a repeat is told something else',
          deed,
          await callHttp(server.baseUrl, deed.ask),
        )
    } finally {
      await server.end('SIGTERM')
    }
  } finally {
    bundle.remove()
  }
}
