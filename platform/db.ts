/** The database: pools, transactions with their row-security context, and Kysely as a builder of SQL. */
import {
  type Compilable,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  type RootOperationNode,
} from 'kysely'
import pg from 'pg'
import { type Actor, deskAreas, supervisedAreas } from './actor.ts'
import { Refusal } from './refusal.ts'
import { quoteLiteral, quoteWordArray } from './sql-quote.ts'

export type Pool = pg.Pool

/** bigint counts fit a double here; PostgreSQL's driver would hand them out as text. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
/** A day stays a day: 'YYYY-MM-DD', never shifted by the server's time zone. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** Longest time of a statement in the database. */
const statementLimitMs = 15_000
/** An answer is waited for a little longer than the database may take, for a connection can go silent without ending. */
const silenceFactor = 1.2
/** Acts that may wait for each connection of a pool: a moment's work. Whoever comes then is told at once to come back. */
const waitingPerConnection = 40

/** `statementMs`: 0 for no limit at all, which only a bench or a recount by hand wants. */
export function openPool(
  url: string,
  size: number,
  name: string,
  { statementMs = statementLimitMs }: { statementMs?: number } = {},
): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: size,
    application_name: name,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 60_000,
    statement_timeout: statementMs,
    query_timeout: Math.ceil(statementMs * silenceFactor),
    keepAlive: true,
  })
  surviveBreaks(pool)
  boundQueue(pool)
  const end = pool.end.bind(pool)
  pool.end = async () => {
    await beside.get(pool)?.end()
    await end()
  }
  return pool
}

type Connected = (error: Error, client: undefined, release: () => void) => void

/** Without an end to its queue a pool whose database hangs would gather every request there is. */
function boundQueue(pool: Pool): void {
  const most = pool.options.max * waitingPerConnection
  const connect = pool.connect.bind(pool) as (callback?: Connected) => Promise<pg.PoolClient>
  pool.connect = ((callback?: Connected) => {
    if (pool.waitingCount < most) return connect(callback)
    const refusal = new Refusal('platform/busy', { retryAfterSeconds: 2 })
    if (callback === undefined) return Promise.reject(refusal)
    process.nextTick(callback, refusal, undefined, () => {})
  }) as typeof pool.connect
}

/**
 * An idle connection that breaks is replaced by the pool, and one that breaks between two statements of an act fails the
 * next statement. Without listeners either would end the process.
 */
function surviveBreaks(pool: Pool): void {
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
}

const beside = new WeakMap<Pool, Pool>()

/**
 * One connection beside a pool, for the short transactions that an act waits for while it holds a connection of the
 * pool itself. Taken from the same pool, a full house of acts would wait for one that none of them gives back.
 */
export function connectionBeside(pool: Pool): Pool {
  let one = beside.get(pool)
  if (one === undefined) {
    one = new pg.Pool({ ...pool.options, max: 1 })
    surviveBreaks(one)
    boundQueue(one)
    beside.set(pool, one)
  }
  return one
}

/** A builder for one module's tables: it compiles queries and can run none, so a transaction is always an argument. */
export function sqlBuilder<Tables>(): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
}

const rawCompiler = sqlBuilder<Record<string, never>>()

/** What a store needs to run SQL. Every statement of an operation goes through one of these. */
export interface Tx {
  many<Row>(query: Compilable<Row> | RawBuilder<Row>): Promise<Row[]>
  /** The first row or undefined. */
  maybe<Row>(query: Compilable<Row> | RawBuilder<Row>): Promise<Row | undefined>
  /** The first row; a fault if there is none. */
  one<Row>(query: Compilable<Row> | RawBuilder<Row>): Promise<Row>
  /** Rows changed. */
  run(query: Compilable<unknown> | RawBuilder<unknown>): Promise<number>
  /** Gives this transaction another actor's context; only sign-in does, which begins without one. */
  enter(actor: Actor): Promise<void>
  /** The same object for all transactions of one pool; see street-cache.ts. */
  readonly cacheKey: object
  /** Reply, audit, events and jobs of an act (see `finish_act`), sent now. */
  finishAct(notes: Record<string, unknown>): Promise<void>
  /** The same, sent in one message with the commit that follows: nothing of the act may come after it. */
  finishActAtCommit(notes: Record<string, unknown>): void
  /** A function of the database that takes one JSON value and answers nothing, sent in the same message. */
  callAtCommit(name: 'tell_people', argument: unknown): void
}

/** A statement whose text never changes: nothing is built or compiled anew, the connection knows its plan. */
export function fixedQuery<Row>(text: string, values: readonly unknown[]): Compilable<Row> {
  const queryId = { queryId: 'fixed' }
  const query = { kind: 'RawNode', sqlFragments: [], parameters: [] } as unknown as RootOperationNode
  return { compile: () => ({ query, queryId, sql: text, parameters: values }) }
}

function isRaw<Row>(query: Compilable<Row> | RawBuilder<Row>): query is RawBuilder<Row> {
  return 'isRawBuilder' in query
}

/** Statements are prepared once a connection under a name made from their text. */
const statementNames = new Map<string, string>()
function statementName(text: string): string {
  let name = statementNames.get(text)
  if (name === undefined) {
    name = `s${statementNames.size}`
    statementNames.set(text, name)
  }
  return name
}

/** Runs statements on one connection or pool. `atCommit` gathers what goes with the commit of a transaction. */
export function txOn(
  client: pg.ClientBase | pg.Pool,
  cacheKey: object = client,
  atCommit: string[] = [],
): Tx {
  const query = async <Row>(q: Compilable<Row> | RawBuilder<Row>) => {
    const compiled = isRaw(q) ? q.compile(rawCompiler) : q.compile()
    return client.query<pg.QueryResultRow>({
      name: statementName(compiled.sql),
      text: compiled.sql,
      values: [...compiled.parameters],
    })
  }
  return {
    cacheKey,
    many: async <Row>(q: Compilable<Row> | RawBuilder<Row>) => (await query(q)).rows as Row[],
    maybe: async <Row>(q: Compilable<Row> | RawBuilder<Row>) => (await query(q)).rows[0] as Row | undefined,
    one: async <Row>(q: Compilable<Row> | RawBuilder<Row>) => {
      const row = (await query(q)).rows[0]
      if (row === undefined) throw new Error('a row was expected and none came')
      return row as Row
    },
    run: async (q) => (await query(q)).rowCount ?? 0,
    enter: async (actor) => {
      await client.query(contextStatements(actor))
    },
    finishAct: async (notes) => {
      await client.query({
        name: 'finish_act',
        text: 'select finish_act($1::jsonb)',
        values: [JSON.stringify(notes)],
      })
    },
    finishActAtCommit: (notes) => {
      atCommit.push(`select finish_act(${quoteLiteral(JSON.stringify(notes))})`)
    },
    callAtCommit: (name, argument) => {
      atCommit.push(`select ${name}(${quoteLiteral(JSON.stringify(argument))})`)
    },
  }
}

/** The context that row security reads; made of literals, for SET takes no parameters. */
export function contextStatements(
  actor: Pick<Actor, 'streetId' | 'accountId' | 'scope' | 'posts'> | undefined,
): string {
  if (actor === undefined)
    return "set local app.street = ''; set local app.areas = ''; set local app.organisations = ''; set local app.supervised = ''; set local app.desks = ''; set local app.actor = ''"
  return [
    `set local app.street = ${quoteLiteral(String(actor.streetId))}`,
    `set local app.areas = ${quoteWordArray(actor.scope.areas)}`,
    `set local app.organisations = ${quoteWordArray(actor.scope.organisations)}`,
    `set local app.supervised = ${quoteWordArray(supervisedAreas(actor))}`,
    `set local app.desks = ${quoteWordArray(deskAreas(actor))}`,
    `set local app.actor = ${quoteLiteral(actor.accountId)}`,
  ].join('; ')
}

export interface TransactionStart {
  actor: Actor | undefined
  readOnly?: boolean
  /** A statement sent in the same round trip as BEGIN; its first row is handed to `work`. */
  firstStatement?: string
}

/**
 * One transaction under an actor's context. Begin, context and the first statement are one round trip; what an act
 * leaves behind and the commit are another. The end of a transaction that only read is not waited for.
 * An error rolls back and is thrown on; a connection that can not even roll back is thrown away.
 */
export async function inTransaction<T>(
  pool: Pool,
  start: TransactionStart,
  work: (tx: Tx, firstRow: Record<string, unknown> | undefined) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  const atCommit: string[] = []
  let broken: Error | undefined
  let ending: Promise<unknown> | undefined
  try {
    const begin = start.readOnly ? 'begin read only' : 'begin'
    const statements = [begin, contextStatements(start.actor)]
    if (start.firstStatement) statements.push(start.firstStatement)
    const results = (await client.query(statements.join('; '))) as unknown as pg.QueryResult[]
    const tx = txOn(client, pool, atCommit)
    const result = await work(tx, start.firstStatement ? results.at(-1)?.rows[0] : undefined)
    const commit = client.query([...atCommit, 'commit'].join('; '))
    if (start.readOnly) ending = commit
    else await commit
    return result
  } catch (error) {
    broken = wentSilent(error) ? (error as Error) : await rollBack(client)
    throw error
  } finally {
    if (ending === undefined) client.release(broken)
    else
      ending.then(
        () => client.release(),
        (error: Error) => client.release(error),
      )
  }
}

/** The connection no longer answers: it would not answer to a rollback either, and its server rolls back by itself. */
const wentSilent = (error: unknown): boolean =>
  error instanceof Error && error.message === 'Query read timeout'

/** @returns why the connection can not be used again, if so */
async function rollBack(client: pg.ClientBase): Promise<Error | undefined> {
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error as Error
  }
}
