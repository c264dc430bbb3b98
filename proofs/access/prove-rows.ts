/**
 * Row security alone: as linli_app, in each person's context and past every operation, each table and each function
 * gives and takes exactly the rows of the rights page. The two directions matter: a wall that lets nothing through
 * would hide that it no longer stands where it should.
 */
import pg from 'pg'
import { bigrams } from '../../lib/text.ts'
import type { Actor } from '../../platform/actor.ts'
import { contextStatements, type Pool } from '../../platform/db.ts'
import { ownContact, rowVisible } from '../access-oracle.ts'
import type { CastMember } from './cast.ts'
import { type PlannedCase, phoneOf } from './planned-cases.ts'
import { proveDefiners } from './prove-definers.ts'
import type { RowResult, RowScene } from './row-scene.ts'
import { type GuardedTable, guardedTables } from './row-tables.ts'

type Row = Record<string, unknown>

export async function proveRows(scene: RowScene): Promise<RowResult> {
  const result: RowResult = { checked: 0, violations: [] }
  const { tables, unguarded } = await guardedTables(scene.outside, scene.street.streetId, scene.only)
  for (const where of unguarded)
    result.violations.push({ what: 'a table of streets without forced row security', where })
  await proveDefiners(scene, tables, result)
  for (const member of scene.cast) {
    await inContext(scene.pool, member.actor, async (ask) => {
      const check = checker(result, member.key)
      await readTables(scene, member, tables, ask, check)
      if (scene.functions !== false) await readFunctions(scene, member, ask, check)
      await writeRows(scene, member, tables, ask, check)
    })
  }
  return result
}

interface Ask {
  /** Rows changed; taken back at once. */
  changes(sql: string, values?: unknown[]): Promise<number>
  rows(sql: string, values?: unknown[]): Promise<Row[]>
  /** SQLSTATE of a statement that fails, or empty; either way nothing of it stays. */
  fails(sql: string, values?: unknown[]): Promise<string>
}

/** One transaction that is always rolled back. */
async function inContext(pool: Pool, actor: Actor, work: (ask: Ask) => Promise<void>): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`begin; ${contextStatements(actor)}`)
    await work({
      rows: async (sql, values) => (await client.query<Row>(sql, values)).rows,
      changes: async (sql, values) => {
        await client.query('savepoint before_it')
        const { rowCount } = await client.query(sql, values)
        await client.query('rollback to savepoint before_it')
        return rowCount ?? 0
      },
      fails: async (sql, values) => {
        await client.query('savepoint before_it')
        try {
          await client.query(sql, values)
          return ''
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

/** Exactly these ids; administrators may see less, for the page gives them no cases at all. */
function sameIds(
  check: Check,
  what: string,
  member: CastMember,
  got: ReadonlySet<unknown>,
  all: readonly PlannedCase[],
  visible: (one: PlannedCase) => boolean,
) {
  const mayBeLess = member.person.role.endsWith('-admin')
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
    const counts = await ask.rows(
      `select street_id, count(*)::int as count from ${table.name} group by street_id`,
    )
    const foreign = counts.filter(({ street_id }) => street_id !== scene.street.streetId)
    if (table.allStreets) check(`${table.name} is read whole by the relay`, foreign.length > 0)
    else check(`${table.name} shows rows of another street`, foreign.length === 0)
    const own = counts.find(({ street_id }) => street_id === scene.street.streetId)?.count ?? 0
    if (!table.ownRowsOnly)
      check(
        `${table.name} keeps back rows of the street`,
        own === table.ownRows,
        `${own}, not ${table.ownRows}`,
      )
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
  sameIds(check, 'search_cases', member, found, few, byArea)
  for (const one of few.filter((_, index) => index % 23 === 0)) {
    const phone = phoneOf(one.index)
    const rows = await ask.rows('select case_id from cases_by_phone($1, $2, 1000)', [
      scene.keys.blindIndex('phone', phone),
      scene.keys.blindIndex('phone-tail', phone.slice(-4)),
    ])
    const mayBeLess = person.role.endsWith('-admin') && byArea(one)
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

/** Refused by a policy, as against let through to the next constraint. */
const refused = '42501'

async function writeRows(
  scene: RowScene,
  member: CastMember,
  tables: readonly GuardedTable[],
  ask: Ask,
  check: Check,
) {
  const { street, other, cases } = scene
  const own = street.streetId
  const few = cases.filter(({ kind }) => kind === 'praise')
  const changed = new Set(
    (await ask.rows("update cases set version = version where kind = 'praise' returning id")).map(
      ({ id }) => id,
    ),
  )
  sameIds(check, 'update of cases', member, changed, few, (one) => rowVisible(member.person, one.facts))
  if (scene.only === undefined || scene.only === 'cases') {
    // A blind write names no column that it reads: only the policy of updates stands in its way.
    const blind = await ask.changes('update cases set supervised = false')
    const most = scene.all.filter((one) => rowVisible(member.person, one.facts)).length
    const mayBeLess = member.person.role.endsWith('-admin')
    check('a blind update of cases', mayBeLess ? blind <= most : blind === most, `${blind}, not ${most}`)
  }
  const insert = (table: string, row: Row) =>
    ask.fails(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1::jsonb)`, [
      JSON.stringify(row),
    ])
  const stranger = street.staffOf('clerk-c2').accountId
  for (const table of tables) {
    const { name, actorColumn, can } = table
    const self: Row = actorColumn ? { [actorColumn]: member.person.accountId } : {}
    if (can.insert) {
      check(
        `insert into ${name} of another street`,
        (await insert(name, { ...self, street_id: other.streetId })) === refused,
      )
      check(
        `insert into ${name} of the own street is refused`,
        (await insert(name, { ...self, street_id: own })) !== refused,
      )
      if (actorColumn)
        check(
          `insert into ${name} in another's name`,
          (await insert(name, { [actorColumn]: stranger, street_id: own })) === refused,
        )
    }
    if (can.update && name !== 'cases') {
      const rows = await ask.rows(`update ${name} set street_id = street_id returning street_id`)
      check(
        `update of ${name} of another street`,
        rows.every(({ street_id }) => street_id === own),
      )
      if (!table.ownRowsOnly)
        check(`update of ${name} misses rows of the street`, rows.length === table.ownRows)
    }
    const hasRows = name === 'cases' ? changed.size > 0 : !table.ownRowsOnly && table.ownRows > 0
    if (can.update && hasRows)
      check(
        `${name} moved into another street`,
        (await ask.fails(`update ${name} set street_id = ${other.streetId}`)) === refused,
      )
    if (can.delete) {
      const rows = await ask.rows(`delete from ${name} returning street_id`)
      check(
        `delete from ${name} of another street`,
        rows.every(({ street_id }) => street_id === own),
      )
    }
  }
}
