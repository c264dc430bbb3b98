import { Client } from 'pg'
import { expect, test } from 'vitest'
import { refuseUnsafeRole } from '../database-roles.ts'
import { StartupRefusal } from '../startup-refusal.ts'
import { freshDatabase } from './test-database.ts'

async function connected<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

test('a fresh database is migrated, Chinese has trigrams in it, and two of them share nothing', async () => {
  const [one, two] = [await freshDatabase(), await freshDatabase()]
  try {
    await connected(one.ownerUrl, async (client) => {
      const { rows } = await client.query(
        "select count(*)::int as n, show_trgm('返味') as trigrams from schema_migrations",
      )
      expect(rows[0].n).toBeGreaterThan(0)
      expect(rows[0].trigrams.length).toBeGreaterThan(0)
      await client.query('create table only_here (id int)')
    })
    const found = await connected(two.ownerUrl, (client) =>
      client.query("select to_regclass('only_here') as found"),
    )
    expect(found.rows).toEqual([{ found: null }])
  } finally {
    await Promise.all([one.drop(), two.drop()])
  }
})

test('the app and worker roles may serve; the owner and the superuser may not', async () => {
  const database = await freshDatabase()
  try {
    await connected(database.appUrl, refuseUnsafeRole)
    await connected(database.workerUrl, refuseUnsafeRole)
    await expect(connected(database.ownerUrl, refuseUnsafeRole)).rejects.toThrow(StartupRefusal)
    await expect(connected(database.superuserUrl, refuseUnsafeRole)).rejects.toThrow(/BYPASSRLS/)
  } finally {
    await database.drop()
  }
})
