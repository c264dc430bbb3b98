import { Client } from 'pg'
import { expect, test } from 'vitest'
import { fsyncFinding, localeFinding, refuseUnsafeDatabase } from './database-findings.ts'
import { freshDatabase, ownServer } from './testing/test-database.ts'

async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

test('a database in which Chinese characters are no letters is refused, one in UTF-8 is not', async () => {
  const database = await freshDatabase()
  const name = `locale_${process.pid}`
  await withClient(database.superuserUrl, async (client) => {
    expect((await localeFinding(client)).state).toBe('ok')
    await client.query(`create database ${name} template template0 encoding 'UTF8' locale 'C'`)
  })
  const url = Object.assign(new URL(database.superuserUrl), { pathname: `/${name}` }).href
  await withClient(url, async (client) => {
    const found = await localeFinding(client)
    expect([found.state, found.zh]).toEqual(['fail', expect.stringContaining('区域是 C')])
  })
  await withClient(database.superuserUrl, (client) => client.query(`drop database ${name} with (force)`))
  await database.drop()
})

test.runIf(ownServer())('a server that does not write to the disk is refused in one sentence', async () => {
  const database = await freshDatabase()
  await withClient(database.appUrl, async (client) => {
    // The test server runs without fsync.
    expect((await fsyncFinding(client)).state).toBe('fail')
    await expect(refuseUnsafeDatabase(client)).rejects.toMatchObject({ code: 'platform/unsafe-fsync' })
  })
  await database.drop()
})
