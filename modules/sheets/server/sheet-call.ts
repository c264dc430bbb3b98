/** What a kind is given, made from an operation's call or from a job's. */
import { dayOf } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { SheetCall } from '../../../platform/sheets/sheet-kind.ts'
import type { BatchRow } from './batch-row.ts'

export function sheetCall(
  from: { tx: Tx; actor: Actor; at: Date; services: { keys: Keys }; newId(): string },
  batch: BatchRow,
  more: { streetPath: string; by: string },
): SheetCall {
  return {
    tx: from.tx,
    keys: from.services.keys,
    streetId: from.actor.streetId,
    streetPath: more.streetPath,
    actor: from.actor,
    by: more.by,
    at: from.at,
    today: dayOf(from.at),
    batchId: batch.id,
    source: batch.source,
    newId: () => from.newId(),
  }
}
