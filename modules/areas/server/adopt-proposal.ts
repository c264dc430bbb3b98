import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { draftFromProposal } from '../rules/draft-from-proposal.ts'
import { areaLevels } from './area-store.ts'
import { buildingsOn, insertDraft, putDraftAreas, treeOn, usedCodes } from './draft-store.ts'
import { proposalParts, setProposalState } from './proposal-store.ts'
import { getProposalView, holdProposal } from './proposal-view.ts'

export const adoptProposal = operation(contract.adoptProposal, async (call) => {
  const { tx, actor, at, params } = call
  const proposal = await holdProposal(call, params.id, 'ready')
  const day = dayOf(at)
  const tree = await treeOn(tx, actor.streetId, day)
  const levels = await areaLevels(tx, actor.streetId)
  const buildings = await buildingsOn(tx, actor.streetId, day)
  const parts = (await proposalParts(tx, actor.streetId, params.id)).map(({ parentId, result }) => {
    const parent = tree.get(parentId)
    if (!parent || !result) throw new Refusal('areas/proposal-outdated')
    const today = [...tree.values()].filter(
      (area) => area.parentId === parentId && area.level === proposal.level,
    )
    // A micro-grid that the proposal goes out from must still be there, or its households would be told wrongly.
    if (result.groups.some(({ before }) => before !== null && !tree.has(before)))
      throw new Refusal('areas/proposal-outdated')
    return { parent, today, groups: result.groups }
  })
  const areas = draftFromProposal(parts, {
    level: proposal.level,
    levelName: levels.find(({ level }) => level === proposal.level)?.name ?? '',
    takenCodes: await usedCodes(tx, actor.streetId),
    areaOf: new Map(buildings.map(({ id, areaId }) => [id, areaId])),
    newId: () => call.newId(),
  })
  const draftId = call.newId()
  const who = { by: actor.accountId, at }
  await insertDraft(tx, actor.streetId, { id: draftId, name: proposal.name, baseOn: day }, who)
  await putDraftAreas(tx, actor.streetId, draftId, areas)
  await setProposalState(tx, actor.streetId, params.id, { state: 'adopted', draftId, at })
  call.audit({ subjectType: 'area-proposal', subjectId: params.id, detail: { draftId } })
  return getProposalView(call, params.id)
})
