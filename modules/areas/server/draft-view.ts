import type { OperationContract } from '../../../lib/contract.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { DraftSummary } from '../contract.ts'
import { type DraftRow, findDraft, lockDraft } from './draft-store.ts'

export function draftView({ changedAt, add, redraw, rename, end, ...row }: DraftRow): DraftSummary {
  return { ...row, changedAt: changedAt.toISOString(), counts: { add, redraw, rename, end } }
}

type DraftCall = Pick<Call<OperationContract>, 'tx' | 'actor'>

/** @throws Refusal for a draft that is not there */
export async function getDraftRow({ tx, actor }: DraftCall, id: string): Promise<DraftRow> {
  const row = await findDraft(tx, actor.streetId, id)
  if (!row) throw new Refusal('areas/draft-not-found')
  return row
}

/**
 * The draft, held until the end of the transaction, as one that may still be changed.
 * @throws Refusal when it is not there, is settled, or has another version than the screen
 */
export async function holdOpenDraft(
  { tx, actor }: DraftCall,
  id: string,
  version?: number,
): Promise<DraftRow> {
  const row = await lockDraft(tx, actor.streetId, id)
  if (!row) throw new Refusal('areas/draft-not-found')
  if (row.state !== 'draft') throw new Refusal('areas/draft-settled')
  if (version !== undefined && row.version !== version) throw new Refusal('areas/draft-changed')
  return row
}
