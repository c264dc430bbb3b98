/** The jobs of points. */
import type { JobModule } from '../../../platform/jobs.ts'
import { checkHourly, foldEveryMinute } from './check-ledger.ts'
import { expireVouchers } from './expire-vouchers.ts'
import { prepareYear } from './prepare-year.ts'

export const pointsJobs: JobModule = {
  name: 'points',
  jobs: [
    { task: 'points.foldBalances', scope: 'street', everyMinutes: 1, run: foldEveryMinute },
    { task: 'points.checkLedger', scope: 'street', everyMinutes: 60, run: checkHourly },
    { task: 'points.expireVouchers', scope: 'street', everyMinutes: 60, run: expireVouchers },
    { task: 'points.prepareYear', scope: 'street', everyMinutes: 60, run: prepareYear },
  ],
}
