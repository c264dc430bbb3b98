/** A draft against the areas of a day: what it would change, and what stands in its way. */
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { DraftArea, DraftFault } from '../contract.ts'
import { findDraftFaults } from '../rules/draft-faults.ts'
import { type BuildingMove, movesOf } from '../rules/draft-moves.ts'
import { chainUp, type TreeAfter, type TreeArea, treeAfter } from '../rules/draft-tree.ts'
import { type Descent, descentOf } from '../rules/lineage.ts'
import { areaLevels } from './area-store.ts'
import {
  buildingsOn,
  changedAfter,
  type DraftBuilding,
  draftAreas,
  treeOn,
  usedCodes,
} from './draft-store.ts'

export interface DraftPlan {
  readonly faults: readonly DraftFault[]
  readonly before: ReadonlyMap<string, TreeArea>
  readonly after: TreeAfter
  readonly drawn: readonly DraftArea[]
  readonly buildings: readonly DraftBuilding[]
  readonly moves: readonly BuildingMove<DraftBuilding>[]
  readonly descent: readonly Descent[]
}

export async function planDraft(tx: Tx, streetId: number, draftId: string, day: Day): Promise<DraftPlan> {
  const drawn = await draftAreas(tx, streetId, draftId)
  const before = await treeOn(tx, streetId, day)
  const buildings = await buildingsOn(tx, streetId, day)
  const after = treeAfter(before, drawn)
  const faults = findDraftFaults(
    drawn,
    {
      before,
      changedLater: await changedAfter(tx, streetId, day),
      usedCodes: await usedCodes(
        tx,
        streetId,
        drawn.flatMap(({ areaId, act }) => (act === 'add' ? areaId : [])),
      ),
      levelPositions: new Map(
        (await areaLevels(tx, streetId)).map(({ level, position }) => [level, position]),
      ),
    },
    after,
  )
  const moves = movesOf(before, after, buildings)
  const descent = descentOf(before, after, moves, householdsUnder(before, buildings))
  return { faults, before, after, drawn, buildings, moves, descent }
}

/** Households of every area with all that lies below it. */
export function householdsUnder(
  tree: ReadonlyMap<string, TreeArea>,
  buildings: readonly DraftBuilding[],
  areaOf: (building: DraftBuilding) => string = (building) => building.areaId,
): Map<string, number> {
  const sums = new Map<string, number>()
  for (const building of buildings)
    for (const { id } of chainUp(tree, areaOf(building)))
      sums.set(id, (sums.get(id) ?? 0) + (building.households ?? 0))
  return sums
}
