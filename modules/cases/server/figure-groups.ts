/** Which cases a line of figures is about: areas of a day, told as sums that stand there and as areas to be counted one by one. */
import { type RawBuilder, sql } from 'kysely'
import type { CasesOnDay } from './cases-on-day.ts'
import type { Names } from './names.ts'

/** An area with all below it, or without what lies in its parts. */
export interface GroupAsked {
  readonly areaId: string
  readonly ownOnly?: true
}

export interface FigureGroups {
  /** Sums that stand for a group, before `parts` puts right what a re-cut moved. */
  readonly sums: readonly { readonly path: string; readonly group: number }[]
  /** Areas whose cases are added one by one, or taken off again. */
  readonly parts: readonly { readonly areaId: string; readonly group: number; readonly sign: 1 | -1 }[]
  /** Every area that counts whole for a group. */
  readonly places: readonly { readonly areaId: string; readonly group: number }[]
  /** Cases of divided areas, by where they lay on the day. */
  readonly homes: readonly { readonly caseId: string; readonly group: number }[]
}

/** `summedTo`: down to how many levels below the street there are sums for what is asked; -1 where there are none. */
export function groupsOf(
  { areas: { byId, root } }: Names,
  asOf: CasesOnDay,
  asked: readonly GroupAsked[],
  summedTo: -1 | 0 | 1,
): FigureGroups {
  const sums: FigureGroups['sums'][number][] = []
  const parts: FigureGroups['parts'][number][] = []
  const places: FigureGroups['places'][number][] = []
  const homes: FigureGroups['homes'][number][] = []
  asked.forEach(({ areaId, ownOnly }, group) => {
    const wanted = ownOnly ? [areaId] : asOf.areas.under(areaId)
    const whole = new Set(asOf.areas.wholeIn(wanted))
    for (const id of whole) places.push({ areaId: id, group })
    const living = new Set(wanted)
    for (const [caseId, home] of asOf.homes) if (living.has(home)) homes.push({ caseId, group })
    const path = byId.get(areaId)?.path
    const hasSum = !ownOnly && path !== undefined && depth(path) <= depth(root.path) + summedTo
    if (hasSum) sums.push({ path, group })
    // The sum of an area holds what was put down under its path, whenever that was.
    const inSum = new Set(
      hasSum
        ? [...byId.values()].flatMap((one) =>
            one.path === path || one.path.startsWith(`${path}.`) ? [one.id] : [],
          )
        : [],
    )
    for (const id of whole) if (!inSum.has(id)) parts.push({ areaId: id, group, sign: 1 })
    for (const id of inSum) if (!whole.has(id)) parts.push({ areaId: id, group, sign: -1 })
  })
  return { sums, parts, places, homes }
}

const depth = (path: string) => path.split('.').length

/** `parts`, `places` and `homes` as the first parts of a WITH. */
export function groupTables({ parts, places, homes }: FigureGroups): RawBuilder<unknown> {
  return sql`parts as materialized (select * from unnest(${parts.map(({ areaId }) => areaId)}::uuid[], ${parts.map(({ group }) => group)}::int[],
      ${parts.map(({ sign }) => sign)}::int[]) p(area_id, grp, sign)),
    ${placeTables({ places, homes })}`
}

export function placeTables({ places, homes }: Pick<FigureGroups, 'places' | 'homes'>): RawBuilder<unknown> {
  return sql`places as materialized (select * from unnest(${places.map(({ areaId }) => areaId)}::uuid[], ${places.map(({ group }) => group)}::int[]) p(area_id, grp)),
    homes as materialized (select * from unnest(${homes.map(({ caseId }) => caseId)}::uuid[], ${homes.map(({ group }) => group)}::int[]) h(case_id, grp))`
}
