/**
 * The second wall alone: raw SQL as linli_app, with no operation in between, under the contexts that the platform sets.
 * What the operation layer forgot to ask, these rows refuse.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Actor, systemAccountId } from '../../../platform/actor.ts'
import { contextStatements } from '../../../platform/db.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { unmaskReporter } from '../contract.ts'

type Context = Pick<Actor, 'streetId' | 'accountId' | 'scope' | 'posts'>

let t: TestCases
let steps: CaseSteps
/** A case in c1g1m1, given to the property firm. */
let given = ''
/** A case in the other street. */
let elsewhere = ''
beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
  given = await steps.assigned()
  const there = await t.asResident('13900000003')
  elsewhere = (await t.file(there, { place: t.other.pointIn('c1g1m1') })).id
})
afterAll(() => t.close())

const nobody = '01900000-0000-7000-8000-000000000001'
const context = (more: {
  street?: 'other'
  areas?: string[]
  organisations?: string[]
  /** Areas of a supervising post, beside those that it reaches. */
  supervises?: string[]
  account?: string
}): Context => {
  const street = more.street === 'other' ? t.other : t.street
  const path = (code: string) => street.areas.get(code)?.path ?? ''
  return {
    streetId: street.streetId,
    accountId: more.account ?? nobody,
    scope: { areas: (more.areas ?? []).map(path), organisations: more.organisations ?? [] },
    posts: (more.supervises ?? []).map((code) => ({
      id: nobody,
      role: 'supervisor' as const,
      areaId: null,
      areaPath: path(code),
      organisationId: null,
    })),
  }
}
const wholeStreet = () => context({ areas: [t.street.code] })

/** Rows, or the SQLSTATE of the refusal; nothing is kept. */
async function asApp(
  as: Context | undefined,
  sql: string,
  values: unknown[] = [],
): Promise<unknown[] | string> {
  const client = await t.pool.connect()
  try {
    await client.query(`begin; ${contextStatements(as)}`)
    const { rows, rowCount, command } = await client.query(sql, values)
    return command === 'SELECT' ? rows : Array.from({ length: rowCount ?? 0 })
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  } finally {
    await client.query('rollback')
    client.release()
  }
}
const denied = '42501'

describe('a case is reached by its area, its organisation, its holder or its reporter, and not otherwise', () => {
  const relations: [string, () => Context | undefined, boolean][] = [
    ['own', () => context({ areas: ['c1g1m1'] }), true],
    ['ancestor', () => context({ areas: ['c1'] }), true],
    ['descendant', () => context({ areas: ['c1g1m2'] }), false],
    ['sibling', () => context({ areas: ['c1g2'] }), false],
    ['another community', () => context({ areas: ['c2'] }), false],
    ['another street', () => context({ street: 'other', areas: [t.other.code] }), false],
    [
      'another street that names this one’s areas',
      () => ({ ...wholeStreet(), streetId: t.other.streetId }),
      false,
    ],
    ['its organisation', () => context({ organisations: [t.street.organisationId('property')] }), true],
    ['another organisation', () => context({ organisations: [t.street.organisationId('water')] }), false],
    ['its reporter', () => context({ account: t.street.residents[0]?.accountId ?? '' }), true],
    ['another resident', () => context({ account: t.street.residents[1]?.accountId ?? '' }), false],
    ['nobody', () => undefined, false],
  ]
  test.each(relations)('%s', async (_, as, reaches) => {
    const count = reaches ? 1 : 0
    expect(await asApp(as(), 'select id from cases where id = $1', [given])).toHaveLength(count)
    expect(await asApp(as(), "update cases set title = 'x' where id = $1", [given])).toHaveLength(count)
    for (const door of ['entries_of_case', 'reporter_of_case'])
      expect(((await asApp(as(), `select * from ${door}($1)`, [given])) as unknown[]).length > 0, door).toBe(
        reaches,
      )
  })

  test('a descendant of the case’s area does not reach it: a case of the community is not the micro-grid’s', async () => {
    await t.look('update cases set area = $2::ltree where id = $1', [given, t.street.areas.get('c1')?.path])
    expect(
      await asApp(context({ areas: ['c1g1m1'] }), 'select id from cases where id = $1', [given]),
    ).toEqual([])
    await t.look('update cases set area = $2::ltree where id = $1', [
      given,
      t.street.areas.get('c1g1m1')?.path,
    ])
  })

  test('its holder, where the order was given to a post', async () => {
    const id = await steps.assigned('grid-worker-c1g1')
    const account = t.street.staff.get('grid-worker-c1g1')?.accountId ?? ''
    expect(await asApp(context({ account }), 'select id from cases where id = $1', [id])).toHaveLength(1)
  })
})

test('a confidential reporter is hidden from whoever comes through an organisation, also in the database', async () => {
  await t.look('update case_reporters set confidential = true where case_id = $1', [given])
  const inside = context({ organisations: [t.street.organisationId('property')] })
  expect(await asApp(inside, 'select * from reporter_of_case($1)', [given])).toEqual([])
  expect(await asApp(context({ areas: ['c1'] }), 'select * from reporter_of_case($1)', [given])).toHaveLength(
    1,
  )
  await t.look('update cases set confidential = true where id = $1', [given])
  const handler = await steps.by('handler-property')
  const reply = await handler.call(unmaskReporter, {
    params: { id: given },
    body: { field: 'phone', reason: '联系居民' },
  })
  expect([reply.status, reply.code]).toEqual([403, 'cases/confidential'])
})

test('search by words and by phone answers within the caller’s areas only', async () => {
  const all = await t.look<{ terms: string[]; phone_index: string }>(
    'select terms, phone_index from case_search s join case_reporters r using (street_id, case_id) where case_id = $1',
    [given],
  )
  const terms = [all[0]?.terms.slice(0, 2), '2100-01-01', 100]
  const found = async (as: Context) =>
    ((await asApp(as, 'select case_id from search_cases($1, $2, $3)', terms)) as { case_id: string }[]).map(
      (row) => row.case_id,
    )
  expect(await found(context({ areas: ['c1'] }))).toContain(given)
  expect(await found(context({ areas: ['c2'] }))).not.toContain(given)
  expect(await found(context({ street: 'other', areas: [t.other.code] }))).not.toContain(given)
  const phone = [all[0]?.phone_index]
  const byPhone = 'select case_id from cases_by_phone($1, null, 100)'
  expect(((await asApp(context({ areas: ['c1'] }), byPhone, phone)) as unknown[]).length).toBeGreaterThan(0)
  expect(await asApp(context({ areas: ['c2'] }), byPhone, phone)).toEqual([])
})

test('a case outside the caller’s areas is not moved in the search either', async () => {
  const path = t.street.areas.get('c2')?.path
  await asApp(context({ areas: ['c2'] }), 'select move_case_in_search($1, $2::ltree)', [given, path])
  const client = await t.pool.connect()
  try {
    await client.query(`begin; ${contextStatements(context({ areas: ['c2'] }))}`)
    await client.query('select move_case_in_search($1, $2::ltree)', [given, path])
    await client.query('commit')
  } finally {
    client.release()
  }
  expect(await t.look('select area::text from case_search where case_id = $1', [given])).toEqual([
    { area: t.street.areas.get('c1g1m1')?.path },
  ])
})

test('entries, reporters, search terms and file links have no direct door', async () => {
  for (const table of ['case_entries', 'case_reporters', 'case_search', 'case_files'])
    expect(await asApp(wholeStreet(), `select 1 from ${table}`), table).toBe(denied)
})

test('history is added to and never changed: UPDATE and DELETE are refused', async () => {
  for (const table of ['case_entries', 'audit_entries', 'case_notices', 'event_outbox', 'case_files']) {
    const column = table === 'case_notices' || table === 'case_files' ? 'case_id' : 'id'
    expect(await asApp(wholeStreet(), `update ${table} set ${column} = ${column}`), table).toBe(denied)
    expect(await asApp(wholeStreet(), `delete from ${table}`), table).toBe(denied)
  }
  for (const table of ['cases', 'case_reporters', 'matters', 'areas', 'posts', 'files'])
    expect(await asApp(wholeStreet(), `delete from ${table}`), table).toBe(denied)
})

test('nobody writes an entry in another’s name, files as another, or writes into another street', async () => {
  const entry = `insert into case_entries (street_id, id, case_id, at, act, actor_id)
    values ($1, gen_random_uuid(), $2, now(), 'add', $3)`
  const { streetId } = t.street
  const me = context({ areas: [t.street.code], account: t.street.staff.get('clerk-c1')?.accountId ?? '' })
  expect(await asApp(me, entry, [streetId, given, me.accountId])).toHaveLength(1)
  expect(await asApp(me, entry, [streetId, given, nobody])).toBe(denied)
  expect(await asApp(me, entry, [t.other.streetId, elsewhere, me.accountId])).toBe(denied)
  const copy = (filedBy: string, street: number) =>
    asApp(
      me,
      `insert into cases (street_id, id, number, title, text, channel, state, urgency, desk, area_id, area, filed_by, created_at)
        select $1, gen_random_uuid(), 'x', 'x', 'x', 'desk', 'pending', 'P2', 'street', area_id, area, $2, now() from cases where id = $3`,
      [street, filedBy, given],
    )
  expect(await copy(me.accountId, streetId)).toHaveLength(1)
  expect(await copy(nobody, streetId)).toBe(denied)
  expect(await copy(me.accountId, t.other.streetId)).toBe(denied)
  expect(await asApp(me, 'update cases set street_id = $1 where id = $2', [t.other.streetId, given])).toBe(
    denied,
  )
})

interface TenantTable {
  name: string
  forced: boolean
}
/** Every table with a street, as the catalogue knows them. Global tables name a street only beside their own key. */
const tenantTables = async () =>
  t.look<TenantTable>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as forced from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'street_id' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname not in ('streets', 'sessions')
      order by 1`,
  )

test('every tenant table has FORCE ROW LEVEL SECURITY', async () => {
  const tables = await tenantTables()
  expect(tables.length).toBeGreaterThan(15)
  expect(tables.filter((table) => !table.forced)).toEqual([])
})

test('no tenant table gives linli_app a row of another street, whatever is written into the query', async () => {
  for (const { name } of await tenantTables()) {
    const readable = await t.look<{ can: boolean }>(
      `select has_table_privilege('linli_app', '${name}', 'SELECT') as can`,
    )
    // The relay of live screens hears of all streets; it holds ids only.
    if (!readable[0]?.can || name === 'event_outbox') continue
    expect(
      await asApp(wholeStreet(), `select 1 from ${name} where street_id <> ${t.street.streetId}`),
      name,
    ).toEqual([])
    const columns = await t.look<{ can: boolean }>(
      `select has_table_privilege('linli_app', '${name}', 'UPDATE') as can`,
    )
    if (columns[0]?.can)
      expect(
        await asApp(
          wholeStreet(),
          `update ${name} set street_id = street_id where street_id = ${t.other.streetId}`,
        ),
        name,
      ).toEqual([])
  }
})

test('street_id leads every primary key, foreign key and unique constraint or index of a tenant table', async () => {
  const names = (await tenantTables()).map((table) => table.name)
  const keys = await t.look<{ name: string; first: string }>(
    `select i.indexrelid::regclass::text as name, a.attname as first from pg_index i
      join pg_class c on c.oid = i.indrelid
      join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
      where i.indisunique and c.relnamespace = 'public'::regnamespace and c.relname = any($1)`,
    [names],
  )
  expect(keys.length).toBeGreaterThanOrEqual(names.length)
  expect(keys.filter((key) => key.first !== 'street_id')).toEqual([])
  // A reference to a global table (streets, accounts) has no street to name on the other side.
  const references = await t.look<{ name: string }>(
    `select conname as name from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
      join pg_class target on target.oid = k.confrelid
      where k.contype = 'f' and k.conrelid::regclass::text = any($1) and target.relname = any($1) and a.attname <> 'street_id'`,
    [names],
  )
  expect(references).toEqual([])
})

test('the policies of cases hold no sub-select, and the app role owns nothing and stands above nothing', async () => {
  const policies = await t.look<{ text: string }>(
    "select coalesce(qual, '') || coalesce(with_check, '') as text from pg_policies where tablename = 'cases'",
  )
  expect(policies.filter(({ text }) => /select/i.test(text))).toEqual([])
  expect(
    await t.look(
      `select rolsuper or rolbypassrls as above, (select count(*)::int from pg_class where relowner = r.oid) as owned
        from pg_roles r where rolname = 'linli_app'`,
    ),
  ).toEqual([{ above: false, owned: 0 }])
})

test('the system of one street is as blind to the other as anybody', async () => {
  const system = { ...wholeStreet(), accountId: systemAccountId }
  expect(await asApp(system, 'select id from cases where id = $1', [elsewhere])).toEqual([])
})
