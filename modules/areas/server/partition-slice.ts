/** A slice of one part of a proposal: some rounds of improvement, and at the end its groups with shapes and figures. */
import type { AreaGeometry } from '../../../lib/geometry.ts'
import type { ProposalFigures } from '../contract.ts'
import {
  beginPartition,
  canStandAlone,
  improvePartition,
  isPartitionDone,
  mostRounds,
  type PartitionState,
} from '../rules/partition.ts'
import { groupShapes } from '../rules/partition-cells.ts'
import { figuresOf, groupsOf } from '../rules/partition-figures.ts'
import { type Barrier, buildPartitionGraph, type PartitionBuilding } from '../rules/partition-graph.ts'

/** What a part is worked out from; kept with it, so that what changes meanwhile does not mix two days. */
export interface PartInput {
  readonly buildings: readonly PartitionBuilding[]
  readonly barriers: readonly Barrier[]
  /** Of the area above; null where it is not drawn. */
  readonly within: AreaGeometry | null
}

export interface SliceAsked {
  readonly input: PartInput
  readonly target: number
  readonly deviation: number
  readonly seed: number
  readonly recut: boolean
  readonly state: PartitionState | null
  /** Whole rounds only are run, so that the answer is the same in however many slices. */
  readonly sliceMs: number
}

export interface PartGroup {
  readonly buildingIds: readonly string[]
  readonly households: number
  /** Today's micro-grid that goes on in it. */
  readonly before: string | null
  readonly geometry: AreaGeometry | null
}

export interface PartResult {
  readonly groups: readonly PartGroup[]
  readonly figures: ProposalFigures
}

/** Parts one after the other, until the time is up; the last one that was begun may be left half-way. */
export function runSlices(asked: readonly SliceAsked[], now: () => number): SliceDone[] {
  const until = now() + (asked[0]?.sliceMs ?? 0)
  const done: SliceDone[] = []
  for (const one of asked) {
    const sliceMs = until - now()
    // The first always goes on by a round, or a slow machine would never end.
    if (done.length > 0 && sliceMs <= 0) break
    const slice = runSlice({ ...one, sliceMs }, now)
    done.push(slice)
    if (!slice.result) break
  }
  return done
}

export interface SliceDone {
  readonly state: PartitionState
  /** From 0 to 1. */
  readonly share: number
  readonly result: PartResult | null
}

function runSlice(asked: SliceAsked, now: () => number): SliceDone {
  const { input, seed, state: before } = asked
  const aim = { target: asked.target, deviation: asked.deviation, recut: asked.recut }
  const until = now() + asked.sliceMs
  const graph = buildPartitionGraph(input.buildings, input.barriers, canStandAlone(aim))
  let state = before ?? beginPartition(graph, aim, seed)
  do {
    if (isPartitionDone(state)) break
    state = improvePartition(graph, aim, seed, state)
  } while (now() < until)
  if (!isPartitionDone(state)) return { state, share: state.round / mostRounds, result: null }
  const groups = groupsOf(graph, state.groupOf)
  const spots = groups.flatMap(({ spots: own }, group) =>
    [...own].map((spot) => {
      const { lng, lat } = input.buildings[graph.buildingsAt[spot]?.[0] ?? 0] as PartitionBuilding
      return { lng, lat, group }
    }),
  )
  const shapes = groupShapes(spots, groups.length, input.within)
  return {
    state,
    share: 1,
    result: {
      figures: figuresOf(graph, aim, groups),
      groups: groups.map(({ spots: own, households, before: goesOn }, index) => ({
        buildingIds: [...own].flatMap((spot) =>
          (graph.buildingsAt[spot] ?? []).map((at) => input.buildings[at]?.id ?? ''),
        ),
        households,
        before: goesOn,
        geometry: shapes[index] ?? null,
      })),
    },
  }
}
