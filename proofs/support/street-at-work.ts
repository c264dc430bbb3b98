/** A street in which real work goes on over HTTP: cases through the whole loop, photos, and transfers of points. */
import { randomUUID } from 'node:crypto'
import { accountsModule, authenticator } from '../../modules/accounts/server/index.ts'
import { areasModule } from '../../modules/areas/server/index.ts'
import { casesModule } from '../../modules/cases/server/index.ts'
import { openAccount, postTransfer } from '../../modules/points/server/index.ts'
import { systemAccountId } from '../../platform/actor.ts'
import { systemClock } from '../../platform/clock.ts'
import { inTransaction, openPool, type Pool } from '../../platform/db.ts'
import { filesModule } from '../../platform/files.ts'
import { buildHttpServer } from '../../platform/http-server.ts'
import { type Keys, openKeys } from '../../platform/keys.ts'
import type { Services } from '../../platform/services.ts'
import { pickMatters } from '../access/planned-cases.ts'
import { steps, type Tokens } from '../crash/client.ts'
import { fillProofStreet, openProofSession, type ProofStreet } from './proof-street.ts'
import type { TemporaryData } from './temporary-data.ts'

export interface StreetAtWork {
  readonly street: ProofStreet
  readonly keys: Keys
  readonly services: Services
  readonly pool: Pool
  readonly baseUrl: string
  /** One case from its filing to its rating; with a photo when bytes of one are given. */
  finishCase(nth: number, photo?: Uint8Array<ArrayBuffer>): Promise<void>
  /** Some points from the issuance to a person. */
  giveOutPoints(amount: number): Promise<void>
  close(): Promise<void>
}

/** People of their own for each place in the row, so that no limit of changes per account stands in the way. */
const rows = 4

export async function startStreetAtWork(data: TemporaryData): Promise<StreetAtWork> {
  const pool = openPool(data.appUrl(), 10, 'linli-proof-work')
  const keys = openKeys(data.keys)
  const at = new Date()
  const street = await fillProofStreet(pool, keys, at, {
    code: '990101001',
    name: '滨河街道',
    west: 106.5,
    prefix: 'zqa-',
    firstPhone: 13900000000,
    residents: rows,
  })
  const tokens = await Promise.all(Array.from({ length: rows }, (_, row) => tokensOf(pool, street, row, at)))
  const matterCode = (await pickMatters(pool, street)).personalCode
  const services: Services = {
    keys,
    sms: { name: 'log', send: async () => {} },
    filesFolder: data.filesFolder,
    demo: false,
  }
  const app = await buildHttpServer({
    pool,
    services,
    clock: systemClock,
    modules: [filesModule, areasModule, accountsModule, casesModule],
    authenticate: authenticator(pool, services),
    settings: { publicUrl: undefined, checkReplies: false, logLevel: 'silent', trustProxy: false },
  })
  const baseUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  const accounts = await openBooks(pool, street, at)
  return {
    street,
    keys,
    services,
    pool,
    baseUrl,
    finishCase: (nth, photo) =>
      finishCase({ baseUrl, street, matterCode, tokens: tokens[nth % rows] ?? raise('nobody') }, nth, photo),
    giveOutPoints: (amount) =>
      inTransaction(pool, { actor: street.system }, async (tx) => {
        const told = await postTransfer(tx, {
          id: randomUUID(),
          cause: 'award',
          lines: [
            { accountId: accounts.issuance, amount: -amount },
            { accountId: accounts.person, amount },
          ],
          by: systemAccountId,
          at: new Date(),
        })
        if (told !== 'posted') raise(`a transfer was answered ${told}`)
      }),
    close: async () => {
      await app.close()
      await pool.end()
    },
  }
}

function raise(what: string): never {
  throw new Error(what)
}

async function tokensOf(pool: Pool, street: ProofStreet, row: number, at: Date): Promise<Tokens> {
  const session = (accountId: string) => openProofSession(pool, accountId, street.streetId, at)
  const community = row % 2 === 0 ? 'c1' : 'c2'
  const second = row % 4 < 2 ? '' : '-2'
  return {
    resident: await session(street.residents[row]?.accountId ?? ''),
    clerk: await session(street.staffOf(`clerk-${community}${second}`).accountId),
    handler: await session(street.staffOf(`handler-enforcement${second}`).accountId),
    verifier: await session(street.staffOf(`verifier-${community}`).accountId),
  }
}

async function openBooks(pool: Pool, street: ProofStreet, at: Date) {
  const open = (kind: 'person' | 'issuance', holderId: string) =>
    inTransaction(pool, { actor: street.system }, (tx) =>
      openAccount(tx, { kind, unit: 'points', holderId, area: street.areaPath('c1') }, at),
    )
  return {
    issuance: await open('issuance', street.areaId('c1')),
    person: await open('person', randomUUID()),
  }
}

interface Desk {
  readonly baseUrl: string
  readonly street: ProofStreet
  readonly matterCode: string
  readonly tokens: Tokens
}

async function finishCase(desk: Desk, nth: number, photo?: Uint8Array<ArrayBuffer>): Promise<void> {
  const { baseUrl, street, matterCode, tokens } = desk
  const community = nth % 2 === 0 ? 'c1' : 'c2'
  const fileId = photo ? await upload(desk, photo) : undefined
  let caseId = ''
  for (const { act, by, body } of steps) {
    const reply = await post(`${baseUrl}/api/cases${act === 'file' ? '' : `/${caseId}/${act}`}`, tokens[by], {
      ...(body({ street, matterCode }, community) as object),
      ...(act === 'file' && fileId ? { fileIds: [fileId] } : {}),
    })
    if (act === 'file') caseId = reply.id
  }
}

async function upload({ baseUrl, tokens }: Desk, photo: Uint8Array<ArrayBuffer>): Promise<string> {
  const form = new FormData()
  form.append('file', new Blob([photo]), 'a.png')
  return (await post(`${baseUrl}/api/files`, tokens.resident, form)).id
}

async function post(url: string, token: string, content: object): Promise<{ id: string }> {
  const isForm = content instanceof FormData
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      cookie: `linli=${token}`,
      'idempotency-key': randomUUID(),
      ...(isForm ? {} : { 'content-type': 'application/json' }),
    },
    body: isForm ? content : JSON.stringify(content),
  })
  if (!response.ok) raise(`${url} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as { id: string }
}
