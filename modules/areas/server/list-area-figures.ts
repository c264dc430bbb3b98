import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { figureLines } from '../rules/figures-below.ts'
import { figuresOn } from './area-store.ts'
import { inTreeOrder } from './area-view.ts'
import { buildingsOn, treeOn } from './draft-store.ts'

export const listAreaFigures = operation(contract.listAreaFigures, async ({ tx, actor, at, query }) => {
  const { streetId } = actor
  const onDay = query.onDay ?? dayOf(at)
  const tree = await treeOn(tx, streetId, onDay)
  const buildings = await buildingsOn(tx, streetId, onDay)
  const lines = figureLines(tree, buildings, await figuresOn(tx, streetId, onDay))
  const byId = new Map(lines.map((line) => [line.area.id, line]))
  const items = inTreeOrder([...tree.values()]).flatMap((area) =>
    query.parentId === undefined || area.id === query.parentId || area.parentId === query.parentId
      ? (byId.get(area.id) ?? [])
      : [],
  )
  return { onDay, items }
})
