import { sql } from 'kysely'
import type { OperationContract, QueryOf } from '../../../lib/contract.ts'
import { type Day, dayOf, daysBetween } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { findArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { type FigureSplit, figurePlan } from '../figure-plan.ts'
import { satisfactionWeights } from '../figure-settings.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { fewestToCompare, proportion } from '../rules/proportion.ts'
import { type Satisfaction, satisfactions } from '../words.ts'
import { type CasesOnDay, casesOnDay } from './cases-on-day.ts'
import { nobody } from './figure-facts.ts'
import type { GroupAsked } from './figure-groups.ts'
import { countLengths } from './figure-lengths.ts'
import type { RollupAsked } from './figure-questions.ts'
import { type CountedLine, countRolled } from './figure-rollups.ts'
import { type Names, namesOf, organisationRef } from './names.ts'

type Query = QueryOf<typeof contract.getFigures>
export type FiguresView = contract.FiguresView

const longestDays = 366

/** Every figure of a period in an area, and the same for each of its parts, organisations, matters or days. */
export const getFigures = operation(contract.getFigures, (call) => figuresFor(call, call.query))

/** @throws Refusal cases/period-wrong, cases/not-found for an area out of the caller's posts */
export async function figuresFor<C extends OperationContract>(
  { tx, actor, at }: Pick<Call<C>, 'tx' | 'actor' | 'at'>,
  query: Query,
): Promise<FiguresView> {
  const { from, to, by } = query
  const span = daysBetween(from, to)
  if (span < 0 || span >= longestDays) throw new Refusal('cases/period-wrong')
  const names = await namesOf(tx, actor.streetId)
  const widest = actor.posts
    .filter(({ role, areaPath }) => readsFigures(role) && areaPath !== null)
    .sort((a, b) => (a.areaPath ?? '').length - (b.areaPath ?? '').length)[0]
  const area = await findArea(tx, actor.streetId, query.areaId ?? widest?.areaId ?? '')
  const mine = actor.posts.some(
    ({ role, areaPath }) => readsFigures(role) && areaPath !== null && area && liesUnder(area.path, areaPath),
  )
  const onDay = query.onDay ?? dayOf(at)
  const asOf = await casesOnDay(tx, actor, onDay)
  const scope = area && asOf.areas.areas.get(area.id)
  if (!scope || !mine) throw new Refusal('cases/not-found')
  const whole: RollupAsked = {
    from,
    to,
    by: 'nothing',
    groups: [{ areaId: scope.id }],
    at,
    ...narrowed(query, names),
  }
  const known = { names, asOf }
  const total = await countRolled(tx, actor, known, whole)
  const lengths = await countLengths(tx, actor.streetId, known, whole, total.unfolded)
  const recount = await tx.maybe(
    sql<{
      at: Date
      cases: number
      wrong: number
    }>`select at, cases, facts_wrong + sums_wrong as wrong from case_figure_checks
      where street_id = ${actor.streetId} order by at desc, id desc limit 1`,
  )
  const weights = await readSetting(tx, actor.streetId, satisfactionWeights, at)
  const figures = figuresOf(total.lines[0])
  return {
    at: at.toISOString(),
    from,
    to,
    onDay,
    scope: { id: scope.id, code: scope.code, level: scope.level, name: scope.name },
    organisation: organisationRef(names, query.organisationId ?? null),
    total: { figures, lengths: lengths.get('0 ') ?? [], graded: gradedOf(figures, weights) },
    weights,
    lines: by
      ? await linesBy(tx, actor, { ...known, weights }, { ...whole, ...splitBy(by, scope.id, asOf) }, by)
      : [],
    waiting: total.waiting,
    recount: recount ? { ...recount, at: recount.at.toISOString() } : null,
  }
}

const readsFigures = (role: string) => (contract.getFigures.who as readonly string[]).includes(role)

function narrowed({ organisationId, noOrganisation, matterCode }: Query, { matters }: Names) {
  return {
    ...(noOrganisation ? { organisationId: null } : organisationId ? { organisationId } : {}),
    ...(matterCode === undefined
      ? {}
      : {
          matterIds: [...matters.byId.values()].flatMap(({ id, code }) => (code === matterCode ? [id] : [])),
        }),
  }
}

function splitBy(
  by: FigureSplit,
  scopeId: string,
  { areas }: CasesOnDay,
): Pick<RollupAsked, 'by' | 'groups'> {
  if (by !== 'area') return { by, groups: [{ areaId: scopeId }] }
  const below = [...areas.areas.values()].filter(({ parentId }) => parentId === scopeId)
  const groups: GroupAsked[] = below.map(({ id }) => ({ areaId: id }))
  return { by: 'nothing', groups: [...groups, { areaId: scopeId, ownOnly: true }] }
}

async function linesBy(
  tx: Call<OperationContract>['tx'],
  actor: Call<OperationContract>['actor'],
  known: { names: Names; asOf: CasesOnDay; weights: Weights },
  asked: RollupAsked,
  by: FigureSplit,
): Promise<contract.FigureLineView[]> {
  const { lines, unfolded } = await countRolled(tx, actor, known, asked)
  const lengths = await countLengths(tx, actor.streetId, known, asked, unfolded)
  const view = (line: CountedLine, named: Pick<contract.FigureLineView, 'id' | 'code' | 'name'>) => {
    const figures = figuresOf(line, by === 'day')
    const graded = gradedOf(figures, known.weights)
    return { ...named, figures, graded, lengths: lengths.get(`${line.group} ${line.key}`) ?? [] }
  }
  if (by === 'area')
    return areaLines(lines, known.asOf, asked.groups).map(([line, named]) => view(line, named))
  const named = lines.map((line) => view(line, nameOf(by, line.key, known.names)))
  const text = (line: contract.FigureLineView) => (by === 'day' ? (line.id ?? '') : (line.name ?? '￿'))
  return merged(named, known.weights).sort((a, b) => text(a).localeCompare(text(b), 'zh'))
}

/** Parts in the order of the tree, also those with nothing; last what lies in none of them, if there is any. */
function areaLines(lines: readonly CountedLine[], { areas }: CasesOnDay, groups: readonly GroupAsked[]) {
  return groups.flatMap(
    ({ areaId, ownOnly }, group): [CountedLine, Pick<contract.FigureLineView, 'id' | 'code' | 'name'>][] => {
      const line = lines.find((one) => one.group === group) ?? { group, key: '', counts: new Map() }
      if (ownOnly) return line.counts.size > 0 ? [[line, { id: null, code: null, name: null }]] : []
      const area = areas.areas.get(areaId)
      return [[line, { id: areaId, code: area?.code ?? null, name: area?.name ?? null }]]
    },
  )
}

function nameOf(
  by: FigureSplit,
  key: string,
  names: Names,
): Pick<contract.FigureLineView, 'id' | 'code' | 'name'> {
  if (key === nobody) return { id: null, code: null, name: null }
  if (by === 'day') return { id: key, code: null, name: key satisfies Day }
  if (by === 'organisation') {
    const found = organisationRef(names, key)
    return { id: key, code: found?.code ?? null, name: found?.name ?? null }
  }
  const matter = names.matters.byId.get(key)
  return { id: key, code: matter?.code ?? null, name: matter?.name ?? null }
}

/** Versions of one matter stand under its code, as in its list: their counts are added, their medians can not be. */
function merged(lines: readonly contract.FigureLineView[], weights: Weights): contract.FigureLineView[] {
  const kept = new Map<string, contract.FigureLineView>()
  for (const line of lines) {
    const id = line.code ?? line.id ?? ''
    const there = kept.get(id)
    if (!there) {
      kept.set(id, line)
      continue
    }
    const figures = there.figures.map((figure, index) => {
      const other = line.figures[index]
      const numerator = figure.numerator + (other?.numerator ?? 0)
      const denominator = figure.denominator === null ? null : figure.denominator + (other?.denominator ?? 0)
      return { figure: figure.figure, ...withBounds(numerator, denominator) }
    })
    kept.set(id, { ...there, figures, lengths: [], graded: gradedOf(figures, weights) })
  }
  return [...kept.values()]
}

function withBounds(numerator: number, denominator: number | null) {
  const bounds =
    denominator !== null && denominator >= fewestToCompare ? proportion(numerator, denominator) : null
  return { numerator, denominator, low: bounds?.low ?? null, high: bounds?.high ?? null }
}

type Weights = FiguresView['weights']

const grades: Readonly<Record<Satisfaction, contract.CaseFigure>> = {
  satisfied: 'rated-fully',
  mostly: 'rated-mostly',
  fair: 'rated-fair',
  dissatisfied: 'rated-dissatisfied',
}

// Rule: rules.md §4.3, 满意率: the ratings, each counted by its grade, over how many rated.
function gradedOf(figures: readonly contract.CountedFigure[], weights: Weights): number | null {
  const [points, rated] = satisfactions.reduce(
    ([sum, all], grade) => {
      const n = figures.find(({ figure }) => figure === grades[grade])?.numerator ?? 0
      return [sum + n * weights[grade], all + n]
    },
    [0, 0],
  )
  return rated === 0 ? null : Math.round((points / rated) * 10) / 10
}

const ofNow = ['standing']
const notByDay = ['whistle-late']

/** What stands now has no day; whistles are told for a period only. */
function figuresOf(line: CountedLine | undefined, byDay = false): contract.CountedFigure[] {
  const count = (figure: contract.CaseFigure) => line?.counts.get(figure) ?? 0
  return figurePlan
    .filter(({ figure, section }) => !byDay || !(ofNow.includes(section) || notByDay.includes(figure)))
    .map(({ figure, of }) => ({ figure, ...withBounds(count(figure), of === undefined ? null : count(of)) }))
}
