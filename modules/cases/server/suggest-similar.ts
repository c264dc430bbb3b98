/** Past cases of the same matter with alike words, within what the actor may see: who handled them, and how they ended. */
import { type RawBuilder, sql } from 'kysely'
import { likenessAmong } from '../../../lib/text-likeness.ts'
import { dayMs } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { CaseRow } from './case-row.ts'
import type { MatterRow } from './matter-store.ts'
import type { Names } from './names.ts'

const withinDays = 400
const lookedAt = 200
const mostShown = 4
/** Less alike than this they only share their matter. */
const leastAlike = 0.12

export interface Similar {
  readonly row: CaseRow
  readonly alike: number
}

/** Every version of the catalogue gives a matter another id. */
export const versionsOf = ({ standard, code }: MatterRow, { matters }: Names): string[] =>
  [...matters.byId.values()]
    .filter((one) => one.standard === standard && one.code === code)
    .map(({ id }) => id)

/** Settled cases, those most alike first; of two as alike the newer one. */
export async function similarPast(
  tx: Tx,
  row: CaseRow,
  matters: readonly MatterRow[],
  names: Names,
): Promise<Similar[]> {
  if (matters.length === 0) return []
  const conditions: RawBuilder<unknown>[] = [
    sql`street_id = ${row.street_id}`,
    sql`matter_id = any(${matters.flatMap((matter) => versionsOf(matter, names))}::uuid[])`,
    sql`created_at >= ${new Date(row.created_at.getTime() - withinDays * dayMs)}`,
    sql`created_at <= ${row.created_at}`,
    sql`id <> ${row.id}`,
    sql`state = any(array['answered', 'closed'])`,
    sql`not confidential`,
  ]
  const past = await tx.many(
    sql<CaseRow>`select * from cases where ${sql.join(conditions, sql` and `)}
      order by created_at desc, id desc limit ${lookedAt}`,
  )
  const likeness = likenessAmong([row, ...past])
  return past
    .map((one, at) => ({ row: one, alike: likeness.between(0, at + 1) }))
    .filter(({ alike }) => alike >= leastAlike)
    .sort((a, b) => b.alike - a.alike)
    .slice(0, mostShown)
}
