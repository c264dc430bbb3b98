/** What areas do by themselves: on the day a re-cut begins to hold, buildings say where they now lie and areas what they are now called; proposals are worked out in slices. */
import { dayOf } from '../../../lib/time.ts'
import type { JobModule } from '../../../platform/jobs.ts'
import { advanceProposal, resumeProposals } from './advance-proposal.ts'
import { renewAreaVersion } from './area-writes.ts'
import { settleMoves } from './draft-store.ts'
import { settleRenames } from './rename-store.ts'

export const areasJobs: JobModule = {
  name: 'areas',
  jobs: [
    {
      task: 'areas.settleMoves',
      scope: 'street',
      // Asked for on the first minute of the day; and again each hour, should that one have been missed.
      everyMinutes: 60,
      run: async ({ tx, actor, at }) => {
        const moved = await settleMoves(tx, actor.streetId, dayOf(at))
        const renamed = await settleRenames(tx, actor.streetId, dayOf(at))
        if (moved + renamed > 0) await renewAreaVersion(tx, actor.streetId, at)
      },
    },
    { task: 'areas.advanceProposal', scope: 'street', run: advanceProposal },
    { task: 'areas.resumeProposals', scope: 'street', everyMinutes: 1, run: resumeProposals },
  ],
}
