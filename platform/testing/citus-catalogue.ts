/** What the rules for statements must know of a schema, and the functions in it, read from the catalogue of any PostgreSQL. */
import type { ClientBase } from 'pg'
import { citusPlan } from '../citus-rules.ts'
import {
  type CitusCatalogue,
  examineStatement,
  nameOfFunction,
  parseStatements,
  readParser,
  type StatementFault,
  statementsOfFunction,
} from './citus-statements.ts'
import { walk } from './syntax-tree.ts'

interface StoredFunction {
  readonly name: string
  readonly language: 'sql' | 'plpgsql'
  readonly definition: string
  readonly body: string
  readonly argument_names: string[] | null
  readonly takes: boolean
}

/** The same as plain lists, which travel from the set-up of a test run to its files. */
export interface CitusNames {
  readonly byStreet: readonly string[]
  readonly local: readonly string[]
  readonly asking: readonly string[]
  readonly volatility: readonly (readonly [string, 'i' | 's' | 'v'])[]
}

export const namesOf = ({ byStreet, local, asking, volatility }: CitusCatalogue): CitusNames => ({
  byStreet: [...byStreet],
  local: [...local],
  asking: [...asking],
  volatility: [...volatility],
})

export const catalogueFrom = (names: CitusNames): CitusCatalogue => ({
  byStreet: new Set(names.byStreet),
  local: new Set(names.local),
  asking: new Set(names.asking),
  volatility: new Map(names.volatility),
})

/** Reads the parser too. */
export async function readCatalogue(client: ClientBase): Promise<CitusCatalogue> {
  await readParser()
  const plan = await citusPlan(client)
  const ofKind = (wanted: string) =>
    new Set(plan.filter(({ kind }) => kind === wanted).map(({ name }) => name))
  const { rows } = await client.query<{ name: string; worst: 'i' | 's' | 'v' }>(
    `select proname as name, min(provolatile::text) as worst from pg_proc
     where pronamespace in ('pg_catalog'::regnamespace, 'public'::regnamespace) group by proname`,
  )
  const catalogue = {
    byStreet: ofKind('by-street'),
    local: ofKind('local'),
    volatility: new Map(rows.map(({ name, worst }) => [name, worst])),
    asking: new Set<string>(),
  }
  return { ...catalogue, asking: askingFunctions(await storedFunctions(client), catalogue.byStreet) }
}

/** Of each function what its statements break; triggers run within the shard of their row and are judged by citus-rules.ts. */
export async function examineFunctions(
  client: ClientBase,
  catalogue: CitusCatalogue,
): Promise<{ functions: number; statements: number; faults: (StatementFault & { of: string })[] }> {
  const functions = await storedFunctions(client)
  const faults: (StatementFault & { of: string })[] = []
  let statements = 0
  for (const one of functions) {
    const { parsed, variables } = statementsIn(one)
    statements += parsed.length
    for (const statement of parsed) {
      const found = examineStatement(statement, catalogue, variables)
      // distributed_planner.c: «parameterized queries for SQL functions».*
      if (one.language === 'sql' && one.takes && touches(statement, catalogue.byStreet))
        found.push({ rule: 'parameters', about: one.name })
      faults.push(...found.map((fault) => ({ ...fault, of: one.name })))
    }
  }
  return { functions: functions.length, statements, faults }
}

async function storedFunctions(client: ClientBase): Promise<StoredFunction[]> {
  const { rows } = await client.query<StoredFunction>(
    `select p.proname as name, l.lanname as language, pg_get_functiondef(p.oid) as definition, p.prosrc as body,
       p.proargnames as argument_names, p.pronargs > 0 as takes
     from pg_proc p join pg_language l on l.oid = p.prolang
     where p.pronamespace = 'public'::regnamespace and l.lanname in ('sql', 'plpgsql')
       and p.prorettype <> 'trigger'::regtype
       and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by p.proname, p.oid`,
  )
  return rows
}

function statementsIn({ language, definition, body, argument_names }: StoredFunction) {
  if (language === 'sql') return { parsed: parseStatements(body), variables: new Set(argument_names ?? []) }
  const { texts, variables } = statementsOfFunction(definition)
  for (const name of argument_names ?? []) variables.add(name)
  return { parsed: texts.flatMap(parseWithin), variables }
}

/** What PL/pgSQL keeps of a statement: the whole of it, an expression, or an assignment. */
function parseWithin(text: string) {
  for (const whole of [text, `select ${text.replace(/^\s*[\w.]+(?:\[[^\]]*\])?\s*:?=/, '')}`])
    try {
      return parseStatements(whole)
    } catch {
      // The next way to read it.
    }
  throw new Error(`a statement of a function can not be read: ${text}`)
}

const touches = (statement: unknown, tables: ReadonlySet<string>): boolean => {
  let found = false
  walk([statement], (kind, node) => {
    if ((kind === 'RangeVar' || kind === 'relation') && tables.has(String(node.relname))) found = true
  })
  return found
}

function askingFunctions(functions: readonly StoredFunction[], byStreet: ReadonlySet<string>): Set<string> {
  const asking = new Set<string>()
  for (let before = -1; before < asking.size; ) {
    before = asking.size
    for (const one of functions)
      for (const statement of statementsIn(one).parsed) {
        if (touches(statement, byStreet)) asking.add(one.name)
        walk(statement, (kind, node) => {
          if (kind === 'FuncCall' && asking.has(nameOfFunction(node))) asking.add(one.name)
        })
      }
  }
  return asking
}
