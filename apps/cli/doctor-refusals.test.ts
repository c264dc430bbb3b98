/** Each way to set this system up unsafely, really set up, and the one check that refuses it. Rule: quality.md R43. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { insertAccounts } from '../../modules/accounts/server/index.ts'
import { hashPassword } from '../../modules/accounts/server/passwords.ts'
import { startTestStreets, type TestStreets } from '../../modules/testing/street-fixture.ts'
import { systemActorOf } from '../../modules/testing/system-actor.ts'
import { openDataFolder } from '../../platform/data-folder.ts'
import { refuseOpenWalls, refuseUnsafeDatabase } from '../../platform/database-findings.ts'
import { refuseUsualPassword } from '../../platform/database-password.ts'
import { inTransaction } from '../../platform/db.ts'
import { openKeys } from '../../platform/keys.ts'
import { readSettings } from '../../platform/settings.ts'
import { StartupRefusal } from '../../platform/startup-refusal.ts'
import { ownServer } from '../../platform/testing/test-database.ts'
import { type Examined, examineAll } from './run-doctor.ts'

const root = mkdtempSync(join(tmpdir(), 'linli-doctor-'))
const keyOf = (byte: number) => Buffer.alloc(32, byte).toString('base64')
const keys = { encryption: keyOf(1), blindIndex: keyOf(2), cookie: keyOf(3) }
const folder = { root, files: join(root, 'files'), keys }
const bypassing = `bypassing_${process.pid}_${Date.now()}`
const inC = `${bypassing}_c`
const accountId = '018bde02-b000-75c7-92ed-5078ce50daf3'
let t: TestStreets
let above: Client

beforeAll(async () => {
  t = await startTestStreets()
  above = new Client({ connectionString: t.database.superuserUrl })
  await above.connect()
  mkdirSync(folder.files, { mode: 0o700 })
  writeFileSync(join(root, 'keys.json'), '{}', { mode: 0o600 })
  const passwordHash = await hashPassword('Our-own-Word-77')
  await inTransaction(t.pool, { actor: systemActorOf(t.street) }, (tx) =>
    insertAccounts(tx, openKeys(keys), t.street.streetId, new Date(), [
      { id: accountId, kind: 'staff', username: 'somebody', displayName: '某人', passwordHash },
    ]),
  )
  // The fixture's own people have names under other keys.
  await above.query('delete from account_contacts where account_id <> $1', [accountId])
  // … and the password of all tests, which is one that the doctor knows.
  await above.query(
    'update accounts set password_hash = (select password_hash from accounts where id = $1)',
    [accountId],
  )
  const year = new Date().getFullYear()
  for (const one of [year, year + 1])
    await above.query(
      "insert into calendar_years (year, source) values ($1, 'test') on conflict do nothing",
      [one],
    )
  await above.query(`create role ${bypassing} login bypassrls`)
  await above.query(`grant linli_app to ${bypassing}`)
  await above.query(`create database ${inC} template template0 encoding 'UTF8' locale 'C'`)
})
afterAll(async () => {
  await above.query(`drop database ${inC} with (force)`)
  await above.query(`drop role ${bypassing}`)
  await above.end()
  await t.close()
  rmSync(root, { recursive: true, force: true })
})

const states = async (more: Partial<Examined>) =>
  examineAll({
    folder,
    appUrl: t.database.appUrl,
    host: '127.0.0.1',
    publicUrl: undefined,
    demoPassword: undefined,
    sealPort: undefined,
    at: new Date(),
    freeBytes: 50 * 1024 ** 3,
    ...more,
  })
/** Our own test server writes without fsync, so that this misconfiguration is always there; a given one writes as it likes. */
const always = ownServer() ? 'fsync' : undefined

interface Case {
  readonly name: string
  readonly check: string
  readonly set?: string
  readonly undo?: string
  readonly more?: () => Partial<Examined>
}

const database = () => new URL(t.database.appUrl.replace('postgresql://', 'http://')).pathname.slice(1)
const asRole = (role: string) => t.database.appUrl.replace('linli_app', role)

const cases: readonly Case[] = [
  {
    name: 'commits are not waited for',
    check: 'commit',
    set: 'alter database DB set synchronous_commit = off',
    undo: 'alter database DB reset synchronous_commit',
  },
  {
    name: 'the locale is C',
    check: 'locale',
    more: () => ({ appUrl: t.database.appUrl.replace(database(), inC) }),
  },
  {
    name: 'the database answers to a password that everybody knows',
    check: 'database-password',
    more: () => ({ givenUrls: { DATABASE_OWNER_URL: 'postgresql://linli_owner:postgres@db.example/linli' } }),
  },
  { name: 'it serves as superuser', check: 'role', more: () => ({ appUrl: t.database.superuserUrl }) },
  { name: 'it serves above row security', check: 'role', more: () => ({ appUrl: asRole(bypassing) }) },
  { name: 'it serves as the owner', check: 'role', more: () => ({ appUrl: t.database.ownerUrl }) },
  {
    name: 'a table’s owner is let through',
    check: 'walls',
    set: 'alter table cases no force row level security',
    undo: 'alter table cases force row level security',
  },
  {
    name: 'row security is off for a table',
    check: 'walls',
    set: 'alter table people disable row level security',
    undo: 'alter table people enable row level security',
  },
  {
    name: 'the trail may be changed',
    check: 'history',
    set: 'grant update on audit_entries to linli_app',
    undo: 'revoke update on audit_entries from linli_app',
  },
  {
    name: 'the trigger that keeps the ledger is off',
    check: 'history',
    set: 'alter table ledger_entries disable trigger no_change',
    undo: 'alter table ledger_entries enable trigger no_change',
  },
  {
    name: 'everybody may make tables',
    check: 'schema',
    set: 'grant create on schema public to public',
    undo: 'revoke create on schema public from public',
  },
  {
    name: 'statements are logged',
    check: 'statement-log',
    set: "alter database DB set log_statement = 'all'",
    undo: 'alter database DB reset log_statement',
  },
  {
    name: 'a table is missing',
    check: 'migrations',
    set: 'alter table case_notices rename to case_notices_away',
    undo: 'alter table case_notices_away rename to case_notices',
  },
  {
    name: 'the keys are others',
    check: 'keys',
    more: () => ({ folder: { ...folder, keys: { ...keys, encryption: keyOf(9) } } }),
  },
  { name: 'it is open to the network in plain http', check: 'https', more: () => ({ host: '0.0.0.0' }) },
  {
    name: 'its public address is plain http',
    check: 'https',
    more: () => ({ publicUrl: 'http://linli.example' }),
  },
  {
    name: 'the year has no calendar',
    check: 'calendar',
    set: 'update calendar_years set year = year - 20',
    undo: 'update calendar_years set year = year + 20',
  },
  {
    name: 'somebody uses a known password',
    check: 'passwords',
    more: () => ({ demoPassword: 'Our-own-Word-77' }),
  },
  {
    name: 'the clock is a minute and a half off',
    check: 'clock',
    more: () => ({ at: new Date(Date.now() + 90_000) }),
  },
  { name: 'the disk is full', check: 'disk', more: () => ({ freeBytes: 1024 }) },
  {
    name: 'nothing is sealed any more',
    check: 'seals',
    set: `insert into audit_entries (street_id, id, at, operation, outcome, request_id)
      select min(street_id), '018bde02-b000-75c7-92ed-5078ce50daf9', now() - interval '3 hours', 'test.old', 'done', 'r' from streets`,
    undo: "delete from audit_entries where operation = 'test.old'",
  },
  {
    name: 'the ledger differs from itself',
    check: 'ledger',
    set: `insert into ledger_checks (street_id, id, at, transfers, differences)
      select min(street_id), '018bde02-b000-75c7-92ed-5078ce50dafa', now(), 1, '[{"what": "x"}]' from streets`,
    undo: 'set session_replication_role = replica; delete from ledger_checks; set session_replication_role = origin',
  },
]

test.each(cases)('$name: $check refuses, and nothing else does', async ({ check, set, undo, more }) => {
  const run = (sql = '') => (sql === '' ? undefined : above.query(sql.replaceAll('DB', database())))
  await run(set)
  try {
    const findings = await states(more?.() ?? {})
    const failed = findings.filter(({ state }) => state === 'fail')
    const bare = check === 'locale'
    expect(failed.map((one) => one.check)).toEqual(expect.arrayContaining(always ? [always, check] : [check]))
    // A database without our tables fails for these too; above row security history is open as well.
    const beside = bare ? ['migrations', 'schema'] : check === 'role' ? ['history', 'schema', 'walls'] : []
    expect(
      failed.map((one) => one.check).filter((one) => one !== always && ![check, ...beside].includes(one)),
    ).toEqual([])
    const told = failed.find((one) => one.check === check)
    expect(told?.zh).toMatch(/[\u4e00-\u9fff].*。$/)
    expect(told?.en).toMatch(/[a-z].*\.$/)
  } finally {
    await run(undo)
  }
})

test('keys that are missing, and the password of the database that is one of the usual, are refused in words at any start', () => {
  const lost = mkdtempSync(join(tmpdir(), 'linli-doctor-'))
  const refusal = (act: () => unknown): StartupRefusal => {
    try {
      act()
    } catch (error) {
      if (error instanceof StartupRefusal) return error
      throw error
    }
    throw new Error('nothing was refused')
  }
  openDataFolder(lost, { version: 'test' })
  rmSync(join(lost, 'keys.json'))
  const missing = refusal(() => openDataFolder(lost, { version: 'test' }))
  const told = [missing]
  for (const password of ['postgres', 'linli_app', 'short', 'CHANGEME'])
    told.push(
      refusal(() => refuseUsualPassword({ DATABASE_URL: `postgresql://linli_app:${password}@db/linli` })),
    )
  expect(told.map(({ code }) => code)).toEqual([
    'platform/keys-missing',
    ...Array.from({ length: 4 }, () => 'platform/unsafe-database-password'),
  ])
  for (const { zh, en } of told) expect(`${zh}|${en}`).toMatch(/[\u4e00-\u9fff].*。\|.*[a-z].*\.$/)
  expect(told.at(-1)?.message).not.toContain('CHANGEME')
  refuseUsualPassword({ DATABASE_URL: 'postgresql://linli_app:k3fH-9sTq-28Zx-mmP1@db/linli' })
  refuseUsualPassword({ DATABASE_URL: 'postgresql://linli_app:postgres@/linli?host=/run/postgresql' })
  rmSync(lost, { recursive: true, force: true })
})

test('open permissions of the data folder are refused', async () => {
  chmodSync(join(root, 'keys.json'), 0o644)
  expect((await states({})).filter(({ state }) => state === 'fail').map(({ check }) => check)).toContain(
    'data-folder',
  )
  chmodSync(join(root, 'keys.json'), 0o600)
})

test.runIf(ownServer())('without fsync, fsync refuses and so does a start', async () => {
  const told = (await states({})).find(({ check }) => check === 'fsync')
  expect([told?.state, told?.zh]).toEqual(['fail', expect.stringContaining('断电会丢失数据')])
  const client = new Client({ connectionString: t.database.appUrl })
  await client.connect()
  await expect(refuseUnsafeDatabase(client)).rejects.toMatchObject({ code: 'platform/unsafe-fsync' })
  await client.end()
})

test('a start refuses what would show or change data: it does not wait for the doctor', async () => {
  const client = new Client({ connectionString: t.database.appUrl })
  await client.connect()
  try {
    await refuseOpenWalls(client)
    await above.query('alter table cases no force row level security')
    await expect(refuseOpenWalls(client)).rejects.toMatchObject({ code: 'platform/unsafe-walls' })
    await above.query('alter table cases force row level security')
    await above.query('grant update on audit_entries to linli_app')
    await expect(refuseOpenWalls(client)).rejects.toMatchObject({ code: 'platform/unsafe-history' })
    await above.query('revoke update on audit_entries from linli_app')
  } finally {
    await client.end()
  }
  const plain = { LINLI_PUBLIC_URL: 'http://linli.example' }
  expect(() => readSettings(plain)).toThrow('LINLI_ALLOW_PLAIN_HTTP')
  expect(() => readSettings({ HOST: '0.0.0.0' })).toThrow('LINLI_PUBLIC_URL')
  expect(readSettings({ ...plain, LINLI_ALLOW_PLAIN_HTTP: '1' }).plainHttpAllowed).toBe(true)
  expect(readSettings({ HOST: '0.0.0.0', LINLI_PUBLIC_URL: 'https://linli.example' }).port).toBe(8080)
  expect(readSettings({ LINLI_PUBLIC_URL: 'http://localhost:8080' }).publicUrl).toBe('http://localhost:8080')
})
