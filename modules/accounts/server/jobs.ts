/** What accounts do by themselves: forget what is no longer kept, and look again who stands in for whom. */
import { sql } from 'kysely'
import type { JobModule } from '../../../platform/jobs.ts'
import { keptSince } from '../../../platform/jobs-clean-up.ts'
import { refreshStandIns } from './stand-ins.ts'

export const accountsJobs: JobModule = {
  name: 'accounts',
  jobs: [
    {
      task: 'accounts.cleanUp',
      scope: 'system',
      everyMinutes: 60,
      run: async ({ tx, at }) => {
        const sessions = await keptSince(tx, 'session', at)
        await tx.run(sql`delete from sessions where coalesce(ended_at, expires_at) < ${sessions}`)
        const codes = await keptSince(tx, 'sms-code', at)
        await tx.run(sql`delete from sms_codes where expires_at < ${codes}`)
      },
    },
    {
      // Appointing and ending posts do this at once; imports and terms that run out are seen here.
      task: 'accounts.refreshStandIns',
      scope: 'street',
      everyMinutes: 60,
      run: ({ tx, actor, at }) => refreshStandIns(tx, actor.streetId, at),
    },
  ],
}
