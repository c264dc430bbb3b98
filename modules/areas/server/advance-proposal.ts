/** One slice of a proposal: a part goes some rounds further in its thread, and what it came to is kept. */
import type { JobCall } from '../../../platform/jobs.ts'
import { sliceInThread } from './partition-in-thread.ts'
import {
  keepPart,
  keepProgress,
  lockProposal,
  nextPart,
  proposalParts,
  proposalsStandingStill,
} from './proposal-store.ts'
import { sumOfFigures } from './proposal-view.ts'

/** Short, so that a proposal that was stopped is left soon and progress is seen. */
const sliceMs = 2_000
const standsStillMs = 60_000

export async function advanceProposal({ tx, actor, at, payload, job }: JobCall): Promise<void> {
  const id = String(payload.proposalId)
  const proposal = await lockProposal(tx, actor.streetId, id, true)
  if (proposal?.state !== 'running') return
  const until = performance.now() + sliceMs
  let share = 0
  // Small parts follow each other in one slice; a large one is left half-way.
  for (;;) {
    const part = await nextPart(tx, actor.streetId, id)
    if (!part) break
    const left = until - performance.now()
    if (left <= 0) break
    const { target, deviation, seed, recut } = proposal
    const done = await sliceInThread({
      input: part.input,
      target,
      deviation,
      seed,
      recut: recut && part.input.buildings.some(({ before }) => before !== null),
      state: part.progress,
      sliceMs: left,
    })
    await keepPart(tx, actor.streetId, id, part.parentId, { progress: done.state, result: done.result })
    share = done.share
    if (!done.result) break
  }
  const parts = await proposalParts(tx, actor.streetId, id)
  const results = parts.flatMap(({ result }) => result ?? [])
  const ready = results.length === parts.length
  const doneShare = ready ? 1 : Math.min(0.999, (results.length + (share < 1 ? share : 0)) / parts.length)
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
