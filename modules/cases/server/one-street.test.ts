/**
 * On a cluster an act, a list and a figure of a street are answered by the one node that has the street, when each of their
 * statements names the street for every table of streets that it reads. The planner of an ordinary PostgreSQL says so.
 */
import { Client } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { citusPlan } from '../../../platform/citus-rules.ts'
import { startTestCases, type TestCases } from '../../testing/case-fixture.ts'
import { type CaseSteps, caseSteps } from '../../testing/case-steps.ts'
import { countCases, getCase, listCases, searchCases } from '../contract.ts'

interface PlanNode {
  readonly 'Relation Name'?: string
  readonly Alias?: string
  readonly Plans?: readonly PlanNode[]
  readonly [fact: string]: unknown
}

let t: TestCases
let steps: CaseSteps
/** Above row security, whose conditions are added on the shards only and route nothing. */
let planner: Client
let ofStreets: ReadonlySet<string>

beforeAll(async () => {
  t = await startTestCases()
  steps = caseSteps(t)
  planner = new Client({ connectionString: t.database.superuserUrl })
  await planner.connect()
  const plan = await citusPlan(planner)
  ofStreets = new Set(plan.filter(({ kind }) => kind === 'by-street').map(({ name }) => name))
})
afterAll(async () => {
  await planner.end()
  await t.close()
})

/** The statements that the server sends meanwhile, each once. */
async function heard(work: () => Promise<unknown>): Promise<string[]> {
  const texts = new Set<string>()
  const send = Client.prototype.query
  Client.prototype.query = function listening(this: Client, ...args: unknown[]) {
    const [query] = args
    const text = typeof query === 'string' ? query : (query as { text?: string } | undefined)?.text
    // What the fixture itself looks at or puts down is no statement of the server.
    const options = this as unknown as { connectionParameters: { user?: string } }
    if (
      text &&
      options.connectionParameters.user === 'linli_app' &&
      /^\s*(?:select|insert|update|delete|with)\b/i.test(text) &&
      // What is sent along with the end of an act is calls of functions.
      !/;\s*commit$/.test(text)
    )
      texts.add(text)
    return Reflect.apply(send, this, args)
  } as typeof send
  try {
    await work()
  } finally {
    Client.prototype.query = send
  }
  return [...texts]
}

const conditions = ['Index Cond', 'Recheck Cond', 'Filter', 'Hash Cond', 'Merge Cond', 'Join Filter']

/** Tables of streets that a statement reads without saying of which street. */
async function unrouted(text: string): Promise<string[]> {
  const { rows } = await planner.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
    `explain (generic_plan, format json, costs off, verbose) ${text}`,
  )
  const nodes: PlanNode[] = []
  const walk = (node: PlanNode) => {
    nodes.push(node)
    for (const child of node.Plans ?? []) walk(child)
  }
  for (const { Plan } of rows[0]?.['QUERY PLAN'] ?? []) walk(Plan)
  const all = nodes.flatMap((node) => conditions.map((name) => String(node[name] ?? '')))
  return nodes.flatMap((node) => {
    const table = node['Relation Name']
    if (table === undefined || !ofStreets.has(table) || node['Node Type'] === 'ModifyTable') return []
    const own = new RegExp(`\\b${node.Alias}(?:_\\d+)?\\.street_id = |= ${node.Alias}\\.street_id\\b`)
    return all.some((text) => own.test(text)) ? [] : [table]
  })
}

test('from filing to closing, and in lists, counts and searches, every statement of the server names its street', async () => {
  // Once before, so that what a process keeps in memory is asked for in neither run or both.
  await steps.closed()
  const statements = await heard(async () => {
    const id = await steps.closed()
    const clerk = await steps.by('clerk-c1')
    await clerk.call(getCase, { params: { id } })
    await clerk.call(listCases, { query: { limit: 20, state: 'closed' } })
    await clerk.call(countCases, { query: {} })
    await clerk.call(listCases, { query: { limit: 20, q: '楼道' } })
    await clerk.call(searchCases, { body: { phone: '13900000001' } })
    await (await steps.resident()).call(listCases, { query: { limit: 20 } })
  })
  expect(statements.length).toBeGreaterThan(20)
  const told: Record<string, string[]> = {}
  for (const text of statements) {
    const tables = await unrouted(text)
    if (tables.length > 0) told[text.replaceAll(/\s+/g, ' ').slice(0, 160)] = tables
  }
  expect(told).toEqual({})
})

test('a statement that reads a table of streets without its street is told', async () => {
  expect(await unrouted('select id from cases where id = $1')).toEqual(['cases'])
  expect(await unrouted('select id from cases where street_id = $1 and id = $2')).toEqual([])
  expect(
    await unrouted(
      'select e.id from cases c join case_entries e on e.street_id = c.street_id and e.case_id = c.id where c.street_id = $1',
    ),
  ).toEqual([])
  expect(
    await unrouted('select e.id from cases c join case_entries e on e.case_id = c.id where c.street_id = $1'),
  ).toEqual(['case_entries'])
})
