/** The same figures as the roll-ups tell, by one GROUP BY over cases and their acts: what somebody without roll-ups would write. */
import { type RawBuilder, sql } from 'kysely'
import type { Day } from '../lib/time.ts'
import {
  counted,
  countedWithDeclined,
  countsDeclined,
  definitionOf,
  type FigureDefinition,
  namesAsLists,
  type RolledFigure,
  resultActs,
  rolledFigures,
} from '../modules/cases/server/figure-table.ts'
import { figureTime } from '../modules/cases/server/figures.ts'
import type { namesOf } from '../modules/cases/server/index.ts'

type Names = Awaited<ReturnType<typeof namesOf>>

interface Asked {
  readonly streetId: number
  readonly from: Day
  readonly to: Day
  readonly at: Date
}

export interface GroupedFigures {
  /** Path of the community. */
  readonly path: string
  readonly counts: number[]
}

/** In the order of `rolledFigures`, a row for each community; each case is looked at once, each act of the period once. */
export function figuresByGroup({ streetId, from, to, at }: Asked, names: Names): RawBuilder<GroupedFigures> {
  const time = figureTime(from, to, at)
  const figureNames = { ...namesAsLists(names), resultAt: sql`results.result_at` }
  const all = rolledFigures.map((figure) => ({ figure, definition: definitionOf(figure, figureNames) }))
  const ofActs = all.flatMap(({ figure, definition }) =>
    'acts' in definition ? [{ figure, definition }] : [],
  )
  const acts = (listed: readonly string[], since: unknown, until: Date) =>
    sql`case_acts(${[...new Set(listed)]}::text[], ${since}, ${until})`
  const followers = ofActs.flatMap(({ definition: { followedBy } }) => (followedBy ? [followedBy] : []))
  const then = new Map(followers.map((one, index) => [one, sql.ref(`then_${index}`)]))
  const holds = ({ acts: listed, act, followedBy }: Extract<FigureDefinition, { acts: unknown }>) =>
    sql`bool_or(a.act = any(${[...listed]}::text[]) and ${act ?? sql`true`}
      and ${followedBy ? sql`coalesce(later.${then.get(followedBy)} >= a.at, false)` : sql`true`})`
  const count = (figure: RolledFigure, definition: FigureDefinition) => {
    const counts = countsDeclined(figure) ? countedWithDeclined : counted
    const when =
      'acts' in definition
        ? sql`coalesce(done.${sql.ref(figure)}, false)`
        : definition.standing
          ? sql`true`
          : sql`${definition.instant} between ${time.from} and ${time.to}`
    return sql`count(*) filter (where ${counts} and ${when} and ${definition.where})`
  }
  return sql<GroupedFigures>`with
    later as materialized (select b.case_id, ${sql.join(
      followers.map(
        (one) =>
          sql`max(b.at) filter (where b.act = any(${[...one.acts]}::text[]) and ${one.act ?? sql`true`}) as ${then.get(one)}`,
      ),
    )} from ${acts(
      followers.flatMap((one) => one.acts),
      time.from,
      at,
    )} b group by 1),
    done as materialized (select a.case_id, ${sql.join(
      ofActs.map(({ figure, definition }) => sql`${holds(definition)} as ${sql.ref(figure)}`),
    )} from ${acts(
      ofActs.flatMap(({ definition }) => definition.acts),
      time.from,
      time.to,
    )} a left join later on later.case_id = a.case_id group by 1),
    results as materialized (select case_id, max(at) as result_at from ${acts(resultActs, '-infinity', at)} group by 1)
    select subpath(area, 0, 2)::text as path, array[${sql.join(all.map(({ figure, definition }) => count(figure, definition)))}] as counts
    from cases left join done on done.case_id = cases.id left join results on results.case_id = cases.id
    where cases.street_id = ${streetId} group by 1`
}
