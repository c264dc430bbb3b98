/** A case with its history as another module shows parts of it: within the caller's sight, photos by entry. */
import type { OperationContract } from '../../../lib/contract.ts'
import type { Call } from '../../../platform/operation.ts'
import type { EntryView } from '../contract.ts'
import type { CaseRow } from './case-row.ts'
import { findHistory } from './case-store.ts'
import { entryViews } from './case-view.ts'
import { namesOf } from './names.ts'
import { seenOf } from './seen-of.ts'

export interface CaseHistory {
  readonly row: CaseRow
  /** Oldest first; for whoever reads no texts, without files and words. */
  readonly entries: readonly EntryView[]
}

/** Undefined outside the caller's sight. */
export async function caseHistory<C extends OperationContract>(
  call: Call<C>,
  id: string,
): Promise<CaseHistory | undefined> {
  const { tx, actor } = call
  const found = await findHistory(tx, actor.streetId, id)
  if (!found) return undefined
  const seen = await seenOf(call, await namesOf(tx, actor.streetId))
  return { row: found.row, entries: entryViews(found.row, found.entries, found.parts.files, seen) }
}
