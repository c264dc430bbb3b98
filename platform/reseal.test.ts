import { randomBytes } from 'node:crypto'
import { appendFileSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type DataKeys,
  fingerprint,
  fingerprints,
  keysAsText,
  openDataFolder,
  parseKeys,
} from './data-folder.ts'
import { keysOfFolder, withNewKey, withoutOlderKeys } from './key-rotation.ts'
import { newestVersion, openKeys } from './keys.ts'
import { reseal, sealedByVersion } from './reseal.ts'
import { sealedColumns } from './sealed-columns.ts'
import { freshDatabase, type TestDatabase } from './testing/test-database.ts'

const newKey = () => randomBytes(32).toString('base64')
const first: DataKeys = { encryption: newKey(), blindIndex: newKey(), cookie: newKey() }
const second = withNewKey(first)
const people = 1_200

let database: TestDatabase
let client: Client
beforeAll(async () => {
  database = await freshDatabase()
  client = new Client({ connectionString: database.superuserUrl })
  await client.connect()
  const keys = openKeys(first)
  const ids = Array.from({ length: people }, () => crypto.randomUUID())
  await client.query(
    "insert into accounts (id, kind, created_at) select id, 'resident', now() from unnest($1::uuid[]) id",
    [ids],
  )
  await client.query(
    'insert into account_contacts (account_id, name_encrypted, phone_index) select * from unnest($1::uuid[], $2::text[], $3::text[])',
    [
      ids,
      ids.map((id) => keys.seal(`account_contacts.name.${id}`, `人 ${id}`)),
      ids.map((id) => keys.blindIndex('phone', id)),
    ],
  )
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

const versions = async () => Object.fromEntries(await sealedByVersion(client))
const contacts = async () =>
  (
    await client.query<{ id: string; sealed: string; index: string }>(
      'select account_id as id, name_encrypted as sealed, phone_index as index from account_contacts order by 1',
    )
  ).rows
const run = (keys: DataKeys, signal?: AbortSignal, say: (line: string) => void = () => {}) =>
  reseal({ client, keys: openKeys(keys), newest: newestVersion(keys), say, ...(signal ? { signal } : {}) })

test('every sealed column of the schema stands in the list, and nothing else does', async () => {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_attribute a join pg_class c on c.oid = a.attrelid
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0
       and not a.attisdropped and (a.attname like '%\\_encrypted' or a.attname like 'totp%secret')`,
  )
  expect(sealedColumns.map(({ table, column }) => `${table}.${column}`).toSorted()).toEqual(
    rows.map(({ name }) => name).toSorted(),
  )
})

test('a new key seals, the old one still opens, and the key of checkpoints stays the same', () => {
  const sealed = openKeys(first).seal('a.b.1', '王小明')
  const both = openKeys(second)
  expect(both.open('a.b.1', sealed)).toBe('王小明')
  expect(both.seal('a.b.1', 'x')).toMatch(/^v2:/)
  expect(both.seals.publicKey).toEqual(openKeys(first).seals.publicKey)
  expect(both.blindIndex('phone', '1')).toBe(openKeys(first).blindIndex('phone', '1'))
  const alone = openKeys(withoutOlderKeys(second))
  expect(alone.seals.publicKey).toEqual(openKeys(first).seals.publicKey)
  expect(() => alone.open('a.b.1', sealed)).toThrow('key 1')
  expect(() => both.open('a.b.2', both.seal('a.b.1', 'x'))).toThrow()
  expect(() => both.open('a.b.1', both.seal('a.b.1', 'x').replace('v2:', 'v1:'))).toThrow()
})

test('the keys are told as text and read back; a backup made under the old key is known by keys that still hold it', () => {
  expect(parseKeys(keysAsText(second), 'here')).toEqual(second)
  expect(fingerprints(second)).toContain(fingerprint(first))
  expect(fingerprints(withoutOlderKeys(second))).not.toContain(fingerprint(first))
  const folder = mkdtempSync(join(tmpdir(), 'linli-rotated-'))
  const made = openDataFolder(folder, { version: '1' })
  const rotated = withNewKey(made.keys)
  // Killed between the keys and the note of the folder: the next opening puts the note right.
  writeFileSync(join(folder, 'keys.json'), keysAsText(rotated), { mode: 0o600 })
  expect(openDataFolder(folder, { version: '1' }).keys).toEqual(rotated)
  expect(
    openDataFolder(folder, { version: '1', keysText: keysAsText(withoutOlderKeys(rotated)) }).keys.version,
  ).toBe(2)
  expect(() => openDataFolder(folder, { version: '1', keysText: keysAsText(made.keys) })).toThrow()
  rmSync(folder, { recursive: true, force: true })
})

test('a server that runs seals with a new key within a second of its being put in place, and opens what others sealed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-renewed-'))
  const path = join(folder, 'keys.json')
  writeFileSync(path, keysAsText(first))
  let ms = 0
  const running = openKeys(
    first,
    keysOfFolder(folder, () => ms),
  )
  expect(running.seal('a.b.1', 'x')).toMatch(/^v1:/)
  writeFileSync(path, keysAsText(second))
  utimesSync(path, new Date(), new Date(Date.now() + 5_000))
  ms += 1_000
  expect(running.open('a.b.1', openKeys(second).seal('a.b.1', 'new'))).toBe('new')
  expect(running.seal('a.b.1', 'x')).toMatch(/^v2:/)
  appendFileSync(path, 'no longer JSON')
  ms += 1_000
  expect(() => running.seal('a.b.1', 'x')).toThrow()
  rmSync(folder, { recursive: true, force: true })
})

test('a run that is killed half-way goes on where it ended, and what people write meanwhile stays theirs', async () => {
  const stop = new AbortController()
  const [early, late] = [(await contacts())[0], (await contacts()).at(-1)]
  const query = client.query.bind(client) as (...asked: unknown[]) => Promise<unknown>
  let changed = 0
  // Between reading and writing a part somebody else changes a row of it; after two parts the run is told to stop.
  client.query = (async (...asked: unknown[]) => {
    if (String(asked[0]).startsWith('update')) {
      if (changed === 0)
        await query('update account_contacts set name_encrypted = $2 where account_id = $1', [
          early?.id,
          openKeys(first).seal(`account_contacts.name.${early?.id}`, '改过的名字'),
        ])
      if (++changed === 2) stop.abort()
    }
    return query(...asked)
  }) as typeof client.query
  const broken = await run(second, stop.signal)
  client.query = query as typeof client.query
  expect(broken).toEqual({ resealed: 999, broken: [] })
  expect(await versions()).toEqual({ 1: people - 999, 2: 999 })
  expect((await contacts()).at(-1)?.sealed).toBe(late?.sealed)

  expect(await run(second)).toEqual({ resealed: people - 999, broken: [] })
  expect(await versions()).toEqual({ 2: people })
  const alone = openKeys(withoutOlderKeys(second))
  for (const { id, sealed, index } of await contacts()) {
    expect(alone.open(`account_contacts.name.${id}`, sealed)).toBe(
      id === early?.id ? '改过的名字' : `人 ${id}`,
    )
    expect(index).toBe(alone.blindIndex('phone', id))
  }
})

test('writers at work while a key changes three times lose nothing, and no text is ever unreadable', async () => {
  let keys = second
  const writer = new Client({ connectionString: database.superuserUrl })
  await writer.connect()
  const ids = (await contacts()).map(({ id }) => id)
  const said = new Map<string, string>()
  for (let round = 0; round < 3; round++) {
    const before = openKeys(keys)
    keys = withNewKey(keys)
    const after = openKeys(keys)
    const writing = (async () => {
      for (let i = 0; i < 60; i++) {
        const id = ids[(i * 37 + round) % ids.length] ?? ''
        const { rows } = await writer.query<{ sealed: string }>(
          'select name_encrypted as sealed from account_contacts where account_id = $1',
          [id],
        )
        after.open(`account_contacts.name.${id}`, rows[0]?.sealed ?? '')
        // Half of them are acts that began before the key changed.
        const by = i % 2 === 0 ? before : after
        said.set(id, `第 ${round} 轮 ${i}`)
        await writer.query('update account_contacts set name_encrypted = $2 where account_id = $1', [
          id,
          by.seal(`account_contacts.name.${id}`, `第 ${round} 轮 ${i}`),
        ])
      }
    })()
    await run(keys)
    await writing
    await run(keys)
  }
  await writer.end()
  expect(await versions()).toEqual({ 5: people })
  const alone = openKeys(withoutOlderKeys(keys))
  for (const { id, sealed } of await contacts()) {
    const text = alone.open(`account_contacts.name.${id}`, sealed)
    if (said.has(id)) expect(text).toBe(said.get(id))
  }
})

test('a ciphertext that was moved to another row is left as it is and told by its place', async () => {
  const [one, other] = await contacts()
  await client.query('update account_contacts set name_encrypted = $2 where account_id = $1', [
    one?.id,
    openKeys(first).seal(`account_contacts.name.${other?.id}`, 'x'),
  ])
  const { broken } = await run({ ...second, version: 5, older: { 1: first.encryption } })
  expect(broken).toEqual([`account_contacts.name.${one?.id}`])
  expect((await versions())[1]).toBe(1)
})

test('a role that is held back by row security is refused before it seals half of it', async () => {
  const held = new Client({ connectionString: database.ownerUrl })
  await held.connect()
  await expect(
    reseal({ client: held, keys: openKeys(second), newest: 2, say: () => {} }),
  ).rejects.toMatchObject({ code: 'platform/reseal-role' })
  await held.end()
})

test('of a voucher nothing changes but the seal around its code', async () => {
  const { rows } = await client.query<{ when: string }>(
    "select pg_get_triggerdef(oid) as when from pg_trigger where tgrelid = 'vouchers'::regclass and tgname like 'no_change%' order by tgname",
  )
  expect(rows).toHaveLength(2)
  expect(rows[0]?.when).toContain('BEFORE DELETE')
  expect(rows[1]?.when).toContain("'code_encrypted'")
})
