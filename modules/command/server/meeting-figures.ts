/** From counted rows to the figures of a paper: in all, by organisation and by the areas next below the scope. */
import type { Day } from '../../../lib/time.ts'
import type { IndexedOrganisation } from '../../accounts/server/index.ts'
import type { AreaIndex, IndexedArea } from '../../areas/server/index.ts'
import type { CaseFigure } from '../../cases/contract.ts'
import type { FigureAsked, FigureCount } from '../../cases/server/index.ts'
import type { FigureLine, FigureView } from '../contract.ts'

export interface Plan {
  readonly figure: CaseFigure
  /** What it is a part of; absent for a plain count. */
  readonly of?: CaseFigure
  readonly ahead?: true
}

/** The paper's figures in their order. Rule: rules.md §1.6: what is due in the period is the denominator. */
export const paperFigures: readonly Plan[] = [
  { figure: 'accepted', of: 'reported' },
  { figure: 'dispatched-right', of: 'dispatched' },
  { figure: 'due' },
  { figure: 'due-answered-in-time', of: 'due' },
  { figure: 'due-handled-in-time', of: 'due' },
  { figure: 'due-answered-late', of: 'due' },
  { figure: 'due-open', of: 'due' },
  { figure: 'overdue', of: 'running' },
  { figure: 'coming', of: 'running', ahead: true },
  { figure: 'long-term' },
  { figure: 'review-due', of: 'long-term', ahead: true },
  { figure: 'returned' },
  { figure: 'received-returned', of: 'received' },
  { figure: 'returns-approved', of: 'returns-settled' },
  { figure: 'reworked', of: 'handled' },
  { figure: 'reopened' },
  { figure: 'whistle-late', of: 'whistled' },
  { figure: 'rated-reached', of: 'rated' },
  { figure: 'rated-solved', of: 'rated' },
  { figure: 'rated-satisfied', of: 'rated' },
  { figure: 'unrated', of: 'rateable' },
]

/** What stands for each organisation and community. */
export const lineFigures: readonly Plan[] = paperFigures.filter(({ figure }) =>
  ['due-answered-in-time', 'overdue', 'coming', 'long-term', 'returned', 'reworked'].includes(figure),
)

export interface PaperDays {
  readonly from: Day
  readonly to: Day
  readonly aheadFrom: Day
  readonly aheadTo: Day
}

const daysOf = (days: PaperDays, ahead: boolean | undefined) =>
  ahead ? { from: days.aheadFrom, to: days.aheadTo } : { from: days.from, to: days.to }

/** Everything to count for these figures, each once. */
export function figuresToCount(plans: readonly Plan[], days: PaperDays): FigureAsked[] {
  const asked = new Map<CaseFigure, FigureAsked>()
  for (const { figure, of, ahead } of plans) {
    asked.set(figure, { figure, ...daysOf(days, ahead) })
    if (of !== undefined && !asked.has(of)) asked.set(of, { figure: of, ...daysOf(days, undefined) })
  }
  return [...asked.values()]
}

const sum = (counts: readonly FigureCount[], figure: CaseFigure): number =>
  counts.reduce((total, one) => (one.figure === figure ? total + one.count : total), 0)

export const figureViews = (
  plans: readonly Plan[],
  counts: readonly FigureCount[],
  days: PaperDays,
): FigureView[] =>
  plans.map(({ figure, of, ahead }) => ({
    figure,
    numerator: sum(counts, figure),
    denominator: of === undefined ? null : sum(counts, of),
    of: of ?? null,
    ...daysOf(days, ahead),
  }))

function lines(
  counts: readonly FigureCount[],
  keyOf: (count: FigureCount) => string | null,
  nameOf: (id: string) => string | null,
  days: PaperDays,
): FigureLine[] {
  const groups = new Map<string | null, FigureCount[]>()
  for (const count of counts) {
    const key = keyOf(count)
    groups.set(key, [...(groups.get(key) ?? []), count])
  }
  const made = [...groups].map(([id, own]) => ({
    id,
    name: id === null ? null : nameOf(id),
    figures: figureViews(lineFigures, own, days),
  }))
  const shown = made.filter(({ figures }) =>
    figures.some((one) => one.numerator + (one.denominator ?? 0) > 0),
  )
  // In the order of their names, for this is no ranking; what nobody holds comes last.
  return shown.sort((a, b) =>
    a.name === null || b.name === null
      ? Number(a.name === null) - Number(b.name === null)
      : a.name.localeCompare(b.name, 'zh'),
  )
}

export const linesByOrganisation = (
  counts: readonly FigureCount[],
  organisations: ReadonlyMap<string, IndexedOrganisation>,
  days: PaperDays,
): FigureLine[] =>
  lines(
    counts,
    (one) => one.organisationId,
    (id) => organisations.get(id)?.name ?? null,
    days,
  )

/** By the areas next below the scope: communities of a street, grids of a community. */
export function linesBelow(
  counts: readonly FigureCount[],
  areas: AreaIndex,
  scope: IndexedArea,
  days: PaperDays,
): FigureLine[] {
  const depth = scope.path.split('.').length + 1
  const below = (areaId: string): string | null => {
    const labels = areas.byId.get(areaId)?.path.split('.') ?? []
    return labels.length < depth ? null : (areas.byPath.get(labels.slice(0, depth).join('.'))?.id ?? null)
  }
  return lines(
    counts,
    (one) => below(one.areaId),
    (id) => areas.byId.get(id)?.name ?? null,
    days,
  )
}
