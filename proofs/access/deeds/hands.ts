/**
 * Hands that bring a street to the point where an operation succeeds, through the operations themselves, and then give
 * out the call. Proofs that want each deed really done use them beside the probes, whose subjects many roles share.
 */
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import type { BodyOf, OperationContract, OutputOf, ParamsOf, QueryOf } from '../../../lib/contract.ts'
import { newId } from '../../../lib/ids.ts'
import { insertAccounts } from '../../../modules/accounts/server/index.ts'
import { inTransaction, openPool, type Pool, type Tx } from '../../../platform/db.ts'
import { filesModule } from '../../../platform/files.ts'
import { type Job, runJob } from '../../../platform/jobs.ts'
import type { Services } from '../../../platform/services.ts'
import { openProofSession, type ProofStreet } from '../../support/proof-street.ts'
import { type Ask, callHttp } from '../http-caller.ts'
import type { SetScene } from '../set-the-scene.ts'

export interface Caller {
  readonly accountId: string
  /** Residents have none. */
  readonly postId: string
  /** Residents only. */
  readonly phone: string
  readonly token: string
}

/** A user name of the street without its prefix, or somebody made for this deed. */
export type By = string | Caller

interface SentOf<C extends OperationContract> {
  readonly params?: ParamsOf<C>
  readonly query?: QueryOf<C>
  readonly body?: BodyOf<C>
  readonly file?: Uint8Array<ArrayBuffer>
  readonly fileName?: string
}

export interface Hands {
  readonly street: ProofStreet
  readonly services: Services
  readonly pool: Pool
  /** The call, not made. */
  ask<C extends OperationContract>(by: By, act: C, sent?: SentOf<C>): Promise<Ask>
  /** Makes the call, which has to succeed. @returns what it was told */
  make<C extends OperationContract>(by: By, act: C, sent?: SentOf<C>): Promise<OutputOf<C>>
  /** The person of a post, signed in. */
  staff(username: string): Promise<Caller>
  /** Somebody who was never here before, signed in. */
  newResident(): Promise<Caller>
  /** Another session of the same person. */
  again(who: Caller): Promise<Caller>
  /** A file that an operation gives out. */
  bytes(by: By, act: OperationContract): Promise<Uint8Array<ArrayBuffer>>
  /** A new photo that this person sent and may attach. */
  photo(by: By): Promise<string>
  /** What no operation does, in the system's name: rows that come from a job or from outside. */
  asSystem<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** What only time does: moves a day or an hour of a row, as the owner of the database. */
  letPass(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>
  /** Runs a job of a module once, with the rights of a worker. */
  work(job: Job, payload?: Readonly<Record<string, unknown>>): Promise<void>
  /** Runs what all deeds of a kind stand on, the first time only. */
  once<T>(what: string, work: () => Promise<T>): Promise<T>
  /** A number that was not had before. */
  next(): number
}

/** Makes whatever state the operation needs, new each time. @returns the call that then succeeds */
export type Deed = (hands: Hands) => Promise<Ask>

const onePixel = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
    'base64',
  ),
)

interface HandsPlan {
  readonly scene: Pick<SetScene, 'street' | 'services' | 'keys'>
  readonly pool: Pool
  readonly baseUrl: string
  readonly outside: Client
  readonly workerUrl: string
}

export function openHands({ scene, pool, baseUrl, outside, workerUrl }: HandsPlan): Hands {
  const { street, services, keys } = scene
  const signedIn = new Map<string, Promise<Caller>>()
  const kept = new Map<string, Promise<unknown>>()
  let count = 0
  const open = (accountId: string) => openProofSession(pool, accountId, street.streetId, new Date())
  const staff: Hands['staff'] = (username) => {
    const known = signedIn.get(username)
    if (known) return known
    const { accountId, postId } = street.staffOf(username)
    const found = open(accountId).then((token) => ({ accountId, postId, phone: '', token }))
    signedIn.set(username, found)
    return found
  }
  const callerOf = (by: By) => (typeof by === 'string' ? staff(by) : by)
  const ask: Hands['ask'] = async (by, act, { params = {}, query, body, file, fileName } = {}) => {
    const given = params as Readonly<Record<string, string>>
    const path = act.path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(String(given[key])))
    return {
      token: (await callerOf(by)).token,
      method: act.method,
      path: query ? `${path}?${new URLSearchParams(query as Record<string, string>)}` : path,
      body,
      ...(file ? { file } : {}),
      ...(fileName ? { fileName } : {}),
    }
  }
  const make: Hands['make'] = async (by, act, sent) => {
    const answer = await callHttp(baseUrl, await ask(by, act, sent))
    if (answer.status >= 400)
      throw new Error(
        `${act.name} by ${typeof by === 'string' ? by : 'a resident'}: ${answer.text.slice(-400)}`,
      )
    return answer.body as never
  }
  return {
    street,
    services,
    pool,
    ask,
    make,
    staff,
    again: async (who) => ({ ...who, token: await open(who.accountId) }),
    newResident: async () => {
      count += 1
      const phone = `1355${String(count).padStart(7, '0')}`
      const accountId = newId(Date.now())
      await inTransaction(pool, { actor: undefined }, (tx) =>
        insertAccounts(tx, keys, street.streetId, new Date(), [{ id: accountId, kind: 'resident', phone }]),
      )
      return { accountId, phone, postId: '', token: await open(accountId) }
    },
    bytes: async (by, act) => {
      const { token, path } = await ask(by, act)
      const reply = await fetch(`${baseUrl}${path}`, { headers: { cookie: `linli=${token}` } })
      return new Uint8Array(await reply.arrayBuffer())
    },
    photo: async (by) => {
      const [upload] = filesModule.rawOperations ?? []
      const told = await make(by, found(upload, 'way to send a photo').contract, { file: onePixel })
      return (told as { id: string }).id
    },
    asSystem: (work) => inTransaction(pool, { actor: street.system }, work),
    letPass: async (text, values = []) => (await outside.query(text, [...values])).rows,
    work: async (job, payload = {}) => {
      const workers = openPool(workerUrl, 1, 'linli-proof-hands')
      try {
        const queued = { street: street.streetId, payload } as Parameters<typeof runJob>[2]
        await runJob({ pool: workers, services }, job, queued, new Date())
      } finally {
        await workers.end()
      }
    },
    once: <T>(what: string, work: () => Promise<T>) => {
      const done = (kept.get(what) as Promise<T> | undefined) ?? work()
      kept.set(what, done)
      return done
    },
    next: () => {
      count += 1
      return count
    },
  }
}

/** Of a list that has it: what a deed needs to be there. */
export function found<T>(one: T | undefined, what: string): T {
  if (one === undefined) throw new Error(`a deed finds no ${what}`)
  return one
}

export const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()
export const inDays = (days: number): string => inHours(days * 24).slice(0, 10)
/** For names and numbers that nobody else may have. */
export const unique = (): string => randomUUID().slice(0, 8)
