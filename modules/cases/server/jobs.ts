/** The jobs of cases. */
import type { JobModule } from '../../../platform/jobs.ts'
import { closeExpired } from './close-expired.ts'
import { eraseContacts } from './erase-contacts.ts'
import { sweepClocks } from './sweep-clocks.ts'

export const casesJobs: JobModule = {
  name: 'cases',
  jobs: [
    { task: 'cases.sweepClocks', scope: 'street', everyMinutes: 1, run: sweepClocks },
    { task: 'cases.closeExpired', scope: 'street', everyMinutes: 10, run: closeExpired },
    { task: 'cases.eraseContacts', scope: 'street', everyMinutes: 60, run: eraseContacts },
  ],
}
