/** Uploads that no record took up go after a day: the rows first, and their bytes once nothing at all refers to them. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Tx } from './db.ts'
import { filePath } from './files-folder.ts'
import type { Job, JobModule } from './jobs.ts'
import { keptSince } from './jobs-clean-up.ts'

const filesAtOnce = 500

/**
 * Holds bytes in place while a row comes to refer to them, or keeps rows from coming while they are removed. Taken
 * until the end of the transaction; uploads of one content do not wait for each other.
 */
export async function holdBytes(tx: Tx, sha256: string, by: 'upload' | 'removal'): Promise<void> {
  const take = by === 'upload' ? sql`pg_advisory_xact_lock_shared` : sql`pg_advisory_xact_lock`
  await tx.many(sql`select ${take}(hashtextextended(${`file ${sha256}`}, 0))`)
}

/** Runs per street, for what a file belongs to is the street's. */
const removeUnlinkedFiles: Job = {
  task: 'files.removeUnlinked',
  scope: 'street',
  everyMinutes: 60,
  run: async ({ tx, at, actor, job }) => {
    const before = await keptSince(tx, 'unlinked-upload', at)
    // Should a record take one up at this very moment, its foreign key refuses the removal and the job comes again.
    const gone = await tx.many(
      sql<{ sha256: string }>`delete from files where street_id = ${actor.streetId}
        and id in (select unlinked_files(${before}, ${filesAtOnce})) returning sha256`,
    )
    const contents = [...new Set(gone.map((one) => one.sha256))]
    // The bytes go in a job of its own, which begins only once the rows are surely gone.
    if (contents.length > 0) job({ task: removeBytes.task, payload: { sha256s: contents }, runAt: at })
  },
}

/** Of the whole system: the same photo may have been sent in two streets. */
const removeBytes: Job = {
  task: 'files.removeBytes',
  scope: 'system',
  run: async ({ tx, payload, services }) => {
    for (const sha256 of payload.sha256s as string[]) {
      await holdBytes(tx, sha256, 'removal')
      if (await tx.maybe(sql`select 1 from files where sha256 = ${sha256} limit 1`)) continue
      await rm(filePath(services.filesFolder, sha256), { force: true })
      await rm(`${filePath(join(services.filesFolder, 'thumbs'), sha256)}.jpg`, { force: true })
    }
  },
}

export const fileJobs: JobModule = { name: 'files', jobs: [removeUnlinkedFiles, removeBytes] }
