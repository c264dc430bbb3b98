/** Each hour what was written is sealed; where a port is set up the newest checkpoint then leaves the machine. */
import { sql } from 'kysely'
import type { Tx } from './db.ts'
import type { JobModule } from './jobs.ts'
import { consistencyProof, rangesAfter } from './merkle-tree.ts'
import { deliveryText } from './seal-ports.ts'
import { readPeaks, sealWaiting } from './seals.ts'
import type { SealPort } from './services.ts'

interface Undelivered {
  readonly code: string
  readonly size: number
  readonly note: string
  readonly old_size: number | null
  readonly old_peaks: Buffer | null
}

export const sealJobs: JobModule = {
  name: 'seals',
  jobs: [
    {
      task: 'platform.seal',
      scope: 'street',
      everyMinutes: 60,
      run: async (call) => {
        const { tx, at, actor, services } = call
        const { added, more } = await sealWaiting(
          tx,
          { streetId: actor.streetId, key: services.keys.seals },
          at,
        )
        if (more) call.job({ task: 'platform.seal', payload: {}, runAt: at })
        else if (added > 0 && services.seals)
          call.job({ task: 'platform.deliverCheckpoint', payload: {}, runAt: at })
      },
    },
    {
      // Each hour too: what a keeper did not take for longer than the queue tries again.
      task: 'platform.deliverCheckpoint',
      scope: 'street',
      everyMinutes: 60,
      run: async ({ tx, at, actor, services }) => {
        if (services.seals) await deliverNewest(tx, actor.streetId, services.seals, at)
      },
    },
  ],
}

/** The newest one speaks for all before it. */
async function deliverNewest(tx: Tx, streetId: number, port: SealPort, at: Date): Promise<void> {
  const found = await tx.maybe(
    sql<Undelivered>`select s.code, c.size, c.note, o.size as old_size, o.peaks as old_peaks
      from (select size, note from seal_checkpoints where street_id = ${streetId} order by size desc limit 1) c
        join streets s on s.street_id = ${streetId}
        left join (select c.size, c.peaks from seal_deliveries d join seal_checkpoints c using (street_id, size)
          where d.street_id = ${streetId} order by size desc limit 1) o on true`,
  )
  if (!found || found.old_size === found.size) return
  await port.send(found.code, found.size, await textOf(tx, streetId, found))
  await tx.run(sql`insert into seal_deliveries (street_id, size, sent_at, sent_to)
    values (${streetId}, ${found.size}, ${at}, ${port.name})`)
}

async function textOf(
  tx: Tx,
  streetId: number,
  { size, note, old_size, old_peaks }: Undelivered,
): Promise<string> {
  const old = old_size === null || old_peaks === null ? undefined : readPeaks(old_size, old_peaks)
  if (!old) return deliveryText(0, [], note)
  const added = await tx.many(
    sql<{ hash: Buffer }>`select hash from seal_leaves
      where street_id = ${streetId} and leaf_index >= ${old.size} and leaf_index < ${size} order by leaf_index`,
  )
  const ranges = rangesAfter(
    old,
    added.map(({ hash }) => hash),
  )
  return deliveryText(old.size, consistencyProof(ranges, old.size, size), note)
}
