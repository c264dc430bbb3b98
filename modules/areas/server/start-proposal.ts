import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import type { TreeArea } from '../rules/draft-tree.ts'
import type { Barrier, PartitionBuilding } from '../rules/partition-graph.ts'
import { areaLevels } from './area-store.ts'
import { treeOn } from './draft-store.ts'
import type { PartInput } from './partition-slice.ts'
import {
  asBarriers,
  barriersOn,
  buildingsToDivide,
  type DividedBuilding,
  findProposal,
  insertProposal,
} from './proposal-store.ts'
import { getProposalView } from './proposal-view.ts'

export const startProposal = operation(contract.startProposal, async (call) => {
  const { tx, actor, at, body } = call
  const day = dayOf(at)
  const tree = await treeOn(tx, actor.streetId, day)
  const area = tree.get(body.areaId)
  if (!area) throw new Refusal('areas/not-found')
  const levels = await areaLevels(tx, actor.streetId)
  const above = levels[levels.findIndex(({ level }) => level === body.level) - 1]
  const parents = [...tree.values()].filter(
    ({ path, level }) => level === above?.level && (path === area.path || path.startsWith(`${area.path}.`)),
  )
  const buildings = await buildingsToDivide(tx, actor.streetId, area.path, day)
  const barriers = body.withBarriers ? asBarriers(await barriersOn(tx, actor.streetId, day)) : []
  const parts = parents.flatMap((parent) => {
    const input = inputOf(parent, buildings, barriers, body)
    return input.buildings.length > 0 ? [{ parentId: parent.id, input }] : []
  })
  if (parts.length === 0) throw new Refusal('areas/nothing-to-divide')
  const id = body.id ?? call.newId()
  if (await findProposal(tx, actor.streetId, id))
    throw new Refusal('platform/invalid-input', { errors: [{ path: '/body/id', message: 'is taken' }] })
  const unplaced = buildings.filter(({ lng, lat }) => lng === null || lat === null).length
  await insertProposal(tx, actor.streetId, { ...body, id, unplaced }, parts, { by: actor.accountId, at })
  call.job({ task: 'areas.advanceProposal', payload: { proposalId: id }, runAt: at })
  call.audit({
    subjectType: 'area-proposal',
    subjectId: id,
    detail: { areaId: body.areaId, level: body.level, target: body.target, seed: body.seed },
  })
  return getProposalView(call, id)
})

function inputOf(
  parent: TreeArea,
  buildings: readonly DividedBuilding[],
  barriers: readonly Barrier[],
  { level, recut }: { readonly level: string; readonly recut: boolean },
): PartInput {
  const inside = buildings.filter(({ path }) => path === parent.path || path.startsWith(`${parent.path}.`))
  return {
    barriers,
    within: parent.geometry,
    buildings: inside.flatMap(
      ({ id, lng, lat, households, compound, areaId, level: own }): PartitionBuilding[] =>
        lng === null || lat === null
          ? []
          : [{ id, lng, lat, households, compound, before: recut && own === level ? areaId : null }],
    ),
  }
}
