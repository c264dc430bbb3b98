/** How long cases took: exact medians and 90th percentiles, from the kept times and those of cases that changed since. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { type CaseLength, caseLengths } from '../case-lengths.ts'
import type { LengthView } from '../contract.ts'
import type { ClockUnit } from '../rules/clock.ts'
import type { CasesOnDay } from './cases-on-day.ts'
import { factsOf, nobody } from './figure-facts.ts'
import { groupsOf, placeTables } from './figure-groups.ts'
import type { RollupAsked } from './figure-questions.ts'
import type { Names } from './names.ts'

interface SpreadRow {
  grp: number
  key: string
  length: CaseLength
  unit: ClockUnit | null
  cases: number
  median: number
  p90: number
}

/** By group and key (`"0 …"`), as `countRolled` tells its lines. `unfolded`: which cases are counted as they stand; null for all. */
export async function countLengths(
  tx: Tx,
  streetId: number,
  { names, asOf }: { names: Names; asOf: CasesOnDay },
  asked: RollupAsked,
  unfolded: readonly string[] | null,
): Promise<Map<string, LengthView[]>> {
  const groups = groupsOf(names, asOf, asked.groups, -1)
  const { from, to, by, organisationId, matterIds } = asked
  const key = by === 'nothing' ? sql`''` : sql.raw(by === 'day' ? 't.day::text' : `t.${by}_id::text`)
  const columns = sql`case_id, length, day, organisation_id, area_id, matter_id, minutes, unit, lawful_minutes`
  const whose = sql`${organisationId === undefined ? sql`true` : sql`t.organisation_id = ${organisationId ?? nobody}::uuid`}
    and ${matterIds === undefined ? sql`true` : sql`t.matter_id = any(${[...matterIds]}::uuid[])`}`
  const ids =
    unfolded === null
      ? sql`(select array_agg(id) from cases where street_id = ${streetId})`
      : sql`${[...unfolded]}::uuid[]`
  const asTheyStand = unfolded?.length !== 0
  // Cases of divided areas stand under areas that are no whole part of any line.
  const areaIds = [...new Set([...groups.places.map(({ areaId }) => areaId), ...asOf.areas.divided])]
  const kept = sql`select ${columns} from times_within(${areaIds}::uuid[], ${from}, ${to})`
  const source = !asTheyStand
    ? kept
    : unfolded === null
      ? sql`select ${columns} from times`
      : sql`${kept} where case_id <> all(${ids}) union all select ${columns} from times`
  const rows = await tx.many(
    sql<SpreadRow>`with ${placeTables(groups)} ${asTheyStand ? sql`, ${factsOf(names, ids)}` : sql``},
      took as materialized (select coalesce(h.grp, p.grp) as grp, ${key} as key, t.* from (${source}) t
        left join homes h on h.case_id = t.case_id left join places p on p.area_id = t.area_id and h.grp is null
        where coalesce(h.grp, p.grp) is not null and t.day between ${from} and ${to} and ${whose})
      ${spread(sql`null::text`, sql`minutes`, sql`true`)} union all ${spread(sql`unit`, sql`lawful_minutes`, sql`lawful_minutes is not null`)}`,
  )
  return viewsOf(rows)
}

const spread = (unit: RawBuilder<unknown>, minutes: RawBuilder<unknown>, where: RawBuilder<unknown>) =>
  sql`select grp, key, length, ${unit} as unit, count(*)::int as cases,
    round(percentile_cont(0.5) within group (order by ${minutes}))::int as median,
    percentile_disc(0.9) within group (order by ${minutes})::int as p90 from took where ${where} group by 1, 2, 3, 4`

function viewsOf(rows: readonly SpreadRow[]): Map<string, LengthView[]> {
  const views = new Map<string, LengthView[]>()
  const lines = new Set(rows.map(({ grp, key }) => `${grp} ${key}`))
  for (const line of lines) {
    const own = rows.filter(({ grp, key }) => `${grp} ${key}` === line)
    views.set(
      line,
      caseLengths.flatMap((length) => {
        const whole = own.find((row) => row.length === length && row.unit === null)
        if (!whole) return []
        const lawful = own.flatMap(({ length: of, unit, cases, median, p90 }) =>
          of === length && unit !== null ? [{ unit, cases, median, p90 }] : [],
        )
        const { cases, median, p90 } = whole
        return [{ length, cases, median, p90, lawful: lawful.sort((a, b) => (a.unit < b.unit ? -1 : 1)) }]
      }),
    )
  }
  return views
}
