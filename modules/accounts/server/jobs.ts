/** What accounts forget: ended sessions and one-time codes, after the days of their retention class. */
import { sql } from 'kysely'
import type { JobModule } from '../../../platform/jobs.ts'
import { keptSince } from '../../../platform/jobs-clean-up.ts'

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
  ],
}
