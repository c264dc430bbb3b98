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
  const deepest = depth(root.path) + summedTo
  const [tops, sums, living] = [new Lists(), new Lists(), new Lists()]
  asked.forEach(({ areaId, ownOnly }, group) => {
    const top = asOf.areas.areas.get(areaId)
    if (ownOnly) living.add(areaId, group)
    else if (top) tops.add(top.path, group)
    const path = byId.get(areaId)?.path
    if (!ownOnly && path !== undefined && depth(path) <= deepest) sums.add(path, group)
  })
  for (const { id, path } of asOf.areas.areas.values())
    for (const above of pathsAbove(path)) for (const group of tops.of(above)) living.add(id, group)

  const places: FigureGroups['places'][number][] = []
  const whole = new Lists()
  for (const id of asOf.areas.wholeIn(living.keys()))
    for (const group of living.of(asOf.areas.homeOf(id) ?? '')) {
      places.push({ areaId: id, group })
      whole.add(id, group)
    }
  const homes = [...asOf.homes].flatMap(([caseId, home]) =>
    living.of(home).map((group) => ({ caseId, group })),
  )
  // The sum of an area holds what was put down under its path, whenever that was.
  const inSum = new Lists()
  for (const { id, path } of byId.values())
    for (const above of pathsAbove(path)) for (const group of sums.of(above)) inSum.add(id, group)
  return {
    sums: sums.keys().flatMap((path) => sums.of(path).map((group) => ({ path, group }))),
    parts: [...onlyIn(whole, inSum, 1), ...onlyIn(inSum, whole, -1)],
    places,
    homes,
  }
}

/** Lines by what they are about: one pass over the areas, however many lines are asked. */
class Lists {
  readonly #groups = new Map<string, number[]>()
  add(key: string, group: number): void {
    const there = this.#groups.get(key)
    if (there) there.push(group)
    else this.#groups.set(key, [group])
  }
  of(key: string): readonly number[] {
    return this.#groups.get(key) ?? none
  }
  keys(): string[] {
    return [...this.#groups.keys()]
  }
}
const none: readonly number[] = []

const onlyIn = (one: Lists, other: Lists, sign: 1 | -1): FigureGroups['parts'] =>
  one.keys().flatMap((areaId) => {
    const there = other.of(areaId)
    return one.of(areaId).flatMap((group) => (there.includes(group) ? [] : [{ areaId, group, sign }]))
  })

/** The path itself and those of all that it lies in. */
function pathsAbove(path: string): string[] {
  const paths = [path]
  for (let end = path.lastIndexOf('.'); end > 0; end = path.lastIndexOf('.', end - 1))
    paths.push(path.slice(0, end))
  return paths
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
