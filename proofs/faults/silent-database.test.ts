import { sql } from 'kysely'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { createSeededRandom } from '../../lib/seeded-random.ts'
import { inTransaction, openPool, type Pool } from '../../platform/db.ts'
import { freshDatabase, type TestDatabase } from '../../platform/testing/test-database.ts'
import { openFaultProxy, overWire, socketOf } from './proxy.ts'

let database: TestDatabase
const closers: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  database = await freshDatabase()
  return () => database.drop()
})

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

const one = (pool: Pool) =>
  inTransaction(pool, { actor: undefined }, (tx) => tx.one(sql<{ n: number }>`select 1 as n`))

test('an act on a connection that goes silent is given up, and the next one takes another connection', async () => {
  const proxy = await openFaultProxy(socketOf(database.appUrl), createSeededRandom(1))
  closers.push(() => proxy.close())
  const over = overWire(database.appUrl, proxy.port)
  const pool = openPool(over, 1, 'linli-test-silent', { statementMs: 400 })
  closers.push(() => pool.end())
  await expect(one(pool)).resolves.toEqual({ n: 1 })
  await proxy.become('silent')
  await expect(one(pool)).rejects.toThrow('Query read timeout')
  await proxy.become('whole')
  await expect(one(pool)).resolves.toEqual({ n: 1 })
})

test('whoever comes to a full queue is sent away at once, and the queue goes on', async () => {
  const pool = openPool(database.appUrl, 1, 'linli-test-crowd')
  closers.push(() => pool.end())
  const holder = await pool.connect()
  const waiting = Array.from({ length: 40 }, () => one(pool))
  await expect(one(pool)).rejects.toMatchObject({ code: 'platform/busy', retryAfterSeconds: 2 })
  await expect(pool.query('select 1')).rejects.toMatchObject({ code: 'platform/busy' })
  holder.release()
  await expect(Promise.all(waiting)).resolves.toHaveLength(40)
})
