/** P11: transfers with one account to which everybody pays, against what pgbench does with 81 slots for its popular row. */
import { Client, Pool } from 'pg'
import { newId } from '../lib/ids.ts'
import { foldBalances, ledgerDifferences, openAccount, postTransfer } from '../modules/points/server/index.ts'
import { type Pool as AppPool, inTransaction, openPool, type Tx } from '../platform/db.ts'
import { openKeys } from '../platform/keys.ts'
import { fillProofStreet, type ProofStreet } from '../proofs/support/proof-street.ts'
import { printTable } from '../proofs/support/table.ts'
import { makeTemporaryData, type TemporaryData } from '../proofs/support/temporary-data.ts'
import { type Bench, type BenchRun, median, rounded } from './bench.ts'
import { benchPlan } from './fill-street.ts'

export const ledger: Bench = {
  name: 'ledger',
  row: 'P11',
  fullRows: 900_000,
  what: 'transfers between --rows people and one popular account, with rights, constraints and folding beneath; against pgbench’s statements with 81 slots',
  run: measure,
}

const slots = 81
const gifts = 6
const giftPoints = 200
const peopleAtOnce = 90

async function measure(run: BenchRun): Promise<Record<string, unknown>> {
  const data = await makeTemporaryData({ fsync: true })
  const open = () => openPool(data.appUrl(), run.clients + 2, 'linli-bench-ledger')
  let pool = open()
  try {
    const street = await fillProofStreet(pool, openKeys(data.keys), new Date(), {
      ...benchPlan,
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
    const began = performance.now()
    const differences = await differencesOf(data, street)
    const wholeCheckSeconds = rounded((performance.now() - began) / 1_000, 1)
    const ratio = median(rounds.map(({ ours, bare: plain }) => ours / plain))
    const figures = {
      ours: rounded(median(rounds.map(({ ours }) => ours)), 0),
      pgbench: rounded(median(rounds.map(({ bare: plain }) => plain)), 0),
      ratio: rounded(ratio),
      differences: differences.length,
      wholeCheckSeconds,
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

/** Every entry of the ledger is added up once more, which takes longer than a request may. */
async function differencesOf(data: TemporaryData, street: ProofStreet) {
  const pool = openPool(data.appUrl(), 1, 'linli-bench-differences', { statementMs: 0 })
  try {
    return await inTransaction(pool, { actor: street.system }, (tx) => ledgerDifferences(tx))
  } finally {
    await pool.end()
  }
}

interface Books {
  readonly popular: string
  readonly people: readonly string[]
}

/** People who were given points six times, by transfers of ninety of them: set by set, for 900,000 people have five million entries. */
async function fillBooks(
  data: TemporaryData,
  pool: AppPool,
  street: ProofStreet,
  rows: number,
): Promise<Books> {
  const area = street.areaPath('c1')
  const popular = await inTransaction(pool, { actor: street.system }, (tx) =>
    openAccount(tx, { kind: 'issuance', unit: 'points', holderId: street.areaId('c1'), area }, new Date()),
  )
  const outside = new Client({ connectionString: data.superuserUrl() })
  await outside.connect()
  try {
    // Triggers rest meanwhile, as in a restore; what they would have made is written beside it, and the differences are asked for.
    await outside.query("set session_replication_role = 'replica'")
    await outside.query(
      `create temp table bench_people as select n, md5('person' || n)::uuid as id, (n - 1) / ${peopleAtOnce} as block
       from generate_series(1, ${rows}) n`,
    )
    await outside.query(
      `insert into ledger_accounts (street_id, id, kind, unit, holder_id, area, opened_at)
       select $1, id, 'person', 'points', md5('holder' || n)::uuid, $2, now() from bench_people`,
      [street.streetId, area],
    )
    await outside.query(
      `insert into ledger_balances (street_id, account_id, bounded, posted)
       select $1, id, true, ${gifts * giftPoints} from bench_people`,
      [street.streetId],
    )
    await outside.query(
      `update ledger_balances set posted = posted - ${gifts * giftPoints * rows}::bigint where street_id = $1 and account_id = $2`,
      [street.streetId, popular],
    )
    const gift = `(select gift, block, md5(gift || '-' || block)::uuid as id, count(*)::int as people
      from bench_people cross join generate_series(1, ${gifts}) gift group by gift, block)`
    await outside.query(
      `insert into ledger_transfers (street_id, id, cause, pending, lines, content, at, made_by)
       select $1, id, 'award', false, people + 1, 'bench', now(), $2 from ${gift} g`,
      [street.streetId, street.system.accountId],
    )
    await outside.query(
      `insert into ledger_entries (street_id, transfer_id, line, account_id, unit, amount, at)
       select $1::int, g.id, 0, $2::uuid, 'points', -${giftPoints} * g.people, now() from ${gift} g
       union all select $1, g.id, 1 + (p.n - 1) % ${peopleAtOnce}, p.id, 'points', ${giftPoints}, now()
       from ${gift} g join bench_people p on p.block = g.block`,
      [street.streetId, popular],
    )
    await outside.query('vacuum analyze')
    const { rows: people } = await outside.query<{ id: string }>('select id from bench_people')
    return { popular, people: people.map(({ id }) => id) }
  } finally {
    await outside.end()
  }
}

const anyOf = (count: number) => Math.floor(Math.random() * count)

/** Half come from the popular account, half go to it: the one never waits, the other takes from a person. */
async function transfer(pool: AppPool, street: ProofStreet, books: Books, client: number): Promise<void> {
  const person = books.people[anyOf(books.people.length)] ?? ''
  const amount = client % 2 === 0 ? 1 : -1
  await inTransaction(pool, { actor: street.system }, (tx: Tx) =>
    postTransfer(tx, {
      // As the application makes them: by time, so that the newest lie beside each other.
      id: newId(Date.now()),
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
