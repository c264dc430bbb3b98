/**
 * What Citus asks of statements, read from their text by PostgreSQL's own parser. Each rule names where Citus decides it;
 * those marked * were seen on a cluster of 13.2. Decision 0055 tells what is known to break them.
 */
import { loadModule, parsePlPgSQLSync, parseSync } from 'libpg-query'
import { StreetColumns } from './citus-street-columns.ts'
import { type Node, walk } from './syntax-tree.ts'

/** What the rules must know of the schema. */
export interface CitusCatalogue {
  readonly byStreet: ReadonlySet<string>
  readonly local: ReadonlySet<string>
  /** Functions of SQL and PL/pgSQL that read or write tables by street, themselves or by what they call. */
  readonly asking: ReadonlySet<string>
  /** Worst that may be said of all functions of a name: i(mmutable), s(table), v(olatile). */
  readonly volatility: ReadonlyMap<string, 'i' | 's' | 'v'>
}

export const rules = {
  // multi_router_planner.c, PlanRouterQuery and CreateInsertPlan: one shard only when street_id is compared with one value.
  unrouted: 'reads or writes it without its street',
  // insert_select_planner.c: rows of no table by street go through COPY, which multi_copy.c refuses under row security.*
  copied: 'is filled by INSERT … SELECT from what is no table of the street',
  // multi_router_planner.c, TargetEntryChangesValue and ErrorIfOnConflictNotSupported.
  moved: 'has its street changed',
  // The same place, ModifyPartialQuerySupported.
  nested: 'is filled by VALUES with a sub-select',
  // The same place, TargetlistAndFunctionsSupported and SingleShardUpdateDeleteSupported.
  volatile: 'is changed by a statement with a volatile function',
  stable: 'is changed by a statement that gives a column to a stable function',
  returned: 'gives back, or changes on conflict, what is not immutable',
  // The same place, ModifyQuerySupported: a table of the coordinator is joined where rows are changed.
  mixed: 'is changed together with a table of the coordinator',
  // executor/multi_executor.c, ErrorIfNotAllowedToExecuteDistributedQuery: a shard asks no other.*
  asking: 'is called beside a table by street, and asks the cluster itself',
  // distributed_planner.c, planner errors: an argument of a function in SQL is no parameter that a shard is found by.*
  parameters: 'is written in SQL and takes arguments: PL/pgSQL may',
} as const
export type RuleName = keyof typeof rules

export interface StatementFault {
  readonly rule: RuleName
  /** The table, or for `asking` and `parameters` the function. */
  readonly about: string
}

export const readParser = (): Promise<void> => loadModule()

export const nameOfFunction = (call: Node): string => {
  const last = (call.funcname as readonly Node[]).at(-1)?.String as Node | undefined
  return String(last?.sval ?? '')
}

/** Statements of a text; one that the parser can not read is a mistake of the caller's. */
export const parseStatements = (text: string): Node[] =>
  ((parseSync(text) as { stmts?: { stmt: Node }[] }).stmts ?? []).map(({ stmt }) => stmt)

/** What breaks a rule in one statement. `variables`: names that PL/pgSQL puts values for. */
export function examineStatement(
  statement: Node,
  catalogue: CitusCatalogue,
  variables: ReadonlySet<string> = new Set(),
): StatementFault[] {
  const faults = new Map<string, StatementFault>()
  const tell = (rule: RuleName, about: string) => faults.set(`${rule} ${about}`, { rule, about })
  const columns = new StreetColumns(catalogue.byStreet, variables)
  columns.read(statement)
  walk(statement, (kind, node) => {
    if (kind === 'InsertStmt') examineInsert(node, columns, catalogue, tell)
    if (kind === 'UpdateStmt' || kind === 'DeleteStmt') examineChange(node, columns, catalogue, tell)
    if (kind === 'FuncCall' && columns.tables.size > 0 && catalogue.asking.has(nameOfFunction(node)))
      tell('asking', nameOfFunction(node))
  })
  // Rows that come from no table of the street bring their street with them: they are told once.
  for (const table of columns.unrouted()) if (!faults.has(`copied ${table}`)) tell('unrouted', table)
  return [...faults.values()]
}

type Tell = (rule: RuleName, about: string) => void
const tableOf = (node: Node): string => String((node.relation as Node).relname)

function namesSet(targets: unknown): boolean {
  return (
    Array.isArray(targets) &&
    targets.some((one) => (one as { ResTarget: Node }).ResTarget.name === 'street_id')
  )
}

/** Functions in it whose volatility is at least so bad; of a stable one only where `given` says so of its arguments. */
function calls(
  value: unknown,
  { volatility }: CitusCatalogue,
  worst: 's' | 'v',
  given: (call: Node) => boolean = () => true,
): boolean {
  let found = false
  walk(value, (kind, node) => {
    if (kind === 'SQLValueFunction' && worst === 's' && given(node)) found = true
    if (kind !== 'FuncCall') return
    const own = volatility.get(nameOfFunction(node))
    if ((own === 'v' || (worst === 's' && own === 's')) && given(node)) found = true
  })
  return found
}

function examineInsert(node: Node, columns: StreetColumns, catalogue: CitusCatalogue, tell: Tell): void {
  const table = tableOf(node)
  if (!catalogue.byStreet.has(table)) return
  const select = (node.selectStmt as { SelectStmt?: Node } | undefined)?.SelectStmt
  if (select?.valuesLists) {
    let nested = false
    walk(select.valuesLists, (kind) => {
      if (kind === 'SubLink') nested = true
    })
    if (nested) tell('nested', table)
  } else if (!select || !columns.givesStreetOf(select)) tell('copied', table)
  const conflict = node.onConflictClause as Node | undefined
  if (namesSet(conflict?.targetList)) tell('moved', table)
  if (calls([conflict, node.returningClause, node.returningList], catalogue, 's')) tell('returned', table)
}

function examineChange(node: Node, columns: StreetColumns, catalogue: CitusCatalogue, tell: Tell): void {
  const table = tableOf(node)
  if (!catalogue.byStreet.has(table)) return
  if (namesSet(node.targetList)) tell('moved', table)
  if (calls(node, catalogue, 'v')) tell('volatile', table)
  const ofColumn = (call: Node) => {
    let found = false
    walk(call, (kind, column) => {
      if (kind === 'ColumnRef' && !columns.isVariable(column)) found = true
    })
    return found
  }
  if (calls([node.targetList, node.whereClause], catalogue, 's', ofColumn)) tell('stable', table)
  if (calls([node.returningClause, node.returningList], catalogue, 's')) tell('returned', table)
  walk([node.fromClause, node.usingClause], (kind, range) => {
    if (kind === 'RangeVar' && catalogue.local.has(String(range.relname))) tell('mixed', table)
  })
}

/** The statements within a function of PL/pgSQL, with the names of its variables. Static ones: none is built from text. */
export function statementsOfFunction(definition: string): { texts: string[]; variables: Set<string> } {
  const texts: string[] = []
  const variables = new Set<string>()
  const parsed: unknown = parsePlPgSQLSync(definition)
  walk(parsed, (kind, node) => {
    if (kind === 'PLpgSQL_expr') texts.push(String(node.query))
    if (/^PLpgSQL_(?:var|rec|row)$/.test(kind) && node.refname) variables.add(String(node.refname))
  })
  return { texts, variables }
}
