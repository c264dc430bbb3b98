/** The jobs of cases. */
import type { JobModule } from '../../../platform/jobs.ts'
import { callPeople } from './call-chain.ts'
import { callTask } from './call-out-if-urgent.ts'
import { closeExpired } from './close-expired.ts'
import { endTasks } from './duty-tasks.ts'
import { endPauses } from './end-pauses.ts'
import { eraseContacts } from './erase-contacts.ts'
import { figureJobs } from './figure-jobs.ts'
import { passWork } from './pass-work.ts'
import { recountDeadlines } from './recount-deadlines.ts'
import { remindToRate } from './remind-to-rate.ts'
import { tellRosterGaps } from './roster-alarms.ts'
import { batchTask, heldTask, runBatch, tellHeldNotices } from './run-batch.ts'
import { dispatchBySystem, dispatchTask } from './suggest-dispatch.ts'
import { sweepClocks } from './sweep-clocks.ts'
import { sweepDisputes } from './sweep-disputes.ts'
import { sweepWhistles } from './sweep-whistles.ts'

export const casesJobs: JobModule = {
  name: 'cases',
  jobs: [
    // Before the sweep: a clock that runs again is looked at in the same minute.
    { task: 'cases.endPauses', scope: 'street', everyMinutes: 1, run: endPauses },
    { task: 'cases.sweepClocks', scope: 'street', everyMinutes: 1, run: sweepClocks },
    { task: 'cases.sweepWhistles', scope: 'street', everyMinutes: 1, run: sweepWhistles },
    { task: 'cases.sweepDisputes', scope: 'street', everyMinutes: 10, run: sweepDisputes },
    { task: batchTask, scope: 'street', run: runBatch },
    { task: heldTask, scope: 'street', run: tellHeldNotices },
    { task: dispatchTask, scope: 'street', run: dispatchBySystem },
    { task: callTask, scope: 'street', everyMinutes: 1, run: callPeople },
    { task: 'cases.endTasks', scope: 'street', everyMinutes: 10, run: endTasks },
    { task: 'cases.passWork', scope: 'street', everyMinutes: 1, run: passWork },
    { task: 'cases.tellRosterGaps', scope: 'street', everyMinutes: 60, run: tellRosterGaps },
    { task: 'cases.remindToRate', scope: 'street', everyMinutes: 60, run: remindToRate },
    { task: 'cases.recountDeadlines', scope: 'street', everyMinutes: 10, run: recountDeadlines },
    { task: 'cases.closeExpired', scope: 'street', everyMinutes: 10, run: closeExpired },
    ...figureJobs,
    { task: 'cases.eraseContacts', scope: 'street', everyMinutes: 60, run: eraseContacts },
  ],
}
