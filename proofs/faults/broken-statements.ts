/** Makes one chosen statement of the application's connections fail, as PostgreSQL or the wire would make it fail. */
import pg from 'pg'

/**
 * `refused`: PostgreSQL answers an error, so that its transaction is lost. `lost`: the connection ends before the
 * statement arrives. `at-commit`: everything is done, and the commit itself is refused.
 */
export type Fault = 'refused' | 'lost' | 'at-commit'

export interface Breaker {
  /**
   * The nth statement from now on, counted from 1, fails. Should there be fewer, the commit fails in its place, so
   * that nothing is ever done: the commit of an act that keeps its reply, or with `anyCommit` the first of all.
   */
  arm(order: Order): void
  /** Breaks nothing from here on. */
  disarm(): Broken
  /** Gives the driver back as it was. */
  restore(): void
}

export interface Order {
  readonly fault: Fault
  /** Of no account for `at-commit`. */
  readonly nth: number
  readonly sqlState: string
  readonly anyCommit: boolean
}

export interface Broken {
  /** Statements since it was armed. */
  readonly sent: number
  /** The one that failed; undefined: none did. */
  readonly statement: string | undefined
}

/** Full disk, no memory, too slow, met another, shut down, a standby that only reads, a broken disk. */
export const sqlStates = ['53100', '53200', '57014', '40001', '57P01', '25006', '58030'] as const

const table = 'proof_broken_commits'

/** What a commit stumbles over: a constraint that is only looked at then. To be run as the superuser. */
export const commitTrap = `
  create table ${table} (sql_state text not null);
  grant insert on ${table} to public;
  create function ${table}() returns trigger language plpgsql as $$
    begin raise exception 'the proof refuses this commit' using errcode = new.sql_state; end $$;
  create constraint trigger refuse after insert on ${table} deferrable initially deferred
    for each row execute function ${table}()`

const refuse = (sqlState: string) =>
  `do $fault$ begin raise exception 'the proof refuses this statement' using errcode = '${sqlState}'; end $fault$`

type Query = (this: pg.Client, config: unknown, ...more: unknown[]) => unknown

/** Stands between the pools of this application name and the driver; every other connection is left alone. */
export function breakStatements(applicationName: string): Breaker {
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const whole = prototype.query
  let armed: Order | undefined
  // Connections in the transaction of the act itself, as against short ones beside it, such as one that takes a number.
  const acting = new WeakSet<pg.Client>()
  let sent = 0
  let failed: string | undefined
  prototype.query = function (this: pg.Client, config: unknown, ...more: unknown[]) {
    const text = textOf(config)
    if (text.startsWith('begin')) {
      if (text.includes('claim_idempotency_key(')) acting.add(this)
      else acting.delete(this)
    }
    if (armed === undefined || text === 'rollback' || nameOf(this) !== applicationName)
      return whole.call(this, config, ...more)
    sent += 1
    const broken =
      failed !== undefined ? undefined : breakOne(armed, sent, text, armed.anyCommit || acting.has(this))
    if (broken === undefined) return whole.call(this, config, ...more)
    failed = text
    if (broken === 'lost') {
      streamOf(this).destroy()
      return whole.call(this, config, ...more)
    }
    const callback = more.find((one) => typeof one === 'function')
    return callback === undefined ? whole.call(this, broken) : whole.call(this, broken, callback)
  }
  return {
    arm: (order) => {
      armed = order
      sent = 0
      failed = undefined
    },
    disarm: () => {
      armed = undefined
      return { sent, statement: failed }
    },
    restore: () => {
      prototype.query = whole
    },
  }
}

/** @returns what is sent in its place, or `lost`; undefined: it goes through as it is */
function breakOne(
  { fault, nth, sqlState }: Order,
  sent: number,
  text: string,
  ownCommit: boolean,
): string | undefined {
  if (fault !== 'at-commit' && sent === nth) {
    if (fault === 'lost') return 'lost'
    return text.startsWith('begin') ? `${text.split(';')[0]}; ${refuse(sqlState)}` : refuse(sqlState)
  }
  if (!ownCommit || !/(^|; )commit$/.test(text)) return undefined
  return `${text.slice(0, -'commit'.length)}insert into ${table} values ('${sqlState}'); commit`
}

const textOf = (config: unknown): string =>
  typeof config === 'string' ? config : ((config as { text?: string } | undefined)?.text ?? '')

interface Inner {
  readonly connectionParameters: { readonly application_name?: string }
  readonly connection: { readonly stream: { destroy(): void } }
}
const nameOf = (client: pg.Client) => (client as unknown as Inner).connectionParameters.application_name
const streamOf = (client: pg.Client) => (client as unknown as Inner).connection.stream
