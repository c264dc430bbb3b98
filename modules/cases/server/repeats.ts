import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { RepeatView } from '../contract.ts'
import { repeatsOf, type ToldCase } from '../rules/repeat-of.ts'
import type { CaseRow } from './case-row.ts'
import { getCases } from './case-store.ts'
import { mayReadTexts, withoutTexts } from './case-view.ts'
import type { Seen } from './seen-of.ts'

const looked = 20

const toldOf = (row: CaseRow): ToldCase => ({
  id: row.id,
  matterId: row.matter_id,
  text: `${row.title} ${row.text}`,
  state: row.state,
  createdAt: row.created_at,
  area: row.area,
  lng: row.lng,
  lat: row.lat,
  buildingId: row.building_id,
})

/** What this case repeats, for staff of the place; nobody else is told who said what before. */
export async function repeatsFor(
  tx: Tx,
  row: CaseRow,
  { actor }: Pick<Seen, 'actor'>,
): Promise<RepeatView[]> {
  const ofPlace = actor.posts.some((post) => post.areaPath !== null && !withoutTexts.includes(post.role))
  if (!ofPlace || !mayReadTexts(row, actor)) return []
  const earlier = await tx.many(
    sql<{ case_id: string }>`select case_id from earlier_cases_of_person(${row.id}, ${looked})`,
  )
  if (earlier.length === 0) return []
  const rows = await getCases(
    tx,
    actor.streetId,
    earlier.map((one) => one.case_id),
  )
  const byId = new Map(rows.map((one) => [one.id, one]))
  return repeatsOf(toldOf(row), rows.map(toldOf)).flatMap(({ id }) => {
    const one = byId.get(id)
    return one === undefined
      ? []
      : [
          {
            id,
            number: one.number,
            title: one.title,
            state: one.state,
            outcome: one.outcome,
            createdAt: one.created_at.toISOString(),
            endedAt: (one.closed_at ?? one.answered_at)?.toISOString() ?? null,
          },
        ]
  })
}
