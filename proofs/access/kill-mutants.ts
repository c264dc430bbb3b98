/**
 * Each policy is dropped, and each is opened to every row, in turn and in a copy of the database. The proof of rows
 * must notice every single one, or it would not notice the mistake either.
 */
import { Client } from 'pg'
import type { SeededRandom } from '../../lib/seeded-random.ts'
import { ownerRole, restrictDatabase } from '../../platform/database-roles.ts'
import { openPool } from '../../platform/db.ts'
import type { TemporaryData } from '../support/temporary-data.ts'
import type { PlannedCase } from './planned-cases.ts'
import { plantGuardedCases, plantRows } from './plant-rows.ts'
import { proveRows } from './prove-rows.ts'
import { noticed, type RowResult, type RowScene, violationKey } from './row-scene.ts'
import { guardedTables } from './row-tables.ts'

interface Policy {
  table: string
  name: string
  command: 'ALL' | 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE'
  roles: string
  using: string | null
  check: string | null
}

export interface Mutants {
  tried: number
  alive: string[]
}

export interface CopyScene
  extends Omit<RowScene, 'pool' | 'outside' | 'all' | 'guarded' | 'known' | 'functions'> {
  readonly data: TemporaryData
  /** Draws one change of each policy; every change is tried without it. */
  readonly draw: SeededRandom | undefined
}

/** People whose rows differ in kind; the others would only say the same again. */
const enough = ['resident', 'micro-grid-member-c1g1m1', 'clerk-c1', 'handler-enforcement', 'supervisor']

/** In a copy, for its tables are filled with rows of no meaning: all that only row security looks at. */
export async function proveRowsInCopy(scene: CopyScene): Promise<{ rows: RowResult; mutants: Mutants }> {
  const { data } = scene
  const copy = data.nameOf('linli_mutants')
  const maker = new Client({ connectionString: data.superuserUrl('postgres') })
  await maker.connect()
  // A template must have nobody connected; the pool of the proof is idle and comes back by itself.
  await maker.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    data.nameOf(),
  ])
  await maker.query(`create database ${copy} owner ${ownerRole} template ${data.nameOf()} strategy file_copy`)
  await restrictDatabase(maker, copy)
  await maker.end()
  const pool = openPool(data.appUrl('linli_mutants'), 2, 'linli-proof-mutants')
  const outside = new Client({ connectionString: data.superuserUrl('linli_mutants') })
  const owner = new Client({ connectionString: data.ownerUrl('linli_mutants') })
  await outside.connect()
  await owner.connect()
  try {
    const bare = await guardedTables(outside, scene.street.streetId)
    await plantRows({ ...scene, outside }, bare.tables)
    await plantGuardedCases({ ...scene, outside })
    // Without figures of the tables the functions scan them whole.
    await outside.query('analyze')
    const guarded = await guardedTables(outside, scene.street.streetId)
    const whole = { ...scene, all: scene.cases, pool, outside, guarded }
    const rows = await proveRows(whole)
    const all = await keepReadCases(outside, scene.cases)
    const less = await guardedTables(outside, scene.street.streetId)
    return { rows, mutants: await killMutants({ ...whole, all, guarded: less }, owner, scene.draw) }
  } finally {
    await pool.end()
    await outside.end()
    await owner.end()
  }
}

/** The cases that no act of the walk needs: every circumstance at every place, and few enough to be written whole each time. */
async function keepReadCases(outside: Client, cases: readonly PlannedCase[]): Promise<PlannedCase[]> {
  await outside.query("delete from cases where kind <> 'praise'")
  for (const child of ['case_entries', 'case_reporters', 'case_search', 'case_files'])
    await outside.query(
      `delete from ${child} c where not exists (select from cases o where o.id = c.case_id)`,
    )
  await outside.query('vacuum analyze')
  return cases.filter(({ kind }) => kind === 'praise')
}

async function killMutants(scene: RowScene, owner: Client, draw: SeededRandom | undefined): Promise<Mutants> {
  const cast = scene.cast.filter(({ key }) => enough.includes(key))
  // Fewer rows make the same point: what is outside the scope is outside it once or a hundred times.
  const cases = scene.cases.filter(({ kind, areaCode }) => kind === 'praise' && !areaCode.includes('g2'))
  const few = { ...scene, cast, cases }
  const known = new Set((await proveRows(few)).violations.map(violationKey))
  const mutants: Mutants = { tried: 0, alive: [] }
  for (const policy of await policiesOf(scene.outside)) {
    // A policy is noticed at its own table, or where a function looks through it.
    const functions = policy.table === 'cases' || /linli_reader|linli_search/.test(policy.roles)
    const tables = scene.guarded.tables.filter(({ name }) => name === policy.table)
    const look = { ...few, known, functions, guarded: { tables, unguarded: [] } }
    const mutations = mutationsOf(policy)
    for (const [label, sql] of draw ? [draw.pick(mutations)] : mutations) {
      await owner.query(sql)
      const result = await proveRows(look)
      await owner.query(`drop policy if exists ${policy.name} on ${policy.table}; ${createStatement(policy)}`)
      mutants.tried += 1
      if (!noticed(look, result)) mutants.alive.push(`${policy.table}.${policy.name} ${label}`)
    }
  }
  return mutants
}

/** Policies of the worker alone are the job runner's, which has no person's context. */
async function policiesOf(outside: Client): Promise<Policy[]> {
  const { rows } = await outside.query<Policy>(
    `select tablename as table, policyname as name, cmd as command, array_to_string(roles, ', ') as roles, qual as using, with_check as check
     from pg_policies where schemaname = 'public' and roles && '{linli_app,linli_reader,linli_search}'::name[]
     order by tablename, policyname`,
  )
  return rows
}

function mutationsOf(policy: Policy): [string, string][] {
  const { table, name, command } = policy
  const mutations: [string, string][] = [['dropped', `drop policy ${name} on ${table}`]]
  const isOpen = (policy.using ?? 'true') === 'true' && (policy.check ?? 'true') === 'true'
  const using = command === 'INSERT' ? '' : ' using (true)'
  const check = command === 'SELECT' || command === 'DELETE' ? '' : ' with check (true)'
  if (!isOpen) mutations.push(['opened', `alter policy ${name} on ${table}${using}${check}`])
  for (const [index, weaker] of withoutEach(policy.using).entries())
    mutations.push([`without branch ${index + 1}`, `alter policy ${name} on ${table} using (${weaker})`])
  return mutations
}

/** The policy with one `or` branch of its scope left out at a time, where it has several. */
function withoutEach(using: string | null): string[] {
  if (using === null) return []
  const conditions = splitAt(using, 'AND')
  return conditions.flatMap((condition, index) => {
    const branches = splitAt(condition, 'OR')
    if (branches.length < 2) return []
    return branches.map((left) => {
      const kept = branches.filter((one) => one !== left).join(' OR ')
      return conditions.map((one, at) => `(${at === index ? kept : one})`).join(' AND ')
    })
  })
}

/** The parts of an expression between a word that stands outside all of its brackets but those around the whole. */
function splitAt(expression: string, word: 'AND' | 'OR'): string[] {
  const parts: string[] = []
  const inner = withoutOuterBrackets(expression)
  let depth = 0
  let from = 0
  for (let at = 0; at < inner.length; at += 1) {
    if (inner[at] === '(') depth += 1
    if (inner[at] === ')') depth -= 1
    if (depth === 0 && inner.startsWith(` ${word} `, at)) {
      parts.push(inner.slice(from, at))
      from = at + word.length + 2
    }
  }
  return [...parts, inner.slice(from)]
}

function withoutOuterBrackets(expression: string): string {
  if (!expression.startsWith('(') || !expression.endsWith(')')) return expression
  let depth = 0
  for (let at = 0; at < expression.length - 1; at += 1) {
    if (expression[at] === '(') depth += 1
    if (expression[at] === ')') depth -= 1
    if (depth === 0) return expression
  }
  return withoutOuterBrackets(expression.slice(1, -1))
}

function createStatement(policy: Policy): string {
  const using = policy.using === null ? '' : ` using (${policy.using})`
  const check = policy.check === null ? '' : ` with check (${policy.check})`
  return `create policy ${policy.name} on ${policy.table} for ${policy.command} to ${policy.roles}${using}${check}`
}
