import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appRole, databaseName, ensureRoles, ownerRole, prepareDatabase } from './database-roles.ts'
import { type EmbeddedPostgres, startEmbeddedPostgres, superuser } from './embedded-postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'linli-roles-'))
let server: EmbeddedPostgres

beforeAll(async () => {
  chmodSync(folder, 0o711)
  server = await startEmbeddedPostgres({ dataDir: join(folder, 'pg'), log: () => undefined, fsync: false })
})

afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function as<T>(role: string, database: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: server.urlFor(role, database) })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}

test('two starters prepare one database at once; its owner owns it and no role of ours stands above row security', async () => {
  const prepare = () => prepareDatabase((database) => server.urlFor(superuser, database))
  await Promise.all([prepare(), prepare()])
  await prepare()
  const { rows } = await as(appRole, databaseName, (client) =>
    client.query(
      `select rolname, rolcanlogin, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb as strong
       from pg_roles where rolname like 'linli%' order by 1`,
    ),
  )
  expect(rows.map((row) => [row.rolname, row.rolcanlogin, row.strong])).toEqual([
    ['linli_app', true, false],
    ['linli_owner', true, false],
    ['linli_reader', false, false],
    ['linli_search', false, false],
    ['linli_worker', true, false],
  ])
  await as(ownerRole, databaseName, (client) => client.query('create table owned (id int)'))
  await expect(
    as(appRole, databaseName, (client) => client.query('create table mine (id int)')),
  ).rejects.toThrow(/denied/)
})

test('roles that are missing and may not be made are named in one sentence', async () => {
  await as(superuser, databaseName, (client) => client.query('drop role linli_reader'))
  await expect(as(appRole, databaseName, ensureRoles)).rejects.toMatchObject({
    code: 'platform/missing-roles',
    en: expect.stringContaining('linli_reader'),
  })
  await as(superuser, databaseName, ensureRoles)
  await as(appRole, databaseName, ensureRoles)
})
