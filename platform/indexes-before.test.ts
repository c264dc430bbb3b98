import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildIndexesBefore } from './indexes-before.ts'
import { freshDatabase, type TestDatabase } from './testing/test-database.ts'

let database: TestDatabase
let client: Client
beforeAll(async () => {
  database = await freshDatabase()
  client = new Client({ connectionString: database.ownerUrl })
  await client.connect()
  // 20 MB, as a street has after some years.
  await client.query(`create table many_rows as select n, repeat('x', 900) as text from generate_series(1, 20000) n;
    create table few_rows as select 1 as n; create index many_by_old on many_rows (n)`)
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

const validOf = async (name: string) => {
  const { rows } = await client.query('select indisvalid from pg_index where indexrelid = to_regclass($1)', [
    name,
  ])
  return rows[0]?.indisvalid as boolean | undefined
}

test('an index on a table that holds much is built before its migration; what cannot be stays in its place', async () => {
  const early = '-- The newest first.\ncreate index many_by_n on many_rows (n desc)'
  const statements = [
    early,
    'alter table many_rows add column day date',
    'create index many_by_day on many_rows (day)',
    'drop index many_by_old',
    'create index many_by_old on many_rows (n, text)',
    'create index few_by_n on few_rows (n)',
    'create table later (n integer)',
    'create index later_by_n on later (n)',
  ]
  expect(await buildIndexesBefore(client, statements)).toEqual(new Set([early]))
  expect(await validOf('many_by_n')).toBe(true)
  for (const name of ['many_by_day', 'few_by_n', 'later_by_n']) expect(await validOf(name)).toBeUndefined()
  // An attempt that was broken off after this one finds it built.
  expect(await buildIndexesBefore(client, statements)).toEqual(new Set([early]))
})

test('half an index that an attempt left behind is built anew, and one that can not be is left to its transaction', async () => {
  const unique = 'create unique index many_by_text on many_rows (text)'
  await expect(client.query(unique.replace('index', 'index concurrently'))).rejects.toThrow('many_by_text')
  expect(await validOf('many_by_text')).toBe(false)
  expect(await buildIndexesBefore(client, [unique])).toEqual(new Set())
  expect(await validOf('many_by_text')).toBeUndefined()
  await client.query('update many_rows set text = text || n')
  await expect(
    client.query('create unique index concurrently many_by_length on many_rows (length(text))'),
  ).rejects.toThrow()
  const plain = 'create index many_by_length on many_rows (length(text))'
  expect(await buildIndexesBefore(client, [unique, plain])).toEqual(new Set([unique, plain]))
  expect([await validOf('many_by_text'), await validOf('many_by_length')]).toEqual([true, true])
})
