import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { setProposalState } from './proposal-store.ts'
import { getProposalView, holdProposal } from './proposal-view.ts'

/** The thread that works on it is ended a moment later, and nothing of its slice is kept. */
export const cancelProposal = operation(contract.cancelProposal, async (call) => {
  const { tx, actor, at, params } = call
  await holdProposal(call, params.id, 'running')
  await setProposalState(tx, actor.streetId, params.id, { state: 'cancelled', at })
  call.audit({ subjectType: 'area-proposal', subjectId: params.id })
  return getProposalView(call, params.id)
})
