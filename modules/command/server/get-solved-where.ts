import { type Day, dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import {
  type AreasOnDay,
  findArea,
  type IndexedArea,
  insertFigures,
  newestFigures,
} from '../../areas/server/index.ts'
import type { CaseFigure } from '../../cases/contract.ts'
import { casesOnDay, countFigures, type FigureCount } from '../../cases/server/index.ts'
import * as contract from '../contract.ts'
import { periodIsSound } from '../rules/meeting-period.ts'
import { type CountedStaff, staffPerResident } from '../rules/staff-per-resident.ts'
import { holdsPostOver } from './meeting-view.ts'

const levels = [
  ['grid', 'solved-in-grid'],
  ['community', 'solved-in-community'],
  ['street', 'solved-at-street'],
  ['organisation', 'solved-by-organisation'],
] as const
const kept = [
  ['grid-duty-kept', 'grid-duty'],
  ['community-duty-kept', 'community-duty'],
  ['street-duty-kept', 'street-duty'],
] as const

const readers = ['secretary', 'dispatcher', 'duty-head', 'supervisor', 'viewer']

/** 解决在哪一级: of everything solved in the period, and of what lies in each level's duty. */
export const getSolvedWhere = operation(contract.getSolvedWhere, async ({ tx, actor, at, query }) => {
  const { from, to } = query
  if (!periodIsSound(from, to)) throw new Refusal('command/period-wrong')
  const post = [...actor.posts]
    .filter(({ role, areaPath }) => readers.includes(role) && areaPath !== null)
    .sort((a, b) => (a.areaPath ?? '').length - (b.areaPath ?? '').length)[0]
  const area = await findArea(tx, actor.streetId, query.areaId ?? post?.areaId ?? '')
  if (!area || !holdsPostOver(actor, area.path, readers)) throw new Refusal('command/not-your-area')
  const figures: CaseFigure[] = ['solved', ...levels.map(([, one]) => one), ...kept.flat()]
  const asOf = await casesOnDay(tx, actor, query.onDay ?? dayOf(at))
  const scope = asOf.areas.areas.get(area.id)
  if (!scope) throw new Refusal('areas/not-found')
  const asked = figures.map((figure) => ({ figure, from, to }))
  const counts = await countFigures(tx, actor, asked, { areaIds: asOf.areas.under(area.id), asOf, at })
  const count = (figure: CaseFigure) =>
    counts.reduce((total, one) => (one.figure === figure ? total + one.count : total), 0)
  const view = (figure: CaseFigure, of: CaseFigure | null) => ({
    figure,
    numerator: count(figure),
    denominator: of === null ? null : count(of),
    of,
    from,
    to,
  })
  return {
    at: at.toISOString(),
    scope: refOf(scope),
    from,
    to,
    onDay: query.onDay ?? null,
    parts: partsOf(asOf.areas, area.id, counts).map(({ area: part, count: numerator }) => ({
      area: part && refOf(part),
      solved: { figure: 'solved' as const, numerator, denominator: null, of: null, from, to },
    })),
    solved: view('solved', null),
    levels: levels.map(([level, figure]) => ({ level, figure: view(figure, 'solved') })),
    kept: kept.map(([figure, of]) => view(figure, of)),
    staff: await staffOf(tx, actor.streetId, area, at, query.onDay),
  }
})

const refOf = ({ id, code, level, name }: IndexedArea) => ({ id, code, level, name })

/** What was solved in each area right below, and last what lies in none of them. None where nothing lies below. */
function partsOf({ areas, under }: AreasOnDay, areaId: string, counts: readonly FigureCount[]) {
  const solved = (ids: readonly string[]) => {
    const wanted = new Set(ids)
    return counts.reduce(
      (sum, one) => (one.figure === 'solved' && wanted.has(one.areaId) ? sum + one.count : sum),
      0,
    )
  }
  const below = [...areas.values()].filter(({ parentId }) => parentId === areaId)
  if (below.length === 0) return []
  const own = solved([areaId])
  return [
    ...below.map((area) => ({ area, count: solved(under(area.id)) })),
    ...(own > 0 ? [{ area: null, count: own }] : []),
  ]
}

/** The names under which figures of an area are kept; a street reads them on the area's page. */
const figureNames = { population: '人口', households: '户数', staff: '专职人员' } as const
const figureUnits = { population: '人', households: '户', staff: '人' } as const
const staffRoles = ['secretary', 'clerk', 'grid-head', 'grid-worker']
/** Whom the posts count: people, not posts, of those who do this for a living. */
const countedScope = '在岗：社区书记、全科社工、网格长、专职网格员'

/** For a day, what was given for it or before; who stood where then is not counted from the posts of now. */
async function staffOf(tx: Tx, streetId: number, area: IndexedArea, at: Date, onDay: Day | undefined) {
  const figures = await newestFigures(tx, streetId, area.id, onDay ?? null)
  const named = (name: string) => figures.filter((one) => one.name === name)
  const { posts } = await postIndex(tx, streetId)
  const people = new Set(
    [...posts.values()]
      .filter(
        ({ current, role, areaPath }) => current && staffRoles.includes(role) && isUnder(areaPath, area.path),
      )
      .map(({ accountId }) => accountId),
  )
  const staff: CountedStaff[] = [
    ...named(figureNames.staff),
    ...(onDay === undefined || onDay === dayOf(at)
      ? [{ scope: countedScope, value: people.size, onDay: dayOf(at), source: null }]
      : []),
  ]
  const { ratios, datesDiffer } = staffPerResident(named(figureNames.population), staff)
  return {
    datesDiffer,
    ratios: ratios.map(({ staff: one, counted, ...ratio }) => ({
      ...ratio,
      counted: counted.map(({ scope, value, onDay, source }) => ({ scope, value, onDay, source })),
      staff: one.value,
      staffScope: one.scope,
      staffOn: one.onDay,
      staffSource: one.source,
    })),
  }
}

const isUnder = (path: string | null, above: string) =>
  path !== null && (path === above || path.startsWith(`${above}.`))

/** A figure as the street gives it. One of the same area, name, scope and day is replaced. */
export const giveAreaFigure = operation(contract.giveAreaFigure, async (call) => {
  const { tx, actor, body } = call
  const area = await findArea(tx, actor.streetId, body.areaId)
  if (!area || !holdsPostOver(actor, area.path, ['system-admin', 'secretary', 'duty-head']))
    throw new Refusal('command/not-your-area')
  const { name, ...figure } = body
  await insertFigures(tx, actor.streetId, [{ ...figure, name: figureNames[name], unit: figureUnits[name] }])
  call.audit({
    subjectType: 'area',
    subjectId: area.id,
    detail: { name: figureNames[name], scope: body.scope, value: body.value, onDay: body.onDay },
  })
  return {}
})
