/** One slice of a proposal: a part goes some rounds further in its thread, and what it came to is kept. */
import type { JobCall } from '../../../platform/jobs.ts'
import { slicesInThread } from './partition-in-thread.ts'
import {
  keepPart,
  keepProgress,
  lockProposal,
  nextParts,
  proposalParts,
  proposalsStandingStill,
} from './proposal-store.ts'
import { sumOfFigures } from './proposal-view.ts'

/** Short, so that a proposal that was stopped is left soon and progress is seen. */
const sliceMs = 2_000
/** Small parts follow each other in one slice. */
const partsAtOnce = 40
const standsStillMs = 60_000

export async function advanceProposal({ tx, actor, at, payload, job }: JobCall): Promise<void> {
  const id = String(payload.proposalId)
  const proposal = await lockProposal(tx, actor.streetId, id, true)
  if (proposal?.state !== 'running') return
  const { target, deviation, seed, recut } = proposal
  const open = await nextParts(tx, actor.streetId, id, partsAtOnce)
  const slices = await slicesInThread(
    open.map(({ input, progress }) => ({
      input,
      target,
      deviation,
      seed,
      recut: recut && input.buildings.some(({ before }) => before !== null),
      state: progress,
      sliceMs,
    })),
  )
  let share = 0
  for (const [index, { state, result, share: own }] of slices.entries()) {
    await keepPart(tx, actor.streetId, id, open[index]?.parentId ?? '', { progress: state, result })
    if (!result) share = own
  }
  const parts = await proposalParts(tx, actor.streetId, id)
  const results = parts.flatMap(({ result }) => result ?? [])
  const ready = results.length === parts.length
  const doneShare = ready ? 1 : Math.min(0.999, (results.length + share) / parts.length)
  await keepProgress(tx, actor.streetId, id, {
    share: doneShare,
    figures: ready ? sumOfFigures(results) : null,
    at,
  })
  if (!ready) job({ task: 'areas.advanceProposal', payload: { proposalId: id }, runAt: at })
}

/** A worker that was killed, or whose thread died, left its proposal where the last slice ended. */
export async function resumeProposals({ tx, actor, at, job }: JobCall): Promise<void> {
  const still = await proposalsStandingStill(tx, actor.streetId, new Date(at.getTime() - standsStillMs))
  for (const proposalId of still) job({ task: 'areas.advanceProposal', payload: { proposalId }, runAt: at })
}
