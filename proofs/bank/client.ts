/** One sequence of deeds, each reply held against the model; what got no answer is asked again under the same key. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { SeededRandom } from '../../lib/seeded-random.ts'
import type { Violation } from '../proof.ts'
import type { BankModel, Deed } from './model.ts'

export interface Bank {
  /** Changes with every restart. */
  baseUrl(): string
  readonly token: string
  readonly violations: Violation[]
  readonly counts: { deeds: number; lost: number; refused: number }
}

export interface Answer {
  readonly status: number
  readonly body: unknown
}

/** Undefined when no answer came, or one that says nothing of the outcome. */
async function askOnce(bank: Bank, path: string, key: string, body: unknown): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${bank.baseUrl()}${path}`, {
      method: 'POST',
      headers: { cookie: `linli=${bank.token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    })
    const read: unknown = await response.json()
    return response.status >= 500 ? undefined : { status: response.status, body: read }
  } catch {
    return undefined
  }
}

export async function ask(bank: Bank, path: string, body: unknown): Promise<Answer> {
  const key = randomUUID()
  for (let tries = 0; tries < 600; tries++) {
    const answer = await askOnce(bank, path, key, body)
    if (answer) return answer
    bank.counts.lost += 1
    await delay(50)
  }
  throw new Error('the bank never answered again')
}

export async function runSequence(
  bank: Bank,
  name: string,
  model: BankModel,
  deeds: number,
  random: SeededRandom,
): Promise<void> {
  for (let done = 0; done < deeds; done++) {
    const deed = done === deeds - 1 ? ({ do: 'look' } as const) : model.next(random)
    const wanted = model.expect(deed)
    const got = await perform(bank, deed, model)
    bank.counts.deeds += 1
    if (wanted.startsWith('points/')) bank.counts.refused += 1
    if (got !== wanted)
      bank.violations.push({
        what: `answered ${got} where ${wanted} was right`,
        where: `${name}, deed ${done}: ${JSON.stringify(deed)}`,
      })
  }
}

async function perform(bank: Bank, deed: Deed, model: BankModel): Promise<string> {
  if (deed.do === 'look') return look(bank, model)
  const { do: what, ...body } = deed
  const { body: reply } = await ask(
    bank,
    `/api/bank/${what === 'transfer' ? 'transfers' : 'settlements'}`,
    body,
  )
  const { result, code } = reply as { result?: string; code?: string }
  return result ?? code ?? 'nothing'
}

async function look(bank: Bank, model: BankModel): Promise<string> {
  const { body } = await ask(bank, '/api/bank/look', { accounts: [...model.people.keys()] })
  const { balances } = body as { balances: { id: string; posted: number; held: number }[] }
  const found = new Map(balances.map((one) => [one.id, one]))
  for (const [id, { posted, held }] of model.people) {
    const one = found.get(id)
    if (one?.posted !== posted || one.held !== held)
      return `a balance of ${one?.posted} with ${one?.held} held, where ${posted} and ${held} are right`
    if (one.posted - one.held < 0) return 'a person below nothing'
  }
  return 'looked'
}
