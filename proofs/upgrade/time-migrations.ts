/** Measures every statement of the migrations that run while it is on, by standing before the driver. */
import pg from 'pg'

export interface TimedMigration {
  readonly number: number
  /** From its begin to its commit: no lock that it takes is held longer. */
  readonly ms: number
  readonly slowest: { readonly statement: string; readonly ms: number }
}

export interface MigrationTimes {
  readonly migrations: readonly TimedMigration[]
  stop(): void
}

type Query = (this: pg.Client, config: unknown, ...more: unknown[]) => Promise<unknown>
interface Named {
  readonly connectionParameters: { readonly application_name?: string }
}

/** `before` is awaited before whoever brings that migration takes the lock of migrations: until then the schema is the older one. */
export function timeMigrations(before: { number: number; work(): Promise<void> }): MigrationTimes {
  const prototype = pg.Client.prototype as unknown as { query: Query }
  const whole = prototype.query
  const migrations: TimedMigration[] = []
  let begun = 0
  let slowest = { statement: '', ms: 0 }
  prototype.query = async function (this: pg.Client, config: unknown, ...more: unknown[]) {
    const client = this as unknown as Named
    if (typeof config !== 'string' || client.connectionParameters.application_name !== 'linli-migrate')
      return whole.call(this, config, ...more)
    if (config.includes('pg_try_advisory_lock') && migrations.length + 1 === before.number)
      await before.work()
    if (config === 'begin') {
      begun = performance.now()
      slowest = { statement: '', ms: 0 }
    }
    const start = performance.now()
    const result = await whole.call(this, config, ...more)
    const ms = performance.now() - start
    if (ms > slowest.ms) slowest = { statement: config.replace(/\s+/g, ' ').slice(0, 70), ms }
    if (config === 'commit')
      migrations.push({ number: migrations.length + 1, ms: performance.now() - begun, slowest })
    return result
  }
  return {
    migrations,
    stop: () => {
      prototype.query = whole
    },
  }
}
