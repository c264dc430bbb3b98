import type { OperationContract } from '../../../lib/contract.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { ProposalFigures, ProposalGroup, ProposalSummary } from '../contract.ts'
import { type AreaIndex, areaIndex } from './area-index.ts'
import { refOf } from './area-view.ts'
import type { PartResult } from './partition-slice.ts'
import { findProposal, lockProposal, type PartRow, type ProposalRow } from './proposal-store.ts'

type ProposalCall = Pick<Call<OperationContract>, 'tx' | 'actor'>

export function proposalView(row: ProposalRow, { byId, root }: AreaIndex): ProposalSummary {
  const { areaId, createdAt, ...rest } = row
  return { ...rest, area: refOf(byId.get(areaId) ?? root), createdAt: createdAt.toISOString() }
}

/** @throws Refusal for a proposal that is not there */
export async function getProposalView({ tx, actor }: ProposalCall, id: string): Promise<ProposalSummary> {
  const row = await findProposal(tx, actor.streetId, id)
  if (!row) throw new Refusal('areas/proposal-not-found')
  return proposalView(row, await areaIndex(tx, actor.streetId))
}

/** Held until the end of the transaction. @throws Refusal when it is not there or not in this state */
export async function holdProposal(
  { tx, actor }: ProposalCall,
  id: string,
  state: ProposalRow['state'],
): Promise<ProposalRow> {
  const row = await lockProposal(tx, actor.streetId, id)
  if (!row) throw new Refusal('areas/proposal-not-found')
  if (row.state !== state) throw new Refusal('areas/proposal-not-ready')
  return row
}

export function groupViews(parts: readonly PartRow[], { byId, root }: AreaIndex): ProposalGroup[] {
  return parts.flatMap(({ parentId, result }) =>
    (result?.groups ?? []).map((group, index) => {
      const before = byId.get(group.before ?? '')
      return {
        number: index + 1,
        parent: refOf(byId.get(parentId) ?? root),
        before: before ? refOf(before) : null,
        buildings: group.buildingIds.length,
        households: group.households,
        geometry: group.geometry,
      }
    }),
  )
}

/** The figures of all parts as those of one whole. */
export function sumOfFigures(results: readonly PartResult[]): ProposalFigures {
  const sizes = results
    .flatMap(({ groups }) => groups.map(({ households }) => households))
    .sort((a, b) => a - b)
  const sum = (key: keyof ProposalFigures) => results.reduce((all, { figures }) => all + figures[key], 0)
  return {
    groups: sizes.length,
    buildings: sum('buildings'),
    households: sum('households'),
    least: sizes[0] ?? 0,
    median: sizes[sizes.length >> 1] ?? 0,
    most: sizes.at(-1) ?? 0,
    within: sum('within'),
    contiguous: sum('contiguous'),
    wholeCompounds: sum('wholeCompounds'),
    splitCompounds: sum('splitCompounds'),
    acrossBarriers: sum('acrossBarriers'),
    placedBefore: sum('placedBefore'),
    moved: sum('moved'),
  }
}
