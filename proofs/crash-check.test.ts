import type { Client } from 'pg'
import { expect, test } from 'vitest'
import { checkDatabase } from './crash/check-database.ts'
import type { JournalLine } from './crash/journal.ts'

/** One case filed and accepted, both acknowledged. */
const journal: JournalLine[] = [
  { t: 'ask', key: 'k1', caseId: 'a', act: 'file', client: 0 },
  { t: 'told', key: 'k1', status: 201, state: 'pending', version: 1 },
  { t: 'ask', key: 'k2', caseId: 'a', act: 'accept', client: 0 },
  { t: 'told', key: 'k2', status: 200, state: 'accepted', version: 2 },
]

function database() {
  return {
    cases: [{ id: 'a', state: 'accepted', version: 2 }],
    case_entries: [
      { id: 'a', act: 'file', count: 1 },
      { id: 'a', act: 'accept', count: 1 },
    ],
    audit_entries: [
      { id: 'a', operation: 'cases.fileCase', count: 1 },
      { id: 'a', operation: 'cases.acceptCase', count: 1 },
    ],
    idempotency_keys: [
      { key: 'k1', id: 'a' as string | null, version: 1 },
      { key: 'k2', id: 'a' as string | null, version: 2 },
    ],
    case_search: [{ count: 1 }],
    case_reporters: [{ count: 1 }],
  }
}

async function violationsOf(change: (rows: ReturnType<typeof database>) => void): Promise<string[]> {
  const rows = database()
  change(rows)
  const query = async (sql: string) => ({ rows: rows[/from (\w+)/.exec(sql)?.[1] as keyof typeof rows] })
  const { violations } = await checkDatabase({ query } as unknown as Client, journal)
  return violations.map(({ what }) => what)
}

test('A database that holds what the clients were told is found right', async () => {
  expect(await violationsOf(() => {})).toEqual([])
})

test.each<[string, (rows: ReturnType<typeof database>) => void]>([
  ['an acknowledged case is gone', (rows) => rows.cases.pop()],
  ['an acknowledged act is lost', (rows) => rows.case_entries.pop()],
  [
    'an act is there that nobody was told of, or twice',
    (rows) => rows.case_entries.splice(1, 1, { id: 'a', act: 'accept', count: 2 }),
  ],
  ['an act without its audit entry', (rows) => rows.audit_entries.pop()],
  ['an act without its kept reply', (rows) => rows.idempotency_keys.pop()],
  [
    'a claimed key without a reply: half an act',
    (rows) => rows.idempotency_keys.push({ key: 'k3', id: null, version: 0 }),
  ],
  ['cases that nobody was told of', (rows) => rows.cases.push({ id: 'b', state: 'pending', version: 1 })],
  ['cases and case_search differ', (rows) => rows.case_search.splice(0, 1, { count: 0 })],
])('The crash proof notices: %s', async (what, change) => {
  expect(await violationsOf(change)).toContain(what)
})
