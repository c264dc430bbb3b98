/** What the machine room itself forgets, each class after the days that `retention_classes` says. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from './db.ts'
import type { JobModule } from './jobs.ts'

/** The instant before which a class of data is no longer kept. @throws when the class is unknown */
export async function keptSince(tx: Tx, retentionClass: string, at: Date): Promise<Date> {
  const { days } = await tx.one(
    sql<{ days: number }>`select days from retention_classes where class = ${retentionClass}`,
  )
  return new Date(at.getTime() - days * 24 * 3_600_000)
}

const forgotten: Readonly<Record<string, (before: Date) => RawBuilder<unknown>>> = {
  'idempotency-key': (before) => sql`delete from idempotency_keys where created_at < ${before}`,
  event: (before) => sql`delete from event_outbox where at < ${before}`,
}

/** Windows of rate limits are minutes long; a day later none of them counts any more. */
const limitsKeptMs = 24 * 3_600_000

export const platformJobs: JobModule = {
  name: 'platform',
  jobs: [
    {
      task: 'platform.cleanUp',
      scope: 'system',
      everyMinutes: 60,
      run: async ({ tx, at }) => {
        for (const [retentionClass, statement] of Object.entries(forgotten))
          await tx.run(statement(await keptSince(tx, retentionClass, at)))
        await tx.run(
          sql`delete from rate_limits where window_start < ${new Date(at.getTime() - limitsKeptMs)}`,
        )
      },
    },
  ],
}
