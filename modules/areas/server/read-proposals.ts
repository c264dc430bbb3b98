import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { areaIndex } from './area-index.ts'
import { newestProposals, proposalParts } from './proposal-store.ts'
import { getProposalView, groupViews, proposalView } from './proposal-view.ts'

export const listProposals = operation(contract.listProposals, async ({ tx, actor }) => {
  const rows = await newestProposals(tx, actor.streetId)
  const index = await areaIndex(tx, actor.streetId)
  return { items: rows.map((row) => proposalView(row, index)) }
})

export const getProposal = operation(contract.getProposal, async (call) => {
  const { tx, actor, params } = call
  const proposal = await getProposalView(call, params.id)
  const parts = await proposalParts(tx, actor.streetId, params.id)
  return { proposal, groups: groupViews(parts, await areaIndex(tx, actor.streetId)) }
})
