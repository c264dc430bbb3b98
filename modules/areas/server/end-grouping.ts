import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { endGroupingOn } from './grouping-store.ts'

export const endGrouping = operation(contract.endGrouping, async (call) => {
  const { tx, actor, at, params } = call
  if (!(await endGroupingOn(tx, actor.streetId, params.id, dayOf(at))))
    throw new Refusal('areas/grouping-not-found')
  call.audit({ subjectType: 'area-grouping', subjectId: params.id })
  return {}
})
