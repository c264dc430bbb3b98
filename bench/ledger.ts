/** P11: transfers with one account to which everybody pays, against what pgbench does with 81 slots for its popular row. */
import { randomUUID } from 'node:crypto'
import { Client, Pool } from 'pg'
import { foldBalances, ledgerDifferences, openAccount, postTransfer } from '../modules/points/server/index.ts'
import { type Pool as AppPool, inTransaction, openPool, type Tx } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import { fillProofStreet, type ProofStreet } from '../proofs/support/proof-street.ts'
import { printTable } from '../proofs/support/table.ts'
import { makeTemporaryData, type TemporaryData } from '../proofs/support/temporary-data.ts'
import { type Bench, type BenchRun, median, rounded } from './bench.ts'

export const ledger: Bench = {
  name: 'ledger',
  row: 'P11',
  what: 'transfers between --rows people and one popular account, with rights, constraints and folding beneath; against pgbench’s statements with 81 slots',
  run: measure,
}

const slots = 81
const firstPoints = 1_000

async function measure(run: BenchRun): Promise<Record<string, unknown>> {
  const data = await makeTemporaryData({ fsync: true })
  const open = () => openPool(data.appUrl(), run.clients + 2, 'linli-bench-ledger')
  let pool = open()
  try {
    const street = await fillProofStreet(pool, openKeys(data.keys), new Date(), {
      code: '990101001',
      name: '滨河街道',
      west: 106.5,
      prefix: '',
      firstPhone: 13900000000,
      residents: 1,
    })
    run.say(`  filling ${run.rows} accounts …`)
    const books = await fillBooks(data, pool, street, run.rows)
    await fillBare(data, run)
    const rounds: { ours: number; bare: number }[] = []
    // The first round warms everything up and is not counted.
    for (let round = 0; round <= run.rounds; round++) {
      // Each side gives its connections back before the other takes its own: together they would be more than there are.
      await pool.end()
      const bare = openBare(data, run)
      const plain = await drive(run, () => pgbenchTransaction(bare, run.rows))
      await bare.end()
      pool = open()
      const ours = await drive(
        run,
        (client) => transfer(pool, street, books, client),
        () => fold(pool, street),
      )
      if (round > 0) rounds.push({ ours, bare: plain })
    }
    const differences = await inTransaction(pool, { actor: street.system }, (tx) => ledgerDifferences(tx))
    const ratio = median(rounds.map(({ ours, bare: plain }) => ours / plain))
    const figures = {
      ours: rounded(median(rounds.map(({ ours }) => ours)), 0),
      pgbench: rounded(median(rounds.map(({ bare: plain }) => plain)), 0),
      ratio: rounded(ratio),
      differences: differences.length,
    }
    printTable(run.say, ['ledger', 'per second'], Object.entries(figures))
    return {
      ...figures,
      target: { against: 'pgbench', atLeast: 0.4 },
      met: ratio >= 0.4 && differences.length === 0,
    }
  } finally {
    await pool.end()
    await data.remove()
  }
}

interface Books {
  readonly popular: string
  readonly people: readonly string[]
}

/** People who have a thousand points each, given to them by transfers like any other. */
async function fillBooks(
  data: TemporaryData,
  pool: AppPool,
  street: ProofStreet,
  rows: number,
): Promise<Books> {
  const at = new Date()
  const area = street.areaPath('c1')
  const popular = await inTransaction(pool, { actor: street.system }, (tx) =>
    openAccount(tx, { kind: 'issuance', unit: 'points', holderId: street.areaId('c1'), area }, at),
  )
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  const { rows: made } = await outside.query<{ id: string }>(
    `insert into ledger_accounts (street_id, id, kind, unit, holder_id, area, opened_at)
     select $1, gen_random_uuid(), 'person', 'points', gen_random_uuid(), $2, now() from generate_series(1, $3) returning id`,
    [street.streetId, area, rows],
  )
  await outside.query(
    `insert into ledger_balances (street_id, account_id, bounded) select street_id, id, bounded from ledger_accounts
     where kind = 'person' and street_id = $1`,
    [street.streetId],
  )
  await outside.query('vacuum analyze')
  await outside.end()
  const people = made.map(({ id }) => id)
  for (let from = 0; from < people.length; from += 90) {
    const some = people.slice(from, from + 90)
    await inTransaction(pool, { actor: street.system }, (tx) =>
      postTransfer(tx, {
        id: randomUUID(),
        cause: 'award',
        lines: [
          { accountId: popular, amount: -firstPoints * some.length },
          ...some.map((accountId) => ({ accountId, amount: firstPoints })),
        ],
        by: street.system.accountId,
        at,
      }),
    )
  }
  for (let folded = 1; folded > 0; )
    folded = await inTransaction(pool, { actor: street.system }, (tx) => foldBalances(tx, 5_000))
  return { popular, people }
}

const anyOf = (count: number) => Math.floor(Math.random() * count)

/** Half come from the popular account, half go to it: the one never waits, the other takes from a person. */
async function transfer(pool: AppPool, street: ProofStreet, books: Books, client: number): Promise<void> {
  const person = books.people[anyOf(books.people.length)] ?? ''
  const amount = client % 2 === 0 ? 1 : -1
  await inTransaction(pool, { actor: street.system }, (tx: Tx) =>
    postTransfer(tx, {
      id: randomUUID(),
      cause: 'award',
      lines: [
        { accountId: books.popular, amount: -amount },
        { accountId: person, amount },
      ],
      by: street.system.accountId,
      at: new Date(),
    }),
  )
}

const fold = (pool: AppPool, street: ProofStreet) =>
  inTransaction(pool, { actor: street.system }, (tx) => foldBalances(tx, 500))

function openBare(data: TemporaryData, run: BenchRun): Pool {
  const pool = new Pool({ connectionString: data.superuserUrl('bare'), max: run.clients })
  // A connection that the end of the database breaks is no fault of the bench.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

async function fillBare(data: TemporaryData, run: BenchRun): Promise<void> {
  const maker = new Client({ connectionString: data.superuserUrl('postgres') })
  await maker.connect()
  await maker.query('create database bare')
  await maker.end()
  const pool = openBare(data, run)
  await pool.query(`create table accounts (aid integer primary key, balance bigint not null);
    create table slots (slot integer primary key, balance bigint not null) with (fillfactor = 10);
    create table history (aid integer, slot integer, delta integer, at timestamptz);
    insert into accounts select i, 1000 from generate_series(1, ${run.rows}) i;
    insert into slots select i, 0 from generate_series(1, ${slots}) i`)
  await pool.query('vacuum analyze')
  await pool.end()
}

/** The statements of pgbench's own script, each sent by itself as pgbench does; its popular row is one of 81. */
async function pgbenchTransaction(pool: Pool, rows: number): Promise<void> {
  const client = await pool.connect()
  try {
    const [aid, slot] = [1 + anyOf(rows), 1 + anyOf(slots)]
    await client.query('begin')
    await client.query({
      name: 'a',
      text: 'update accounts set balance = balance + $1 where aid = $2',
      values: [1, aid],
    })
    await client.query({ name: 'b', text: 'select balance from accounts where aid = $1', values: [aid] })
    await client.query({
      name: 'c',
      text: 'update slots set balance = balance - $1 where slot = $2',
      values: [1, slot],
    })
    await client.query({
      name: 'd',
      text: 'insert into history (aid, slot, delta, at) values ($1, $2, $3, now())',
      values: [aid, slot, 1],
    })
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** Transactions a second of all clients; `beside` goes on beneath them. */
async function drive(
  run: BenchRun,
  one: (client: number) => Promise<void>,
  beside?: () => Promise<unknown>,
): Promise<number> {
  const began = performance.now()
  const end = began + run.seconds * 1000
  let count = 0
  const work = async (client: number) => {
    while (performance.now() < end) {
      await one(client)
      count += 1
    }
  }
  const beneath = async () => {
    while (beside && performance.now() < end) {
      await beside()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  await Promise.all([...Array.from({ length: run.clients }, (_, client) => work(client)), beneath()])
  return count / ((performance.now() - began) / 1000)
}
