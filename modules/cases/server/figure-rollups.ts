/**
 * Figures from the roll-ups, always as true as a recount: the sums, put right by the facts of areas that a re-cut moved, and with
 * every case that changed since the last fold taken off as it was folded and added as it stands. Where the first recount of a street
 * has not run, or more changed than is worth putting right, all is counted from the cases themselves, or, where they are too many
 * for that, refused until it has.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { CaseFigure } from '../case-figures.ts'
import type { CasesOnDay } from './cases-on-day.ts'
import { factsOf } from './figure-facts.ts'
import { type FigureGroups, groupsOf, placeTables } from './figure-groups.ts'
import { liveCounts } from './figure-live.ts'
import {
  type CountRow,
  countedFigures,
  keyOf,
  narrowed,
  ofMatter,
  ofOrganisation,
  type RollupAsked,
} from './figure-questions.ts'
import { foldedCounts } from './figure-sums.ts'
import type { Names } from './names.ts'

/** What one line counts. `key`: the organisation, matter or day; '' for the whole, `nobody` for none. Figures without a case are absent. */
export interface CountedLine {
  readonly group: number
  readonly key: string
  readonly counts: ReadonlyMap<CaseFigure, number>
}

export interface CountedFigures {
  readonly lines: readonly CountedLine[]
  /** Cases that changed since the last fold and were counted as they stand; null where all were. */
  readonly unfolded: readonly string[] | null
  /** Changed cases that the figures do not tell yet; above zero only in a storm of changes. */
  readonly waiting: number
}

/**
 * `names` and `asOf` say which areas there are; rows are those that the actor may see. `recount` leaves the roll-ups aside.
 * @throws Refusal cases/figures-being-counted
 */
export async function countRolled(
  tx: Tx,
  actor: Actor,
  { names, asOf }: { names: Names; asOf: CasesOnDay },
  asked: RollupAsked,
  recount = false,
): Promise<CountedFigures> {
  const groups = groupsOf(names, asOf, asked.groups, summedTo(asked))
  const { streetId } = actor
  const folded = recount ? undefined : await foldedCounts(tx, streetId, groups, asked)
  const counts = [...(folded?.counts ?? [])]
  if (!folded && !recount && (await tooManyToCount(tx, streetId)))
    throw new Refusal('cases/figures-being-counted')
  if (!folded || folded.unfolded.length > 0)
    counts.push(...(await countsNow(tx, streetId, names, groups, asked, folded?.unfolded)))
  counts.push(...(await liveCounts(tx, streetId, names, groups, asked)))
  return { lines: linesOf(counts, asked), unfolded: folded?.unfolded ?? null, waiting: folded?.waiting ?? 0 }
}

/** More cases than can be counted from their rows while somebody waits. */
const mostCounted = 3_000

async function tooManyToCount(tx: Tx, streetId: number): Promise<boolean> {
  const { n } = await tx.one(
    sql<{ n: number }>`select count(*)::int as n
      from (select from cases where street_id = ${streetId} limit ${mostCounted + 1}) few`,
  )
  return n > mostCounted
}

/** The street has sums by organisation and by matter, the area below it only whole ones. */
function summedTo(asked: RollupAsked): -1 | 0 | 1 {
  if (ofOrganisation(asked) && ofMatter(asked)) return -1
  return ofOrganisation(asked) || ofMatter(asked) ? 0 : 1
}

/** The facts of these cases, or of all that the actor sees, as they stand. */
function countsNow(
  tx: Tx,
  streetId: number,
  names: Names,
  groups: FigureGroups,
  asked: RollupAsked,
  cases: readonly string[] | undefined,
): Promise<CountRow[]> {
  return tx.many(
    sql<CountRow>`with ${placeTables(groups)}, ${factsOf(names, idsOf(streetId, cases))}
      select coalesce(h.grp, p.grp) as grp, ${keyOf(asked.by, 'f')} as key, c.figure, count(*)::int as n
      from facts f left join homes h on h.case_id = f.case_id left join places p on p.area_id = f.area_id and h.grp is null
        ${countedFigures(asked)}
      where coalesce(h.grp, p.grp) is not null and ${narrowed(asked)} group by 1, 2, 3`,
  )
}

const idsOf = (streetId: number, cases: readonly string[] | undefined): RawBuilder<unknown> =>
  cases === undefined
    ? sql`(select array_agg(id) from cases where street_id = ${streetId})`
    : sql`${[...cases]}::uuid[]`

function linesOf(rows: readonly CountRow[], { by }: RollupAsked): CountedLine[] {
  const lines = new Map<string, { group: number; key: string; counts: Map<CaseFigure, number> }>()
  for (const { grp, key, figure, n } of rows) {
    const id = `${grp} ${key}`
    const line = lines.get(id) ?? { group: grp, key, counts: new Map<CaseFigure, number>() }
    lines.set(id, line)
    line.counts.set(figure, (line.counts.get(figure) ?? 0) + n)
    // One and the same, under the name that the other rate needs.
    if (figure === 'dispatched') line.counts.set('received', line.counts.get('dispatched') ?? 0)
  }
  const kept = [...lines.values()].map((line) => ({
    ...line,
    counts: new Map([...line.counts].filter(([, count]) => count !== 0)),
  }))
  return by === 'nothing' ? kept : kept.filter(({ counts }) => counts.size > 0)
}
