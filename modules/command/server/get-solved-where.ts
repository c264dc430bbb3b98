import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import {
  areaIdsUnder,
  areaRefs,
  findArea,
  type IndexedArea,
  insertFigures,
  newestFigures,
} from '../../areas/server/index.ts'
import type { CaseFigure } from '../../cases/contract.ts'
import { countFigures } from '../../cases/server/index.ts'
import * as contract from '../contract.ts'
import { periodIsSound } from '../rules/meeting-period.ts'
import { type CountedStaff, staffPerResident } from '../rules/staff-per-resident.ts'
import { refOf } from './meeting-paper.ts'
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
  const areaIds = await areaIdsUnder(tx, actor.streetId, area.id)
  const asked = figures.map((figure) => ({ figure, from, to }))
  const counts = await countFigures(tx, actor, asked, { areaIds, at })
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
    scope: refOf(await areaRefs(tx, actor.streetId, [area.id]), area.id),
    from,
    to,
    solved: view('solved', null),
    levels: levels.map(([level, figure]) => ({ level, figure: view(figure, 'solved') })),
    kept: kept.map(([figure, of]) => view(figure, of)),
    staff: await staffOf(tx, actor.streetId, area, at),
  }
})

/** The names under which figures of an area are kept; a street reads them on the area's page. */
const figureNames = { population: '人口', households: '户数', staff: '专职人员' } as const
const figureUnits = { population: '人', households: '户', staff: '人' } as const
const staffRoles = ['secretary', 'clerk', 'grid-head', 'grid-worker']
/** Whom the posts count: people, not posts, of those who do this for a living. */
const countedScope = '在岗：社区书记、全科社工、网格长、专职网格员'

async function staffOf(tx: Tx, streetId: number, area: IndexedArea, at: Date) {
  const figures = await newestFigures(tx, streetId, area.id)
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
    { scope: countedScope, value: people.size, onDay: dayOf(at), source: null },
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
