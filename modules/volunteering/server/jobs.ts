/** The jobs of volunteering. */
import type { JobModule } from '../../../platform/jobs.ts'
import { enterEveryHour } from './enter-hours.ts'
import { passOffers } from './free-place.ts'

export const volunteeringJobs: JobModule = {
  name: 'volunteering',
  jobs: [
    { task: 'volunteering.passOffers', scope: 'street', everyMinutes: 10, run: passOffers },
    { task: 'volunteering.enterHours', scope: 'street', everyMinutes: 60, run: enterEveryHour },
  ],
}
