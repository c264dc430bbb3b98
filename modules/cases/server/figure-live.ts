/** What turns on the hour, and whistles, which are few: counted from their rows. */
import { sql } from 'kysely'
import { addDays, dayOf, startOfDay } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { figureCondition } from './figure-conditions.ts'
import { nobody } from './figure-facts.ts'
import type { FigureGroups } from './figure-groups.ts'
import type { CountRow, RollupAsked } from './figure-questions.ts'
import { figureTime } from './figures.ts'
import type { Names } from './names.ts'

type LiveFigure = 'overdue' | 'whistled' | 'whistle-late'

/** Which cases, told here to which lines they belong: joined to every area in SQL, the plan would take longer than the rows. */
export async function liveCounts(
  tx: Tx,
  streetId: number,
  names: Names,
  groups: FigureGroups,
  asked: RollupAsked,
): Promise<CountRow[]> {
  const { from, to, at, by, organisationId, matterIds } = asked
  if (by === 'day') return []
  const time = figureTime(from, to, at)
  const key = by === 'nothing' ? sql`''` : sql`coalesce(${sql.ref(`${by}_id`)}, ${nobody}::uuid)::text`
  const whose = sql`${organisationId === undefined ? sql`true` : sql`organisation_id is not distinct from ${organisationId}::uuid`}
    and ${matterIds === undefined ? sql`true` : sql`matter_id = any(${[...matterIds]}::uuid[])`}`
  const today = dayOf(at)
  const dueToday = sql`due_at >= ${startOfDay(today)} and due_at < ${startOfDay(addDays(today, 1))}`
  const rows = (figure: LiveFigure, also = sql`true`) =>
    sql`select id, area_id as "areaId", ${key} as key, ${figure}::text as figure from cases
      where street_id = ${streetId} and ${figureCondition(figure, time, names)} and ${also} and ${whose}`
  const found = await tx.many(
    sql<{ id: string; areaId: string; key: string; figure: LiveFigure }>`${rows('overdue', dueToday)}
      union all ${rows('whistled')} union all ${rows('whistle-late')}`,
  )
  const inPlace = groupsBy(groups.places, ({ areaId }) => areaId)
  const atHome = groupsBy(groups.homes, ({ caseId }) => caseId)
  return found.flatMap(({ id, areaId, ...row }) =>
    (atHome.get(id) ?? inPlace.get(areaId) ?? []).map((grp) => ({ ...row, grp, n: 1 })),
  )
}

function groupsBy<Of extends { readonly group: number }>(
  all: readonly Of[],
  keyOf: (one: Of) => string,
): ReadonlyMap<string, readonly number[]> {
  const by = new Map<string, number[]>()
  for (const one of all) by.set(keyOf(one), [...(by.get(keyOf(one)) ?? []), one.group])
  return by
}
