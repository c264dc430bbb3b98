/** User names for people who come in by a list: letters of the role and the next free number. */
import { sql } from 'kysely'
import type { StaffRole } from '../../../lib/contract.ts'
import type { Tx } from '../../../platform/db.ts'

/** Short beginnings that are easy to say on the phone: the first letters of the role's Chinese name. */
export const beginnings: Readonly<Record<StaffRole, string>> = {
  'micro-grid-member': 'wwgy',
  'grid-worker': 'wgy',
  'grid-head': 'wgz',
  clerk: 'sg',
  secretary: 'sj',
  dispatcher: 'pdy',
  'duty-head': 'zbz',
  verifier: 'hcy',
  supervisor: 'dby',
  handler: 'cbr',
  'organisation-lead': 'dwfzr',
  viewer: 'cky',
  'system-admin': 'xtgly',
  'security-admin': 'aqgly',
  'audit-admin': 'sjgly',
}

/** User names are of the whole system, so the next number is looked for in all of them. */
export async function usernameMaker(tx: Tx): Promise<(role: StaffRole) => string> {
  const rows = await tx.many(
    sql<{ start: string; last: number }>`select substring(username from '^[a-z]+') as start,
        max(substring(username from '[0-9]+$')::int) as last
      from accounts where username ~ '^(${sql.raw(Object.values(beginnings).join('|'))})[0-9]{1,6}$' group by 1`,
  )
  const last = new Map(rows.map((row) => [row.start, row.last]))
  return (role) => {
    const start = beginnings[role]
    const number = (last.get(start) ?? 0) + 1
    last.set(start, number)
    return `${start}${String(number).padStart(3, '0')}`
  }
}
