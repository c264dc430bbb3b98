/** The report of what is wrong with the areas of a day: rows are read here, the rules decide. */
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { type CheckedTree, checkedTree, type Finding, findingKey } from '../rules/check.ts'
import { checkBuildings, checkSizes } from '../rules/check-places.ts'
import { checkStaff, type PostRules, type StaffFacts } from '../rules/check-posts.ts'
import { checkShapes } from '../rules/check-shapes.ts'
import { gridSize, gridStaff } from '../settings.ts'
import { areaLevels, areasWithBoundaries } from './area-store.ts'
import { buildingsOn, type DraftBuilding } from './draft-store.ts'

/** Who stands where on a day: posts belong to a later module, which gives this when the server is put together. */
export type StaffReader = (tx: Tx, streetId: number, day: Day) => Promise<StaffFacts>

export interface AreaReport {
  readonly tree: CheckedTree
  readonly buildings: ReadonlyMap<string, DraftBuilding>
  readonly staff: StaffFacts | undefined
  /** Every one once, the most urgent kinds first, along the tree. */
  readonly findings: readonly Finding[]
}

interface Asked {
  readonly streetId: number
  readonly day: Day
  readonly at: Date
  /** The area and all below it; undefined for the whole street. */
  readonly areaId?: string | undefined
}

export async function areaReport(
  tx: Tx,
  { streetId, day, at, areaId }: Asked,
  readStaff: StaffReader | undefined,
): Promise<AreaReport> {
  const rows = await areasWithBoundaries(tx, streetId, day)
  const tree = checkedTree(rows)
  const buildings = await buildingsOn(tx, streetId, day)
  const staff = await readStaff?.(tx, streetId, day)
  const levels = (await areaLevels(tx, streetId)).map(({ level }) => level)
  const size = await readSetting(tx, streetId, gridSize, at)
  const wanted = await readSetting(tx, streetId, gridStaff, at)
  // A street that calls its levels otherwise is checked at its lowest one.
  const sized = levels.includes(size.level) ? size.level : (levels.at(-1) ?? size.level)
  const findings = [
    ...checkShapes(tree),
    ...checkBuildings(tree, buildings),
    ...checkSizes(tree, buildings, { ...size, level: sized }),
    ...(staff ? checkStaff(tree, staff, postRules(wanted)) : []),
  ]
  const path = areaId === undefined ? undefined : tree.byId.get(areaId)?.path
  const within = (id: string) => {
    const own = tree.byId.get(id)?.path ?? ''
    return path !== undefined && (own === path || own.startsWith(`${path}.`))
  }
  const once = new Map(findings.map((finding) => [findingKey(finding), finding]))
  return {
    tree,
    staff,
    buildings: new Map(buildings.map((building) => [building.id, building])),
    findings: [...once.values()].filter(({ areaIds }) => areaId === undefined || areaIds.some(within)),
  }
}

/** The demo's levels; a street without grids or micro-grids is not told that they are vacant. */
function postRules(wanted: typeof gridStaff.fallback): PostRules {
  return {
    expected: [
      ...(wanted.gridHead ? [{ level: 'grid', role: 'grid-head' }] : []),
      ...(wanted.gridWorker ? [{ level: 'grid', role: 'grid-worker' }] : []),
    ],
    leadLevels: wanted.microGridLead ? ['micro-grid'] : [],
    branchLevels: wanted.branch ? ['grid'] : [],
    mostAreasOfPerson: wanted.mostAreasOfPerson,
  }
}
