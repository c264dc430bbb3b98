/** One slice of a proposal: a part goes some rounds further in its thread, and what it came to is kept. */
import { setTimeout as delay } from 'node:timers/promises'
import type { JobCall } from '../../../platform/jobs.ts'
import { slicesInThread } from './partition-in-thread.ts'
import type { SliceDone } from './partition-slice.ts'
import {
  findProposal,
  keepPart,
  keepProgress,
  lockProposal,
  nextParts,
  type OpenPart,
  proposalParts,
  proposalsStandingStill,
  takeProposal,
} from './proposal-store.ts'
import { sumOfFigures } from './proposal-view.ts'

/** Short, so that progress is seen. */
const sliceMs = 2_000
/** How soon a proposal that was stopped is left. */
const lookEveryMs = 300
/** Small parts follow each other in one slice. */
const partsAtOnce = 40
const standsStillMs = 60_000

export type RunSlices = typeof slicesInThread

/**
 * Whoever works on a proposal holds its name and not its row: it can be stopped at any moment, and is looked at for that while
 * the thread runs.
 */
export const advanceProposalWith =
  (runSlices: RunSlices) =>
  async (call: JobCall): Promise<void> => {
    const { tx, actor, payload } = call
    const id = String(payload.proposalId)
    if (!(await takeProposal(tx, id))) return
    const proposal = await findProposal(tx, actor.streetId, id)
    if (proposal?.state !== 'running') return
    const { target, deviation, seed, recut } = proposal
    const open = await nextParts(tx, actor.streetId, id, partsAtOnce)
    const asked = open.map(({ input, progress }) => ({
      input,
      target,
      deviation,
      seed,
      recut: recut && input.buildings.some(({ before }) => before !== null),
      state: progress,
      sliceMs,
    }))
    const isRunning = async () => (await findProposal(tx, actor.streetId, id))?.state === 'running'
    const slices = await untilStopped((signal) => runSlices(asked, signal), isRunning)
    // Held until the end now, so that what is kept is kept of a proposal that still runs.
    const held = slices && (await lockProposal(tx, actor.streetId, id))
    if (slices && held?.state === 'running') await keepSlices(call, id, open, slices)
  }

export const advanceProposal = advanceProposalWith(slicesInThread)

/** Asks now and then whether the work is still wanted, and stops it when it is not. */
async function untilStopped<T>(
  work: (signal: AbortSignal) => Promise<T>,
  isWanted: () => Promise<boolean>,
): Promise<T> {
  const [stop, over] = [new AbortController(), new AbortController()]
  const watch = async () => {
    while (!over.signal.aborted) {
      await delay(lookEveryMs, undefined, { signal: over.signal }).catch(() => {})
      if (over.signal.aborted) return
      if (!(await isWanted())) {
        stop.abort()
        return
      }
    }
  }
  const watching = watch()
  try {
    return await work(stop.signal)
  } finally {
    over.abort()
    await watching
  }
}

async function keepSlices(
  { tx, actor, at, job }: JobCall,
  id: string,
  open: readonly OpenPart[],
  slices: readonly SliceDone[],
): Promise<void> {
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
