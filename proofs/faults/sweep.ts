/** Every operation, each of its statements made to fail once: nothing of it stays, the answer says so, and a retry does it once. */
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import type { OperationContract } from '../../lib/contract.ts'
import { createSeededRandom, type SeededRandom } from '../../lib/seeded-random.ts'
import type { Pool } from '../../platform/db.ts'
import { callsOf, deedsOf, untriedViolations } from '../access/choose-deeds.ts'
import { deeds } from '../access/deeds/all-deeds.ts'
import { type Hands, openHands } from '../access/deeds/hands.ts'
import { type Answer, type Ask, callHttp } from '../access/http-caller.ts'
import { type SetScene, serve } from '../access/set-the-scene.ts'
import { streetPlans } from '../access/street-probes.ts'
import { differences, type Fingerprint } from '../idempotency/fingerprint.ts'
import type { ProofRun, Size, Violation } from '../proof.ts'
import { type Breaker, breakStatements, commitTrap, type Fault, sqlStates } from './broken-statements.ts'
import { lookForChanges } from './last-change.ts'
import { isClearRefusal } from './refusals.ts'

export interface Swept {
  checked: number
  readonly violations: Violation[]
  changing: number
  reading: number
  /** Made to fail, of all these operations together. */
  statements: number
  /** Operations of which no call comes to its end, so that what it would send is not known. */
  readonly untried: string[]
}

interface Sweep {
  readonly size: Size
  readonly baseUrl: string
  readonly breaker: Breaker
  readonly outside: Client
  readonly found: Swept
  readonly hands: Hands
  look(): Promise<Fingerprint>
  /** As everything stands; undefined where something was done since: a read leaves its trace. */
  now: Fingerprint | undefined
}

/** Calls tried until one comes to its end. */
const mostTries: Readonly<Record<Size, number>> = { small: 8, full: 40 }

interface Breaking {
  readonly fault: Fault
  readonly nth: number
}

/** Rule: quality.md R5: all of them, each refused and each lost with its wire; at small size some, by the seed. */
function breakings(size: Size, sent: number, random: SeededRandom): Breaking[] {
  const every = Array.from({ length: sent }, (_, index) => index + 1)
  if (size === 'full')
    return every.flatMap((nth) => [{ fault: 'refused', nth } as const, { fault: 'lost', nth } as const])
  return random
    .shuffle(every)
    .slice(0, someStatements)
    .map((nth) => ({ nth, fault: random.chance(0.25) ? 'lost' : 'refused' }))
}
const someStatements = 1

export async function sweepStatements(
  run: ProofRun,
  scene: SetScene,
  pool: Pool,
  outside: Client,
  workerUrl: string,
): Promise<Swept> {
  await outside.query(commitTrap)
  const look = await lookForChanges(outside)
  const found: Swept = { checked: 0, violations: [], changing: 0, reading: 0, statements: 0, untried: [] }
  const { app, baseUrl } = await serve(scene, pool)
  const breaker = breakStatements(pool.options.application_name ?? '')
  const hands = openHands({ scene, pool, baseUrl, outside, workerUrl })
  const sweep: Sweep = { size: run.size, baseUrl, breaker, outside, found, hands, look, now: undefined }
  try {
    for (const contract of scene.contracts) {
      // The stream of events has no end that could be waited for.
      if (contract.name === 'events.stream') continue
      const random = createSeededRandom(`${run.seed} ${contract.name}`)
      const swept =
        contract.method === 'GET'
          ? await sweepRead(sweep, scene, contract, random)
          : await sweepChange(sweep, scene, contract, random)
      if (!swept) found.untried.push(contract.name)
    }
    const changing = new Set(scene.contracts.filter(({ method }) => method !== 'GET').map(({ name }) => name))
    found.violations.push(...untriedViolations(found.untried.filter((name) => changing.has(name))))
  } finally {
    breaker.restore()
    await app.close()
  }
  return found
}

/** An act is trapped at its own commit; what keeps no reply, at any. */
const orderFor = (contract: OperationContract, random: SeededRandom) => ({
  sqlState: random.pick(sqlStates),
  anyCommit: contract.method !== 'GET' && contract.idempotency === 'unstored',
})

async function sweepChange(
  sweep: Sweep,
  scene: SetScene,
  contract: OperationContract,
  random: SeededRandom,
): Promise<boolean> {
  const { found } = sweep
  const deed = await findDeed(sweep, scene, contract, random)
  if (deed === undefined) return false
  const { ask, before } = deed
  // Once more, for what is remembered between calls makes later ones shorter.
  const sent = await callBroken(sweep, contract, ask, { fault: 'at-commit', nth: 0 }, random)
  const broken = breakings(sweep.size, sent, random)
  for (const one of broken) await callBroken(sweep, contract, ask, one, random)
  found.statements += broken.length + 1
  found.changing += 1
  report(found, 'a failed statement left something behind', contract, differences(before, await sweep.look()))
  await retry(sweep, contract, ask)
  sweep.now = undefined
  return true
}

/** A call that goes as far as its commit, which is refused: so far nothing was done. */
async function findDeed(
  sweep: Sweep,
  scene: SetScene,
  contract: OperationContract,
  random: SeededRandom,
): Promise<{ ask: Ask & { readonly key: string }; before: Fingerprint } | undefined> {
  let tries = 0
  if (contract.name in deeds) sweep.now = undefined
  for await (const one of callsOf(scene, contract, sweep.hands, sweep.found.violations)) {
    if (tries++ === mostTries[sweep.size]) return undefined
    const ask = { ...one, key: randomUUID() }
    // What is refused changes nothing, or the next operation tells.
    const before = sweep.now ?? (await sweep.look())
    sweep.now = before
    sweep.breaker.arm({ ...orderFor(contract, random), fault: 'at-commit', nth: 0 })
    const answer = await callHttp(sweep.baseUrl, ask)
    const { statement } = sweep.breaker.disarm()
    // A refused sign-in commits too: it counts the attempt. What did its work keeps its reply.
    if (
      statement !== undefined &&
      (contract.idempotency === 'unstored' || statement.includes('finish_act('))
    ) {
      judge(sweep.found, contract, answer, 'at its first commit')
      return { ask, before }
    }
  }
  return undefined
}

/** A read shows nothing when any of its statements fails, also that which keeps its trace. */
async function sweepRead(
  sweep: Sweep,
  scene: SetScene,
  contract: OperationContract,
  random: SeededRandom,
): Promise<boolean> {
  let tries = 0
  sweep.now = undefined
  for (const ask of deedsOf(scene, contract)) {
    if (tries++ === mostTries[sweep.size]) return false
    if ((await callHttp(sweep.baseUrl, ask)).status >= 400) continue
    sweep.breaker.arm({ ...orderFor(contract, random), fault: 'refused', nth: 0 })
    await callHttp(sweep.baseUrl, ask)
    const { sent } = sweep.breaker.disarm()
    const broken = breakings(sweep.size, sent, random)
    for (const one of broken) await callBroken(sweep, contract, ask, one, random)
    sweep.found.statements += broken.length
    sweep.found.reading += 1
    return true
  }
  return false
}

/** @returns how many statements the call sent */
async function callBroken(
  { baseUrl, breaker, found }: Sweep,
  contract: OperationContract,
  ask: Ask,
  { fault, nth }: Breaking,
  random: SeededRandom,
): Promise<number> {
  const order = orderFor(contract, random)
  breaker.arm({ ...order, fault, nth })
  const answer = await callHttp(baseUrl, ask)
  const { sent, statement } = breaker.disarm()
  // The end of a transaction that only read is not waited for: all of it was read.
  const onlyReadsEnd = contract.method === 'GET' && statement === 'commit'
  const how = fault === 'lost' ? 'lost' : order.sqlState
  if (statement !== undefined && !onlyReadsEnd)
    judge(
      found,
      contract,
      answer,
      `${nth || 'commit'} (${how}) ${statement.replace(/\s+/g, ' ').slice(0, 120)}`,
    )
  return sent
}

function judge(found: Swept, contract: OperationContract, answer: Answer, where: string): void {
  found.checked += 1
  const told = `${contract.name}, statement ${where}: ${answer.status} ${answer.code}`
  if (answer.status < 400) found.violations.push({ what: 'a failed statement is not told', where: told })
  else if (!isClearRefusal(answer))
    found.violations.push({ what: 'a failed statement is no 503 with Retry-After and a code', where: told })
}

/** The same key again, and nothing fails: it is done, once. */
async function retry(sweep: Sweep, contract: OperationContract, ask: Ask): Promise<void> {
  const { baseUrl, found } = sweep
  const before = await requestsOf(sweep, contract)
  const answer = await callHttp(baseUrl, ask)
  const once = contract.idempotency === 'unstored' || streetPlans[contract.name]?.spareSession === true
  const again = once ? answer : await callHttp(baseUrl, ask)
  found.checked += 2
  const refused = Math.max(answer.status, again.status) >= (contract.idempotency === 'unstored' ? 500 : 400)
  if (refused)
    found.violations.push({
      what: 'a retry after a fault is refused',
      where: `${contract.name}: ${answer.status} ${answer.code}, ${again.status} ${again.code}`,
    })
  const done = (await requestsOf(sweep, contract)) - before
  if (done > 1)
    found.violations.push({ what: 'retries after a fault did it twice', where: `${contract.name}: ${done}` })
}

async function requestsOf({ outside }: Sweep, { name }: OperationContract): Promise<number> {
  const { rows } = await outside.query<{ count: string }>(
    'select count(distinct request_id) from audit_entries where operation = $1',
    [name],
  )
  return Number(rows[0]?.count)
}

function report(found: Swept, what: string, { name }: OperationContract, places: readonly string[]): void {
  found.checked += 1
  for (const place of places) found.violations.push({ what, where: `${name}: ${place}` })
}
