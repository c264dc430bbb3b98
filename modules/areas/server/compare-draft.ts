import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { chainUp, type TreeArea } from '../rules/draft-tree.ts'
import type { DraftBuilding } from './draft-store.ts'
import { getDraftRow } from './draft-view.ts'
import { type DraftPlan, planDraft } from './plan-draft.ts'

const mostMoves = 500

/** Of one that is in force already, what it changed cannot be told from today's areas: then nothing is compared. */
export const compareDraft = operation(contract.compareDraft, async (call) => {
  const { tx, actor, at, params, query } = call
  const draft = await getDraftRow(call, params.id)
  const onDay = query.onDay ?? dayOf(at)
  return changesView(await planDraft(tx, actor.streetId, draft.id, onDay), onDay)
})

function changesView(plan: DraftPlan, onDay: string): contract.DraftChanges {
  const { before, after, buildings, moves } = plan
  const newPlace = new Map(moves.map((move) => [move.building.id, move.to]))
  const areaAfter = (building: DraftBuilding) => newPlace.get(building.id) ?? building.areaId
  const countsBefore = countsUnder(before, buildings, (building) => building.areaId)
  const countsAfter = countsUnder(after.areas, buildings, areaAfter)
  const areaOf = (id: string) => after.areas.get(id) ?? before.get(id)
  return {
    onDay,
    faults: [...plan.faults],
    added: after.added.map((area) => ({
      area: named(area),
      after: countsAfter(area.id),
      origins: area.origins.flatMap((id) => before.get(id)?.name ?? []).map((name) => ({ name })),
    })),
    redrawn: after.redrawn.map(({ before: area }) => ({
      area: named(area),
      before: countsBefore(area.id),
      after: countsAfter(area.id),
    })),
    ended: after.ended.map((area) => ({ area: named(area), before: countsBefore(area.id) })),
    renamed: after.renamed.map((change) => ({ area: called(change.before), to: called(change.after) })),
    lineage: plan.descent.flatMap(({ from, to, share, basis }) => {
      const [one, other] = [before.get(from), after.areas.get(to)]
      return one && other ? [{ from: named(one), to: named(other), onDay, share, basis }] : []
    }),
    moved: {
      buildings: moves.length,
      households: moves.reduce((total, { building }) => total + (building.households ?? 0), 0),
      ofHouseholds: buildings.reduce((total, { households }) => total + (households ?? 0), 0),
      items: moves.slice(0, mostMoves).map(({ building, from, to, guessed }) => ({
        id: building.id,
        name: building.name,
        address: building.address,
        households: building.households,
        from: areaOf(from)?.name ?? '',
        to: areaOf(to)?.name ?? '',
        guessed,
      })),
    },
  }
}

const called = ({ id, code, name, kind }: TreeArea) => ({ id, code, name, kind })
const named = ({ id, code, level, name }: TreeArea) => ({ id, code, level, name })

/** Buildings and households of an area with all that lies below it. */
function countsUnder(
  tree: ReadonlyMap<string, TreeArea>,
  buildings: readonly DraftBuilding[],
  areaOf: (building: DraftBuilding) => string,
): (id: string) => { buildings: number; households: number } {
  const counts = new Map<string, { buildings: number; households: number }>()
  for (const building of buildings)
    for (const { id } of chainUp(tree, areaOf(building))) {
      const { buildings: many, households } = counts.get(id) ?? { buildings: 0, households: 0 }
      counts.set(id, { buildings: many + 1, households: households + (building.households ?? 0) })
    }
  return (id) => counts.get(id) ?? { buildings: 0, households: 0 }
}
