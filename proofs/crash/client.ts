/** A client that takes cases through the loop whatever dies meanwhile, and writes down what it was told. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { newId } from '../../lib/ids.ts'
import type { SeededRandom } from '../../lib/seeded-random.ts'
import type { Violation } from '../proof.ts'
import type { ProofStreet } from '../support/proof-street.ts'
import type { Journal } from './journal.ts'

export interface Tokens {
  readonly resident: string
  readonly clerk: string
  readonly handler: string
  readonly verifier: string
}

export interface Work {
  readonly journal: Journal
  readonly street: ProofStreet
  readonly matterCode: string
  readonly violations: Violation[]
  /** Changes with every restart. */
  baseUrl(): string
  /** When a killed server answers again; at once while none is away. */
  back(): Promise<unknown>
  /** Steps of cases that clients left for later. */
  left: number
}

export interface Step {
  readonly act: string
  readonly by: keyof Tokens
  body(ground: Pick<Work, 'street' | 'matterCode'>, community: string): unknown
}

export const steps: readonly Step[] = [
  {
    act: 'file',
    by: 'resident',
    body: ({ street }, community) => ({
      text: '3栋楼道的灯坏了一个星期',
      channel: 'resident-app',
      place: street.pointIn(`${community}g1m1`),
    }),
  },
  { act: 'accept', by: 'clerk', body: ({ matterCode }) => ({ kind: 'help', matterCode }) },
  {
    act: 'assign',
    by: 'clerk',
    body: ({ street }) => ({ organisationId: street.organisationId('enforcement') }),
  },
  { act: 'take', by: 'handler', body: () => ({}) },
  { act: 'contact', by: 'handler', body: () => ({ mode: 'phone', reached: true }) },
  { act: 'submit-result', by: 'handler', body: () => ({ outcome: 'solved', words: '灯换好了' }) },
  {
    act: 'check',
    by: 'verifier',
    body: () => ({ pass: true, mode: 'call-back', words: '居民说好了', answer: '灯换好了' }),
  },
  { act: 'rate', by: 'resident', body: () => ({ reached: true, solved: true, satisfaction: 'satisfied' }) },
]

/** A question whose answer was lost: to be asked again under the same key, and then it must be answered. */
export interface Ask {
  readonly key: string
  readonly caseId: string
  readonly step: number
  readonly client: number
}

/** Share of the asks that are left for later when their answer is lost. */
const leftForLater = 0.1

type Told = 'done' | 'unknown' | 'refused'

/**
 * Works through its cases; a case whose answer was lost is left for later now and then. Gives back what is open. Whoever
 * left one waits for the server like the others: else a restart of two seconds would use up all of a client's cases.
 */
export async function runClient(
  work: Work,
  client: number,
  tokens: Tokens,
  cases: number,
  random: SeededRandom,
): Promise<Ask[]> {
  const open: Ask[] = []
  for (let made = 0; made < cases; made++) {
    const caseId = newId(Date.now())
    for (let step = 0; step < steps.length; step++) {
      const ask = { key: randomUUID(), caseId, step, client }
      let told = await tell(work, ask, tokens)
      const leaves = random.chance(leftForLater)
      while (told === 'unknown' && !leaves) {
        await delay(60)
        await work.back()
        told = await tell(work, ask, tokens)
      }
      if (told === 'unknown') {
        open.push(ask)
        work.left += steps.length - step
        await work.back()
      }
      if (told !== 'done') break
    }
  }
  return open
}

/** Settles what was left open and takes those cases to their end. */
export async function finishOpen(
  work: Work,
  asks: readonly Ask[],
  tokensOf: (client: number) => Tokens,
): Promise<void> {
  for (const ask of asks) {
    let current = ask
    while (current.step < steps.length) {
      const told = await untilTold(work, current, tokensOf(ask.client))
      if (told !== 'done') break
      current = { ...current, key: randomUUID(), step: current.step + 1 }
    }
  }
}

async function untilTold(work: Work, ask: Ask, tokens: Tokens): Promise<Told> {
  for (let tries = 0; tries < 200; tries++) {
    const told = await tell(work, ask, tokens)
    if (told !== 'unknown') return told
    await delay(100)
  }
  work.violations.push({ what: 'an unknown outcome that never becomes known', where: JSON.stringify(ask) })
  return 'unknown'
}

async function tell(work: Work, ask: Ask, tokens: Tokens): Promise<Told> {
  const step = steps[ask.step]
  if (!step) throw new Error('no such step')
  const { act } = step
  const community = ask.client % 2 === 0 ? 'c1' : 'c2'
  const body = step.body(work, community)
  work.journal.write({ t: 'ask', key: ask.key, caseId: ask.caseId, act, client: ask.client })
  try {
    const response = await fetch(
      `${work.baseUrl()}/api/cases${act === 'file' ? '' : `/${ask.caseId}/${act}`}`,
      {
        method: 'POST',
        headers: {
          cookie: `linli=${tokens[step.by]}`,
          'content-type': 'application/json',
          'idempotency-key': ask.key,
        },
        body: JSON.stringify(act === 'file' ? { ...(body as object), id: ask.caseId } : body),
        signal: AbortSignal.timeout(10_000),
      },
    )
    const reply = (await response.json()) as { state?: string; version?: number; code?: string }
    if (response.ok) {
      const { state = '', version = 0 } = reply
      work.journal.write({ t: 'told', key: ask.key, status: response.status, state, version })
      return 'done'
    }
    if (response.status >= 500 || response.status === 429) {
      work.journal.write({ t: 'unknown', key: ask.key, why: `${response.status} ${reply.code ?? ''}` })
      return 'unknown'
    }
    work.violations.push({
      what: `${act} refused: ${response.status} ${reply.code ?? ''}`,
      where: JSON.stringify(ask),
    })
    return 'refused'
  } catch (error) {
    work.journal.write({ t: 'unknown', key: ask.key, why: error instanceof Error ? error.name : 'lost' })
    return 'unknown'
  }
}
