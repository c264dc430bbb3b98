/** Holds the journal of the clients against the database: nothing lost, nothing half, nothing twice. */
import type { Client } from 'pg'
import type { Violation } from '../proof.ts'
import { steps } from './client.ts'
import type { JournalLine } from './journal.ts'

interface Known {
  caseId: string
  act: string
  state: string
  version: number
}

export interface Checked {
  checked: number
  acknowledged: number
  violations: Violation[]
}

export async function checkDatabase(outside: Client, lines: readonly JournalLine[]): Promise<Checked> {
  const violations: Violation[] = []
  const asked = new Map<string, { caseId: string; act: string }>()
  const told = new Map<string, Known>()
  for (const line of lines) {
    if (line.t === 'ask') asked.set(line.key, line)
    const ask = asked.get(line.key)
    if (line.t === 'told' && ask) told.set(line.key, { ...ask, state: line.state, version: line.version })
  }
  const byCase = new Map<string, Known[]>()
  for (const known of told.values()) byCase.set(known.caseId, [...(byCase.get(known.caseId) ?? []), known])
  const check = (holds: boolean, what: string, where: string) => {
    if (!holds) violations.push({ what, where })
  }
  const rowsOf = async <Row extends object>(sql: string) => (await outside.query<Row>(sql)).rows

  const cases = await rowsOf<{ id: string; state: string; version: number }>(
    'select id, state, version from cases',
  )
  const entries = await rowsOf<{ id: string; act: string; count: number }>(
    'select case_id as id, act, count(*)::int as count from case_entries group by case_id, act',
  )
  const audits = await rowsOf<{ id: string; operation: string; count: number }>(
    "select subject_id as id, operation, count(*)::int as count from audit_entries where subject_type = 'case' group by 1, 2",
  )
  const keys = await rowsOf<{ key: string; id: string | null; version: number | null }>(
    "select key, reply ->> 'id' as id, (reply ->> 'version')::int as version from idempotency_keys",
  )
  let checked = 0
  for (const [caseId, acts] of byCase) {
    const row = cases.find(({ id }) => id === caseId)
    const last = acts.reduce((a, b) => (b.version > a.version ? b : a))
    check(row !== undefined, 'an acknowledged case is gone', caseId)
    check(
      row?.version === last.version && row.state === last.state,
      'a case stands elsewhere than was told',
      `${caseId}: ${JSON.stringify(row)}, told ${last.state} ${last.version}`,
    )
    check(
      last.version === acts.length,
      'versions and acts differ',
      `${caseId}: ${last.version} after ${acts.length}`,
    )
    const audited = audits.filter(({ id }) => id === caseId).reduce((sum, { count }) => sum + count, 0)
    check(
      audited === acts.length,
      audited < acts.length ? 'an act without its audit entry' : 'an audit entry too many',
      `${caseId}: ${audited} of ${acts.length}`,
    )
    for (const { act } of steps) {
      checked += 1
      const wanted = acts.filter((one) => one.act === act).length
      const found = entries.find((entry) => entry.id === caseId && entry.act === act)?.count ?? 0
      check(found >= wanted, 'an acknowledged act is lost', `${caseId} ${act}`)
      check(
        found <= wanted,
        'an act is there that nobody was told of, or twice',
        `${caseId} ${act}: ${found}, told ${wanted}`,
      )
    }
  }
  const kept = new Map(keys.map((row) => [row.key, row]))
  for (const [key, known] of told) {
    checked += 1
    check(
      kept.get(key)?.id === known.caseId && kept.get(key)?.version === known.version,
      'an act without its kept reply',
      `${known.caseId} ${known.act}`,
    )
  }
  check(
    keys.every(({ id }) => id !== null),
    'a claimed key without a reply: half an act',
    '',
  )
  check(keys.length === told.size, 'keys and acknowledged acts differ', `${keys.length} and ${told.size}`)
  check(cases.length === byCase.size, 'cases that nobody was told of', `${cases.length} and ${byCase.size}`)
  for (const table of ['case_search', 'case_reporters']) {
    const [count] = await rowsOf<{ count: number }>(`select count(*)::int as count from ${table}`)
    check(count?.count === cases.length, `cases and ${table} differ`, `${cases.length} and ${count?.count}`)
  }
  return { checked: checked + cases.length * 4, acknowledged: told.size, violations }
}
