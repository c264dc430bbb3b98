import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { examineFunctions, readCatalogue } from './citus-catalogue.ts'
import { knownFaults } from './citus-known-faults.ts'
import {
  type CitusCatalogue,
  examineStatement,
  parseStatements,
  rules,
  type StatementFault,
} from './citus-statements.ts'
import { freshDatabase, type TestDatabase } from './test-database.ts'

let database: TestDatabase
let client: Client
let catalogue: CitusCatalogue
beforeAll(async () => {
  database = await freshDatabase()
  client = new Client({ connectionString: database.superuserUrl })
  await client.connect()
  catalogue = await readCatalogue(client)
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

const told = (faults: readonly StatementFault[]) => faults.map(({ rule, about }) => `${rule} ${about}`)
const faultsOf = (text: string, variables: readonly string[] = []) =>
  told(parseStatements(text).flatMap((one) => examineStatement(one, catalogue, new Set(variables))))

test.each([
  ['select id from cases where id = $1', 'unrouted cases'],
  [
    'select e.id from cases c join case_entries e on e.case_id = c.id where c.street_id = $1',
    'unrouted case_entries',
  ],
  ['select id from cases where street_id = any ($1)', 'unrouted cases'],
  ['select id from cases where street_id = $1 or id = $2', 'unrouted cases'],
  [
    'select c.id from (select id from cases union all select id from cases where street_id = $1) c',
    'unrouted cases',
  ],
  ['insert into wishes (id) values ($1)', 'unrouted wishes'],
  ['insert into wishes (street_id, id) select $1, u from unnest($2::uuid[]) u', 'copied wishes'],
  ['insert into wishes (street_id, id) values ($1, (select 1))', 'nested wishes'],
  ['update cases set street_id = $1 where street_id = $2', 'moved cases'],
  [
    'insert into cases (street_id, id) values ($1, $2) on conflict (street_id, id) do update set street_id = $1',
    'moved cases',
  ],
  ['update cases set id = gen_random_uuid() where street_id = $1', 'volatile cases'],
  ["update cases set title = to_char(created_at, 'YYYY') where street_id = $1", 'stable cases'],
  ['delete from cases where street_id = $1 returning now()', 'returned cases'],
  [
    'delete from cases c using job_outbox j where c.street_id = $1 and j.street_id = c.street_id',
    'mixed cases',
  ],
  ['select p.id, stand_in_of($1, p.id, $2) from posts p where p.street_id = $1', 'asking stand_in_of'],
])('%s: a cluster would refuse it or ask all of its nodes', (text, fault) => {
  expect(faultsOf(text)).toContain(fault)
})

test.each([
  'select id from cases where street_id = $1 and id = $2',
  'select e.id from cases c join case_entries e using (street_id) where c.street_id = $1',
  'select e.id from cases c join case_entries e on (e.street_id, e.case_id) = (c.street_id, c.id) where c.street_id = 1',
  "select id from cases where street_id = nullif(current_setting('app.street', true), '')::int",
  'with c as (select * from cases) select id from c where street_id = $1',
  'with gone as (delete from wishes where street_id = $1 returning *) select * from gone',
  'select c.id from (select street_id, id from cases union all select street_id, id from cases) c where c.street_id = $1',
  'select id from cases c where c.street_id = $1 and exists (select from case_entries e where e.street_id = c.street_id)',
  'insert into wishes (street_id, id) values ($1, $2), ($1, $3)',
  'insert into wishes (street_id, id) select c.street_id, c.id from cases c where c.street_id = $1',
  'select name from streets where code = $1',
])('%s: a street is asked on its own node', (text) => {
  expect(faultsOf(text)).toEqual([])
})

test('a variable of PL/pgSQL is one value, a column of another table is not', () => {
  const text = 'select c.id from cases c, streets s where c.street_id = p_street'
  expect(faultsOf(text, ['p_street'])).toEqual([])
  expect(faultsOf(text)).toEqual(['unrouted cases'])
})

test('what functions of the database say breaks no rule but in the places that are known', async () => {
  const { functions, statements, faults } = await examineFunctions(client, catalogue)
  expect([functions > 40, statements > 150]).toEqual([true, true])
  const fresh = faults.filter(({ rule, about }) => !knownFaults[rule].includes(about))
  expect(fresh.map(({ of, rule, about }) => `${of}: ${about} ${rules[rule]}`)).toEqual([])
})
