import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { checkStreetLedger } from './check-ledger.ts'
import { standingOf } from './ledger-view.ts'

/** 总账: sums by community, and how the last check went. */
export const getLedger = operation(contract.getLedger, ({ tx, actor }) => standingOf(tx, actor))

/** 再核对一次: after a repair this is what lets people spend again. */
export const checkLedger = operation(contract.checkLedger, async (call) => {
  const { tx, actor, at } = call
  const found = await checkStreetLedger(tx, call.newId(), at)
  call.audit({ subjectType: 'ledger', detail: { differences: found.length } })
  return standingOf(tx, actor)
})
