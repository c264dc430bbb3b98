import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DoctorNeeds, examine } from './doctor.ts'
import { openKeys } from './keys.ts'
import { freshDatabase, ownServer, type TestDatabase } from './testing/test-database.ts'

const root = mkdtempSync(join(tmpdir(), 'linli-doctor-'))
const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64')
const keys = { encryption: keyOf(1), blindIndex: keyOf(2), cookie: keyOf(3) }
let database: TestDatabase

beforeAll(async () => {
  database = await freshDatabase()
  mkdirSync(join(root, 'files'), { mode: 0o700 })
  writeFileSync(join(root, 'keys.json'), '{}', { mode: 0o600 })
})
afterAll(async () => {
  await database.drop()
  rmSync(root, { recursive: true, force: true })
})

const states = async (more: Partial<DoctorNeeds> = {}) => {
  const findings = await examine({
    folder: { root, files: join(root, 'files'), keys },
    appUrl: database.appUrl,
    host: '127.0.0.1',
    publicUrl: undefined,
    at: new Date(),
    freeBytes: 50 * 1024 ** 3,
    ...more,
  })
  for (const { zh, en } of findings) expect([zh, en].join('')).not.toBe('')
  return Object.fromEntries(findings.map(({ check, state }) => [check, state]))
}

async function asSuperuser(sql: string, values: unknown[] = []): Promise<void> {
  const client = new Client({ connectionString: database.superuserUrl })
  await client.connect()
  await client.query(sql, values)
  await client.end()
}

test('a sound installation passes every check but the one on fsync, which our own test server switches off', async () => {
  expect(await states()).toEqual({
    fsync: ownServer() ? 'fail' : 'ok',
    commit: 'ok',
    locale: 'ok',
    role: 'ok',
    'database-password': 'ok',
    'database-way': 'ok',
    walls: 'ok',
    history: 'ok',
    schema: 'ok',
    'statement-log': 'ok',
    migrations: 'ok',
    keys: 'ok',
    'data-folder': 'ok',
    https: 'ok',
    disk: 'ok',
    clock: 'ok',
  })
})

test('a serving role above row security, open folders, a full disk and plain http are told', async () => {
  expect((await states({ appUrl: database.superuserUrl })).role).toBe('fail')
  expect((await states({ freeBytes: 1024 })).disk).toBe('fail')
  expect((await states({ freeBytes: 2 * 1024 ** 3 })).disk).toBe('warn')
  expect((await states({ host: '0.0.0.0' })).https).toBe('fail')
  expect((await states({ host: '0.0.0.0', plainHttpAllowed: true })).https).toBe('warn')
  expect((await states({ host: '0.0.0.0', publicUrl: 'https://a.example' })).https).toBe('ok')
  expect((await states({ at: new Date('2001-01-01') })).clock).toBe('fail')
  chmodSync(join(root, 'keys.json'), 0o644)
  expect((await states())['data-folder']).toBe('fail')
  chmodSync(join(root, 'keys.json'), 0o600)
})

test('keys that do not open what is encrypted, and a schema that lacks tables, are told', async () => {
  const id = '018bde02-b000-75c7-92ed-5078ce50daf3'
  await asSuperuser(
    `insert into accounts (id, kind, username, created_at) values ('${id}', 'staff', 'x', now())`,
  )
  await asSuperuser('insert into account_contacts (account_id, name_encrypted) values ($1, $2)', [
    id,
    openKeys(keys).seal(`account_contacts.name.${id}`, '某某'),
  ])
  expect((await states()).keys).toBe('ok')
  const other = { root, files: join(root, 'files'), keys: { ...keys, encryption: keyOf(9) } }
  expect((await states({ folder: other })).keys).toBe('fail')
  await asSuperuser('drop table case_notices')
  expect((await states()).migrations).toBe('fail')
})
