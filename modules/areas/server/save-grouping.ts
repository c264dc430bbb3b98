import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { areasInForce } from './area-store.ts'
import { groupingsOn, putGrouping, setMembers } from './grouping-store.ts'
import { groupingViews } from './grouping-view.ts'

export const saveGrouping = operation(contract.saveGrouping, async (call) => {
  const { tx, actor, at, params, body } = call
  const { streetId } = actor
  const today = dayOf(at)
  const there = new Set((await areasInForce(tx, streetId, today)).map(({ id }) => id))
  if (body.areaIds.some((id) => !there.has(id))) throw new Refusal('areas/grouping-area-unknown')
  const { kind, name, note, areaIds } = body
  if (!(await putGrouping(tx, streetId, { id: params.id, kind, name, note }, today)))
    throw new Refusal('areas/grouping-not-found')
  await setMembers(tx, streetId, params.id, areaIds, today)
  call.audit({ subjectType: 'area-grouping', subjectId: params.id, detail: { name, areas: areaIds.length } })
  const [view] = await groupingViews(tx, streetId, today, await groupingsOn(tx, streetId, today, params.id))
  if (!view) throw new Error('the grouping just kept is gone')
  return view
})
