/**
 * Each policy is dropped, and each is opened to every row, in turn and in a copy of the database. The proof of rows
 * must notice every single one, or it would not notice the mistake either.
 */
import { Client } from 'pg'
import { databaseName, ownerRole, restrictDatabase } from '../../platform/database-roles.ts'
import { openPool } from '../../platform/db.ts'
import type { TemporaryData } from '../support/temporary-data.ts'
import { proveRows } from './prove-rows.ts'
import type { RowScene } from './row-scene.ts'

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

export interface MutantScene extends Omit<RowScene, 'pool' | 'outside' | 'all' | 'only' | 'functions'> {
  readonly data: TemporaryData
}

/** People whose rows differ in kind; the others would only say the same again. */
const enough = ['resident', 'micro-grid-member-c1g1m1', 'clerk-c1', 'handler-enforcement']
const copy = 'linli_mutants'

export async function killMutants(scene: MutantScene): Promise<Mutants> {
  const maker = new Client({ connectionString: scene.data.superuserUrl('postgres') })
  await maker.connect()
  // A template must have nobody connected; the pool of the proof is idle and comes back by itself.
  await maker.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [
    databaseName,
  ])
  await maker.query(`create database ${copy} owner ${ownerRole} template ${databaseName} strategy file_copy`)
  await restrictDatabase(maker, copy)
  await maker.end()
  const pool = openPool(scene.data.appUrl(copy), 2, 'linli-proof-mutants')
  const outside = new Client({ connectionString: scene.data.superuserUrl(copy) })
  const owner = new Client({ connectionString: scene.data.ownerUrl(copy) })
  await outside.connect()
  await owner.connect()
  try {
    // Without figures of the tables the functions scan them whole.
    await outside.query('analyze')
    const cast = scene.cast.filter(({ key }) => enough.includes(key))
    // Fewer rows make the same point: what is outside the scope is outside it once or a hundred times.
    const cases = scene.cases.filter(({ kind, areaCode }) => kind === 'praise' && !areaCode.includes('g2'))
    const few = { ...scene, cast, cases, all: scene.cases, pool, outside }
    const mutants: Mutants = { tried: 0, alive: [] }
    for (const policy of await policiesOf(outside)) {
      // A policy is noticed at its own table, or where a function looks through it.
      const functions = policy.table === 'cases' || /linli_reader|linli_search/.test(policy.roles)
      const look = { ...few, only: policy.table, functions }
      const before = await proveRows(look)
      for (const [label, sql] of mutationsOf(policy)) {
        await owner.query(sql)
        const after = await proveRows(look)
        await owner.query(`drop policy if exists ${policy.name} on ${policy.table}`)
        await owner.query(createStatement(policy))
        mutants.tried += 1
        if (after.violations.length <= before.violations.length)
          mutants.alive.push(`${policy.table}.${policy.name} ${label}`)
      }
    }
    return mutants
  } finally {
    await pool.end()
    await outside.end()
    await owner.end()
  }
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
  const parts = using?.split(' OR ') ?? []
  if (parts.length < 3) return []
  return parts.slice(1, -1).map((_, index) => parts.filter((_, at) => at !== index + 1).join(' OR '))
}

function createStatement(policy: Policy): string {
  const using = policy.using === null ? '' : ` using (${policy.using})`
  const check = policy.check === null ? '' : ` with check (${policy.check})`
  return `create policy ${policy.name} on ${policy.table} for ${policy.command} to ${policy.roles}${using}${check}`
}
