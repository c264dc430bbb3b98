/**
 * The roles that own the functions behind which entries, reporters, files and search terms stand. Their policies are
 * the wall behind those functions: a function that forgot to ask for the street must still not reach another one. Search terms alone
 * have none, see row-tables.ts: what stands before them is each function, held against the rights page in prove-rows.ts.
 */
import { contextStatements } from '../../platform/db.ts'
import { rowVisible } from '../access-oracle.ts'
import type { PlannedCase } from './planned-cases.ts'
import type { RowResult, RowScene } from './row-scene.ts'
import { guardedCase, reaches } from './row-scopes.ts'
import { definers, type GuardedTable, guardedCases } from './row-tables.ts'

export async function proveDefiners(
  scene: RowScene,
  tables: readonly GuardedTable[],
  result: RowResult,
): Promise<void> {
  const [member] = scene.cast.filter(({ key }) => key === 'clerk-c1')
  if (!member) throw new Error('the proof of definers needs a clerk')
  const own = scene.street.streetId
  const guarded = (await guardedCases(scene.outside)).filter((row) =>
    reaches(member.person, guardedCase, row),
  )
  for (const role of definers) {
    await scene.outside.query(`begin; ${contextStatements(member.actor)}; set local role ${role}`)
    const check = (what: string, holds: boolean) => {
      result.checked += 1
      if (!holds) result.violations.push({ what: `row security alone: ${what}`, where: role })
    }
    try {
      for (const table of tables) {
        const may = table.definers[role]
        // Cases are scoped for them as for the person who calls; a search leaves out what that person only reported.
        const inScope = (one: PlannedCase) =>
          rowVisible(member.person, role === 'linli_search' ? { ...one.facts, reporter: null } : one.facts)
        // A guarded case is found by nobody's words.
        const watched = role === 'linli_search' ? 0 : guarded.length
        const ownRows = table.name === 'cases' ? scene.all.filter(inScope).length + watched : table.ownRows
        if (may.select && !may.acrossStreets) {
          const { rows } = await scene.outside.query<{ street_id: number; count: number }>(
            `select street_id, count(*)::int as count from ${table.name} group by street_id`,
          )
          const count = rows.find(({ street_id }) => street_id === own)?.count ?? 0
          check(
            `${table.name} shows rows of another street`,
            rows.every(({ street_id }) => street_id === own),
          )
          check(`${table.name} keeps back rows, or gives others`, count === ownRows)
        }
        if (may.select && may.acrossStreets) {
          const { rows } = await scene.outside.query(`select distinct street_id from ${table.name}`)
          check(`${table.name} is not whole for those who need it so`, rows.length > 1)
        }
        if (may.updates !== undefined) {
          // Blind: it reads no column, so that only the policy of updates stands in its way.
          // A role may change what it may not read, so any value of the column is fetched above all walls.
          await scene.outside.query('set local role none')
          const { rows } = await scene.outside.query<{ value: string }>(
            `select ${may.updates}::text as value from ${table.name} limit 1`,
          )
          await scene.outside.query(`set local role ${role}`)
          const value = rows[0]?.value
          const changed =
            value === undefined ? undefined : await blindUpdate(scene.outside, table.name, may.updates, value)
          check(`a blind update of ${table.name}`, changed === table.ownRows)
        }
      }
    } finally {
      await scene.outside.query('rollback')
    }
  }
}

/** How many rows an update without a condition changed; undefined when a wall refused it, its triggers' walls too. */
async function blindUpdate(
  outside: RowScene['outside'],
  table: string,
  column: string,
  value: string,
): Promise<number | undefined> {
  await outside.query('savepoint before_update')
  try {
    const { rowCount } = await outside.query(`update ${table} set ${column} = $1`, [value])
    return rowCount ?? undefined
  } catch (error) {
    if ((error as { code?: string }).code !== '42501') throw error
    await outside.query('rollback to savepoint before_update')
    return undefined
  }
}
