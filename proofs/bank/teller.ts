/**
 * A server that is killed: the real pipeline, the real points module, and three operations that bring the ledger's door
 * to HTTP. Without the limit of changes per account, which would be all that is proved.
 */
import { Type } from 'typebox'
import { defineOperation, Id, Words } from '../../lib/contract.ts'
import { accountsModule, authenticator } from '../../modules/accounts/server/index.ts'
import { areasModule } from '../../modules/areas/server/index.ts'
import { peopleModule } from '../../modules/people/server/index.ts'
import {
  balancesOf,
  foldBalances,
  ledgerDifferences,
  pointsModule,
  postReserved,
  postTransfer,
  reserveTransfer,
  voidReserved,
} from '../../modules/points/server/index.ts'
import { systemActor } from '../../platform/actor.ts'
import { systemClock } from '../../platform/clock.ts'
import { inTransaction, openPool } from '../../platform/db.ts'
import { buildHttpServer } from '../../platform/http-server.ts'
import { type KeyMaterial, openKeys } from '../../platform/keys.ts'
import { operation } from '../../platform/operation.ts'
import type { ServerModule } from '../../platform/server-module.ts'

const refusals = ['points/too-little', 'points/transfer-reused', 'points/settled-otherwise'] as const
const Reply = Type.Object({ result: Type.String() })
const act = { method: 'POST', who: ['supervisor'], output: Reply, refusals } as const

const transfer = operation(
  defineOperation({
    ...act,
    name: 'bank.transfer',
    path: '/api/bank/transfers',
    summary: 'One transfer',
    body: Type.Object({
      id: Id,
      from: Id,
      to: Id,
      amount: Type.Integer({ minimum: 1 }),
      pending: Type.Boolean(),
    }),
  }),
  async (call) => {
    const { tx, actor, at, body } = call
    const one = {
      id: body.id,
      cause: 'award',
      lines: [
        { accountId: body.from, amount: -body.amount },
        { accountId: body.to, amount: body.amount },
      ],
      by: actor.accountId,
      at,
    }
    return { result: await (body.pending ? reserveTransfer : postTransfer)(tx, one) }
  },
)

const settle = operation(
  defineOperation({
    ...act,
    name: 'bank.settle',
    path: '/api/bank/settlements',
    summary: 'What becomes of a pending transfer',
    body: Type.Object({ id: Id, outcome: Words(['posted', 'voided'] as const) }),
  }),
  async ({ tx, actor, at, body }) => {
    const one = { id: body.id, by: actor.accountId, at }
    return { result: await (body.outcome === 'posted' ? postReserved : voidReserved)(tx, one) }
  },
)

const look = operation(
  defineOperation({
    name: 'bank.look',
    method: 'POST',
    path: '/api/bank/look',
    summary: 'Balances of accounts; without any, whether the ledger agrees with itself',
    who: ['supervisor'],
    audit: 'none',
    idempotency: 'unstored',
    body: Type.Object({ accounts: Type.Array(Id) }),
    output: Type.Object({
      balances: Type.Array(Type.Object({ id: Id, posted: Type.Integer(), held: Type.Integer() })),
      differences: Type.Integer(),
    }),
  }),
  async ({ tx, body }) => {
    const found = await balancesOf(tx, body.accounts)
    return {
      balances: [...found].map(([id, { posted, held }]) => ({ id, posted, held })),
      differences: body.accounts.length > 0 ? 0 : (await ledgerDifferences(tx)).length,
    }
  },
)

const words = { zh: '校验用', en: 'for the proof' }
const bankModule: ServerModule = {
  name: 'bank',
  operations: [transfer, settle, look],
  refusals: {},
  words: { words },
}

const {
  BANK_DATABASE = '',
  BANK_KEYS = '{}',
  BANK_FILES = '',
  BANK_STREET = '0',
  BANK_ROOT = '',
} = process.env
const pool = openPool(BANK_DATABASE, 16, 'linli-bank')
const services = {
  keys: openKeys(JSON.parse(BANK_KEYS) as KeyMaterial),
  sms: { name: 'log' as const, send: async () => {} },
  filesFolder: BANK_FILES,
  demo: false,
}
const app = await buildHttpServer({
  pool,
  services,
  clock: systemClock,
  modules: [areasModule, accountsModule, peopleModule, pointsModule, bankModule],
  authenticate: authenticator(pool, services),
  settings: { publicUrl: undefined, checkReplies: false, logLevel: 'silent', trustProxy: false },
})
console.log(`listening ${await app.listen({ host: '127.0.0.1', port: 0 })}`)
// Folding goes on beneath everything, as the job does.
const actor = systemActor(Number(BANK_STREET), BANK_ROOT)
setInterval(() => {
  inTransaction(pool, { actor }, (tx) => foldBalances(tx, 50)).catch(() => undefined)
}, 100)
