/**
 * Row security alone: as linli_app, in each person's context and past every operation, each table and each function
 * gives and takes exactly the rows of the rights page. The two directions matter: a wall that lets nothing through
 * would hide that it no longer stands where it should.
 */
import pg from 'pg'
import { bigrams } from '../../lib/text.ts'
import type { Actor } from '../../platform/actor.ts'
import { contextStatements, type Pool } from '../../platform/db.ts'
import { ownContact, type Person, rowVisible } from '../access-oracle.ts'
import type { CastMember } from './cast.ts'
import { type PlannedCase, phoneOf } from './planned-cases.ts'
import { proveDefiners } from './prove-definers.ts'
import { noticed, type RowResult, type RowScene } from './row-scene.ts'
import { guardedCase, reaches, type Scope } from './row-scopes.ts'
import { type GuardedTable, guardedCases } from './row-tables.ts'

type Row = Record<string, unknown>

export async function proveRows(scene: RowScene): Promise<RowResult> {
  const result: RowResult = { checked: 0, violations: [] }
  const { tables, unguarded } = scene.guarded
  for (const where of unguarded)
    result.violations.push({ what: 'a table of streets without forced row security', where })
  await proveDefiners(scene, tables, result)
  await inContext(scene.pool, undefined, (ask) => readWithoutStreet(tables, ask, checker(result, 'nobody')))
  for (const member of scene.cast) {
    if (noticed(scene, result)) break
    await inContext(scene.pool, member.actor, async (ask) => {
      const check = checker(result, member.key)
      await readTables(scene, member, tables, ask, check)
      if (scene.functions !== false) await readFunctions(scene, member, ask, check)
      if (tables.some(({ name }) => name === 'cases')) {
        const reached = await reachGuarded(scene, member, ask, check)
        await updateCases(scene, member, reached, ask, check)
      }
      await writeTables(scene, member, tables, ask, check)
    })
  }
  return result
}

interface Ask {
  /** Rows changed, or the SQLSTATE of a statement that fails; taken back at once. */
  changes(sql: string, values?: unknown[]): Promise<number | string>
  rows(sql: string, values?: unknown[]): Promise<Row[]>
}

/** One transaction that is always rolled back. */
async function inContext(
  pool: Pool,
  actor: Actor | undefined,
  work: (ask: Ask) => Promise<void>,
): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`begin; ${contextStatements(actor)}`)
    await work({
      rows: async (sql, values) => (await client.query<Row>(sql, values)).rows,
      changes: async (sql, values) => {
        await client.query('savepoint before_it')
        try {
          return (await client.query(sql, values)).rowCount ?? 0
        } catch (error) {
          if (error instanceof pg.DatabaseError) return error.code ?? 'unknown'
          throw error
        } finally {
          await client.query('rollback to savepoint before_it')
        }
      },
    })
  } finally {
    await client.query('rollback')
    client.release()
  }
}

type Check = (what: string, holds: boolean, where?: string) => void

function checker(result: RowResult, person: string): Check {
  return (what, holds, where = '') => {
    result.checked += 1
    if (!holds) result.violations.push({ what: `row security alone: ${what}`, where: `${person} ${where}` })
  }
}

/** Administrators: the page gives them no cases at all, and so their posts need not reach what lies in an area. */
const mayReachLess = ({ role }: Person): boolean => role.endsWith('-admin')

/** Exactly these ids; administrators may see less, for the page gives them no cases at all. */
function sameIds(
  check: Check,
  what: string,
  member: CastMember,
  got: ReadonlySet<unknown>,
  all: readonly PlannedCase[],
  visible: (one: PlannedCase) => boolean,
) {
  const mayBeLess = mayReachLess(member.person)
  for (const one of all) {
    const wanted = visible(one)
    if (got.has(one.id) !== wanted && !(mayBeLess && wanted))
      check(
        wanted ? `${what} keeps back a row of the scope` : `${what} gives a row outside the scope`,
        false,
        JSON.stringify(one.facts),
      )
    else check(what, true)
  }
}

/** Before anybody is signed in: nothing, but for what tells which streets somebody has named. */
async function readWithoutStreet(tables: readonly GuardedTable[], ask: Ask, check: Check) {
  for (const { name, allStreets, beforeStreet } of tables.filter(({ can }) => can.select)) {
    const shown = (await ask.rows(`select from ${name} limit 1`)).length > 0
    check(`${name} without a street`, shown === (allStreets || beforeStreet))
  }
}

async function readTables(
  scene: RowScene,
  member: CastMember,
  tables: readonly GuardedTable[],
  ask: Ask,
  check: Check,
) {
  for (const table of tables) {
    if (!table.can.select) continue
    if (table.name === 'cases') {
      const got = new Set((await ask.rows('select id from cases')).map(({ id }) => id))
      sameIds(check, 'select from cases', member, got, scene.cases, (one) =>
        rowVisible(member.person, one.facts),
      )
      continue
    }
    if (table.scope.read !== 'street') {
      await readScoped(member, table, ask, check)
      continue
    }
    const counts = await ask.rows(
      `select street_id, count(*)::int as count from ${table.name} group by street_id`,
    )
    const foreign = counts.filter(({ street_id }) => street_id !== scene.street.streetId)
    if (table.allStreets) check(`${table.name} is read whole by the relay`, foreign.length > 0)
    else check(`${table.name} shows rows of another street`, foreign.length === 0)
    const own = counts.find(({ street_id }) => street_id === scene.street.streetId)?.count ?? 0
    check(
      `${table.name} keeps back rows of the street`,
      own === table.ownRows,
      `${own}, not ${table.ownRows}`,
    )
  }
}

async function readScoped({ person }: CastMember, table: GuardedTable, ask: Ask, check: Check) {
  const got = new Set((await ask.rows(`select ctid::text from ${table.name}`)).map(({ ctid }) => ctid))
  const { read } = table.scope
  for (const { ctid, ...row } of table.rows) {
    const wanted = reaches(person, read, row)
    const fits = got.has(ctid) === wanted || (wanted && mayReachLess(person))
    const what = wanted ? 'keeps back a row of the scope' : 'gives a row outside the scope'
    check(`select from ${table.name} ${what}`, fits, JSON.stringify(row))
  }
}

async function readFunctions(scene: RowScene, member: CastMember, ask: Ask, check: Check): Promise<void> {
  const { person } = member
  const few = scene.cases.filter(({ kind }) => kind === 'praise')
  const ids = [few.map(({ id }) => id)]
  const visible = (one: PlannedCase) => rowVisible(person, one.facts)
  const through = async (name: string) =>
    new Set(
      (
        await ask.rows(`select distinct c.id from unnest($1::uuid[]) c(id), lateral ${name}(c.id) f`, ids)
      ).map(({ id }) => id),
    )
  sameIds(check, 'entries_of_case', member, await through('entries_of_case'), few, visible)
  sameIds(check, 'files_of_case', member, await through('files_of_case'), few, visible)
  // The confidential reporter of a case that is reached only through an organisation or a task stays unknown.
  const byArea = (one: PlannedCase) => rowVisible({ ...person, organisation: null, accountId: '' }, one.facts)
  sameIds(check, 'reporter_of_case', member, await through('reporter_of_case'), few, (one) =>
    one.facts.confidential ? byArea(one) || ownContact(person, one.facts) : visible(one),
  )
  const found = new Set(
    (
      await ask.rows("select case_id from search_cases($1::text[], '2100-01-01', 100000)", [
        bigrams('楼道灯坏'),
      ])
    ).map(({ case_id }) => case_id),
  )
  // Words find what somebody reaches through an area, an organisation or a task, and not what they reported.
  const throughPosts = (one: PlannedCase) => rowVisible(person, { ...one.facts, reporter: null })
  sameIds(check, 'search_cases', member, found, few, throughPosts)
  for (const one of few.filter((_, index) => index % 23 === 0)) {
    const phone = phoneOf(one.index)
    const rows = await ask.rows('select case_id from cases_by_phone($1, $2, 1000)', [
      scene.keys.blindIndex('phone', phone),
      scene.keys.blindIndex('phone-tail', phone.slice(-4)),
    ])
    const mayBeLess = mayReachLess(person) && byArea(one)
    check(
      'cases_by_phone',
      mayBeLess || rows.some(({ case_id }) => case_id === one.id) === byArea(one),
      JSON.stringify(one.facts),
    )
  }
  const streets = await ask.rows('select street_id from streets_of_account($1, $2)', [
    person.accountId,
    new Date(),
  ])
  const wanted = person.role === 'resident' ? 0 : 1
  check(
    'streets_of_account',
    streets.length === wanted && streets.every(({ street_id }) => street_id === person.street),
  )
}

/** Cases that a mandatory report names, read and changed. @returns how many of them the person reaches */
async function reachGuarded(
  { outside }: RowScene,
  { person }: CastMember,
  ask: Ask,
  check: Check,
): Promise<number> {
  const rows = await guardedCases(outside)
  const idsOf = async (statement: string) => new Set((await ask.rows(statement)).map(({ id }) => id))
  const read = await idsOf('select id from cases where guarded_by is not null')
  const changed = await idsOf('update cases set version = version where guarded_by is not null returning id')
  const reached = rows.filter((row) => reaches(person, guardedCase, row))
  for (const row of rows) {
    const wanted = reached.includes(row)
    const what = wanted ? 'is kept from those who watch over it' : 'is in the sight of others'
    check(`a guarded case ${what}`, read.has(row.id) === wanted, JSON.stringify(row))
    check(`a guarded case ${what}, to be changed`, changed.has(row.id) === wanted, JSON.stringify(row))
  }
  return reached.length
}

async function updateCases(scene: RowScene, member: CastMember, guarded: number, ask: Ask, check: Check) {
  const changed = await ask.rows("update cases set version = version where kind = 'praise' returning id")
  const few = scene.cases.filter(({ kind }) => kind === 'praise')
  const ids = new Set(changed.map(({ id }) => id))
  sameIds(check, 'update of cases', member, ids, few, (one) => rowVisible(member.person, one.facts))
  // A blind write names no column that it reads: only the policy of updates stands in its way.
  const blind = await ask.changes('update cases set supervised = false')
  const most = scene.all.filter((one) => rowVisible(member.person, one.facts)).length + guarded
  const fits = blind === most || (mayReachLess(member.person) && Number(blind) <= most)
  check('a blind update of cases', fits, `${blind}, not ${most}`)
  if (changed.length > 0)
    check(
      'cases moved into another street',
      (await ask.changes(
        `update cases set street_id = ${scene.other.streetId} where id = '${changed[0]?.id}'`,
      )) === refused,
    )
}

/** Refused by a policy, as against let through to the next constraint. */
const refused = '42501'

async function writeTables(
  scene: RowScene,
  member: CastMember,
  tables: readonly GuardedTable[],
  ask: Ask,
  check: Check,
) {
  const { person } = member
  /** Exactly so many rows; of one that the page gives nothing by area, at most. */
  const changes = async (what: string, table: GuardedTable, scope: Scope, statement: string) => {
    const got = await ask.changes(statement)
    const most = scope === 'street' ? table.ownRows : rowsOf(table, person, scope)
    const fits = got === most || (scope !== 'street' && mayReachLess(person) && Number(got) <= most)
    check(`${what} of ${table.name}`, fits, `${got}, not ${most}`)
    return Number(got)
  }
  for (const table of tables) {
    const { name, can, scope, updates } = table
    if (can.insert) await insertInto(scene, member, table, ask, check)
    // Blind, as with cases; a key that it may change keeps its street.
    if (updates !== undefined && name !== 'cases') {
      // A row may let in whom it lists: whoever changes the list stays on it.
      const list = scope.change !== 'street' && scope.change.readers === updates
      const inKey = table.inKey && !list
      const value = list
        ? `array['${person.accountId}']::uuid[]`
        : inKey
          ? String(scene.street.streetId)
          : 'null'
      const column = inKey ? 'street_id' : updates
      const reached = await changes(
        'a blind update',
        table,
        scope.change,
        `update ${name} set ${column} = ${value}`,
      )
      if (table.moves && reached > 0)
        check(
          `${name} moved into another street`,
          (await ask.changes(`update ${name} set street_id = ${scene.other.streetId}`)) === refused,
        )
    }
    if (can.delete) await changes('a blind delete', table, scope.remove, `delete from ${name}`)
  }
}

function rowsOf(table: GuardedTable, person: Person, scope: Scope): number {
  return table.rows.filter((row) => reaches(person, scope, row)).length
}

/** Rows at several places and in several names: let in exactly where the scope says so. */
async function insertInto(
  { street, other }: RowScene,
  { person }: CastMember,
  { name, scope: { add } }: GuardedTable,
  ask: Ask,
  check: Check,
) {
  const stranger = street.staffOf('clerk-c2').accountId
  const places = [...new Set([street.code, 'c1', 'c1g1m1', 'c2'].map((code) => street.areaPath(code)))]
  const inScope: Record<string, unknown>[] = add === 'street' ? [{}] : []
  if (add !== 'street') {
    const { readers, persons = [] } = add
    const where = add.area ?? add.desk
    const named = persons.length > 0 || readers !== undefined
    for (const place of where === undefined ? [undefined] : places)
      for (const who of named ? [person.accountId, stranger] : [undefined])
        inScope.push({
          ...(where === undefined ? {} : { [where]: place }),
          ...Object.fromEntries(persons.map((column) => [column, who])),
          ...(readers === undefined ? {} : { [readers]: [who] }),
        })
  }
  for (const one of inScope)
    for (const { streetId } of [street, other]) {
      const row = { ...one, street_id: streetId }
      const wanted = reaches(person, add, row)
      const code = await ask.changes(
        `insert into ${name} select * from jsonb_populate_record(null::${name}, $1::jsonb)`,
        [JSON.stringify(row)],
      )
      const fits = (code !== refused) === wanted || (wanted && add !== 'street' && mayReachLess(person))
      const what = wanted ? 'is refused' : 'is let in'
      check(`insert into ${name} ${what}`, fits, JSON.stringify(row))
    }
}
