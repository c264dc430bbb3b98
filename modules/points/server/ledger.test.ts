import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contextStatements, inTransaction, type Tx } from '../../../platform/db.ts'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import { systemActorOf } from '../../testing/system-actor.ts'
import * as contract from '../contract.ts'
import {
  balanceOf,
  newestLedgerCheck,
  openAccount,
  pointsModule,
  postReserved,
  postTransfer,
  reserveTransfer,
  voidReserved,
} from './index.ts'
import { foldBalances } from './ledger-store.ts'

let t: TestStreets
let issuance: string
let redeemed: string
const by = '01900000-0000-7000-8000-000000000001'
const at = () => t.clock.now()
const system = <T>(work: (tx: Tx) => Promise<T>) =>
  inTransaction(t.pool, { actor: systemActorOf(t.street) }, work)
const path = (code: string) => t.street.areas.get(code)?.path ?? ''
const person = (area = 'c1', holderId = randomUUID()) =>
  system((tx) => openAccount(tx, { kind: 'person', unit: 'points', holderId, area: path(area) }, at()))
const move = (from: string, to: string, amount: number, more: { id?: string; reverses?: string } = {}) => ({
  id: more.id ?? randomUUID(),
  cause: 'award',
  lines: [
    { accountId: from, amount: -amount },
    { accountId: to, amount },
  ],
  reverses: more.reverses,
  by,
  at: at(),
})
const give = (to: string, amount: number) => system((tx) => postTransfer(tx, move(issuance, to, amount)))
const balance = (account: string) => system((tx) => balanceOf(tx, account))
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  )

beforeAll(async () => {
  t = await startTestStreets({ modules: [pointsModule] })
  const own = (kind: 'issuance' | 'redeemed') =>
    system((tx) =>
      openAccount(tx, { kind, unit: 'points', holderId: t.street.areaId('c1'), area: path('c1') }, at()),
    )
  issuance = await own('issuance')
  redeemed = await own('redeemed')
})
afterAll(() => t.close())

describe('a transfer', () => {
  test('is once under its id, and refused with other content under the same id', async () => {
    const to = await person()
    const one = move(issuance, to, 5)
    expect(await system((tx) => postTransfer(tx, one))).toBe('posted')
    expect(await system((tx) => postTransfer(tx, one))).toBe('again')
    const other = move(issuance, to, 6, { id: one.id })
    expect(await codeOf(system((tx) => postTransfer(tx, other)))).toBe('points/transfer-reused')
    expect((await balance(to)).posted).toBe(5)
  })

  test('never takes a person below nothing, however many try at once', async () => {
    const from = await person()
    await give(from, 10)
    const tries = await Promise.all(
      Array.from({ length: 16 }, () => codeOf(system((tx) => postTransfer(tx, move(from, redeemed, 3))))),
    )
    expect(tries.filter((code) => code === 'done')).toHaveLength(3)
    expect(new Set(tries)).toEqual(new Set(['done', 'points/too-little']))
    expect(await balance(from)).toEqual({ posted: 1, held: 0, available: 1 })
  })

  test('that is pending holds back, and is posted or voided once', async () => {
    const from = await person()
    await give(from, 10)
    const [first, second] = [move(from, redeemed, 6), move(from, redeemed, 4)]
    expect(await system((tx) => reserveTransfer(tx, first))).toBe('pending')
    await system((tx) => reserveTransfer(tx, second))
    expect(await balance(from)).toEqual({ posted: 10, held: 10, available: 0 })
    expect(await codeOf(system((tx) => postTransfer(tx, move(from, redeemed, 1))))).toBe('points/too-little')
    expect(await system((tx) => postReserved(tx, { id: first.id, by, at: at() }))).toBe('posted')
    expect(await system((tx) => postReserved(tx, { id: first.id, by, at: at() }))).toBe('again')
    expect(await codeOf(system((tx) => voidReserved(tx, { id: first.id, by, at: at() })))).toBe(
      'points/settled-otherwise',
    )
    await system((tx) => voidReserved(tx, { id: second.id, by, at: at() }))
    expect(await balance(from)).toEqual({ posted: 4, held: 0, available: 4 })
  })

  test('is taken back once at most', async () => {
    const to = await person()
    const one = move(issuance, to, 5)
    await system((tx) => postTransfer(tx, one))
    await system((tx) => postTransfer(tx, move(to, issuance, 5, { reverses: one.id })))
    await give(to, 9)
    expect(await codeOf(system((tx) => postTransfer(tx, move(to, issuance, 5, { reverses: one.id }))))).toBe(
      '23505',
    )
    expect((await balance(to)).posted).toBe(9)
  })

  test('stays the same when balances are folded while people spend', async () => {
    const from = await person()
    await Promise.all([
      ...Array.from({ length: 20 }, () => give(from, 2)),
      ...Array.from({ length: 5 }, () => system((tx) => foldBalances(tx, 100))),
    ])
    await Promise.all([
      ...Array.from({ length: 10 }, () => system((tx) => postTransfer(tx, move(from, redeemed, 3)))),
      ...Array.from({ length: 5 }, () => system((tx) => foldBalances(tx, 100))),
    ])
    expect((await balance(from)).posted).toBe(10)
    await system((tx) => foldBalances(tx, 100))
    expect(await t.look('select 1 from ledger_deltas where account_id = $1', [from])).toEqual([])
  })
})

describe('the database itself', () => {
  /** As the superuser, who stands above grants and row security but not above constraints and triggers. */
  async function straight(...statements: string[]): Promise<string> {
    const client = new Client({ connectionString: t.database.superuserUrl })
    await client.connect()
    try {
      await client.query(`begin; ${contextStatements(systemActorOf(t.street))}`)
      for (const statement of statements) await client.query(statement)
      await client.query('commit')
      return 'done'
    } catch (error) {
      return (error as { code?: string }).code ?? String(error)
    } finally {
      await client.end()
    }
  }
  const transfer = (id: string, lines: number) =>
    `insert into ledger_transfers (street_id, id, cause, pending, lines, content, at, made_by)
      values (${t.street.streetId}, '${id}', 'award', false, ${lines}, '', now(), '${by}')`
  const entries = (
    id: string,
    ...lines: readonly (readonly [line: number, account: string, amount: number])[]
  ) =>
    `insert into ledger_entries (street_id, transfer_id, line, account_id, unit, amount, at) values ${lines
      .map(
        ([line, account, amount]) =>
          `(${t.street.streetId}, '${id}', ${line}, '${account}', 'points', ${amount}, now())`,
      )
      .join(', ')}`

  test('refuses a transfer whose entries do not sum to zero, are missing, of nobody, or come later', async () => {
    const to = await person()
    const id = randomUUID()
    const even = entries(id, [1, issuance, -5], [2, to, 5])
    expect(await straight(transfer(id, 2), entries(id, [1, issuance, -5], [2, to, 6]))).toBe('LP002')
    expect(await straight(transfer(id, 2), entries(id, [0, issuance, -5], [2, to, 5]))).toBe('LP002')
    expect(await straight(transfer(id, 2), entries(id, [1, issuance, -5], [2, randomUUID(), 5]))).toBe(
      'LP002',
    )
    expect(await straight(transfer(id, 3), even)).toBe('LP002')
    expect(await straight(transfer(id, 2))).toBe('LP002')
    expect(await straight(even)).toBe('LP002')
    expect(await straight(transfer(id, 2), even)).toBe('done')
    expect(await straight(entries(id, [3, issuance, -5], [4, to, 5]))).toBe('LP002')
    await t.look(
      'update ledger_balances set posted = posted + (case account_id when $1 then 5 else -5 end) where account_id = any($2)',
      [to, [to, issuance]],
    )
  })

  test('refuses entries of a pending transfer before it is posted, and posting without entries', async () => {
    const to = await person()
    const one = move(issuance, to, 5)
    await system((tx) => reserveTransfer(tx, one))
    const settled = (outcome: string) =>
      `insert into ledger_settlements (street_id, transfer_id, outcome, at, settled_by)
        values (${t.street.streetId}, '${one.id}', '${outcome}', now(), '${by}')`
    const lines = entries(one.id, [1, issuance, -5], [2, to, 5])
    expect(await straight(lines)).toBe('LP002')
    expect(await straight(settled('posted'))).toBe('LP002')
    expect(await straight(settled('voided'), lines)).toBe('LP002')
    expect(await system((tx) => postReserved(tx, { id: one.id, by, at: at() }))).toBe('posted')
    expect((await balance(to)).posted).toBe(5)
  })

  test('refuses to change or remove what was booked, whoever asks', async () => {
    for (const table of [
      'ledger_accounts',
      'ledger_transfers',
      'ledger_entries',
      'ledger_holds',
      'ledger_settlements',
      'ledger_checks',
    ]) {
      if (table.endsWith('checks'))
        await system((tx) => import('./ledger-store.ts').then((s) => s.keepCheck(tx, randomUUID(), at())))
      expect(await straight(`update ${table} set street_id = street_id`), table).toBe('LP009')
      expect(await straight(`delete from ${table}`), table).toBe('LP009')
      expect(await straight(`truncate ${table} cascade`), table).toBe('LP009')
    }
  })

  test('refuses a balance of a person below nothing', async () => {
    const from = await person()
    expect(await straight(`update ledger_balances set posted = -1 where account_id = '${from}'`)).toBe(
      '23514',
    )
  })

  test('gives the app no way around its functions', async () => {
    for (const sql of [
      'select 1 from ledger_entries',
      'select 1 from ledger_balances',
      `insert into ledger_deltas values (1, '${by}', '${by}', 1, 100)`,
      'update ledger_balances set posted = 100',
      'delete from ledger_deltas',
    ])
      expect(
        await codeOf(
          inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
            tx.run({
              compile: () => ({ sql, parameters: [], query: {} as never, queryId: { queryId: sql } }),
            }),
          ),
        ),
        sql,
      ).toBe('42501')
  })

  test('shows nothing of another community or street, and books nothing on a stranger’s account', async () => {
    const there = await person('c2')
    const clerk = await t.as('clerk-c1')
    const foreign = await t.as('other-supervisor')
    expect((await clerk.call(contract.getAccount, { params: { id: there } })).code).toBe(
      'points/account-not-found',
    )
    expect((await foreign.call(contract.getAccount, { params: { id: there } })).code).toBe(
      'points/account-not-found',
    )
    expect(
      (await (await t.as('clerk-c2')).call(contract.getAccount, { params: { id: there } })).body.account,
    ).toMatchObject({ id: there, posted: 0 })
    const elsewhere = inTransaction(t.pool, { actor: systemActorOf(t.other) }, (tx) =>
      postTransfer(tx, move(issuance, there, 5)),
    )
    expect(await codeOf(elsewhere)).toBe('LP004')
  })
})

/** What the doctor asks, street by street. */
async function stoppedStreets(): Promise<number[]> {
  const found: number[] = []
  for (const street of [t.street, t.other])
    await inTransaction(t.pool, { actor: systemActorOf(street) }, async (tx) => {
      const check = await newestLedgerCheck(tx, street.streetId)
      if ((check?.differences.length ?? 0) > 0) found.push(street.streetId)
    })
  return found
}

test('a difference stops spending and says so, and a check that finds none lets people spend again', async () => {
  const from = await person()
  await give(from, 10)
  const head = await t.as('duty-head')
  expect((await head.call(contract.checkLedger, {})).body.check).toMatchObject({ differences: [] })
  await t.look('update ledger_balances set posted = posted + 7 where account_id = $1', [from])
  t.clock.moveTo(new Date(at().getTime() + 60_000))
  const found = await head.call(contract.checkLedger, {})
  expect(found.body.check?.differences).toEqual([{ what: 'balance', id: from, wanted: 10, found: 17 }])
  expect(await codeOf(system((tx) => postTransfer(tx, move(from, redeemed, 3))))).toBe('points/stopped')
  expect(await stoppedStreets()).toEqual([t.street.streetId])
  await give(from, 1)
  await t.look('update ledger_balances set posted = posted - 7 where account_id = $1', [from])
  t.clock.moveTo(new Date(at().getTime() + 60_000))
  await head.call(contract.checkLedger, {})
  expect(await stoppedStreets()).toEqual([])
  await system((tx) => postTransfer(tx, move(from, redeemed, 3)))
  expect((await balance(from)).posted).toBe(8)
  expect((await (await t.as('clerk-c1')).call(contract.checkLedger, {})).code).toBe(
    'platform/not-for-your-role',
  )
})

test('sums by community are the sum of its accounts, and a viewer sees sums and no account', async () => {
  const clerk = await t.as('clerk-c1')
  const { totals } = (await clerk.call(contract.getLedger)).body
  const points = totals.filter(({ unit }) => unit === 'points')
  expect(points.reduce((sum, { amount }) => sum + amount, 0)).toBe(0)
  expect(points.every(({ area }) => area?.code === 'c1')).toBe(true)
  const viewer = await t.as('viewer')
  expect((await viewer.call(contract.getLedger)).status).toBe(200)
  expect((await viewer.call(contract.listAccounts)).code).toBe('platform/not-for-your-role')
  const page = await clerk.call(contract.listAccounts, { query: { kind: 'person', limit: 2 } })
  const next = await clerk.call(contract.listAccounts, {
    query: { kind: 'person', limit: 2, cursor: page.body.nextCursor ?? '' },
  })
  expect(next.body.items[0]?.id && next.body.items[0].id > (page.body.items[1]?.id ?? '')).toBe(true)
})
