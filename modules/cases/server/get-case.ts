import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { findHistory } from './case-store.ts'
import { caseView, entryViews } from './case-view.ts'
import { ladderOf } from './ladder-view.ts'
import { namesOf } from './names.ts'
import { repeatsFor } from './repeats.ts'
import { seenOf } from './seen-of.ts'

/** One case with its history. Reading somebody else's case leaves a trace; reading one's own does not. */
export const getCase = operation(contract.getCase, async (call) => {
  const { tx, actor, params } = call
  const found = await findHistory(tx, actor.streetId, params.id)
  if (!found) throw new Refusal('cases/not-found')
  const { row, parts, entries } = found
  if (row.reporter_id === actor.accountId) call.skipAudit()
  else call.audit({ subjectType: 'case', subjectId: row.id, detail: { read: 'case' } })
  const seen = await seenOf(call, await namesOf(tx, actor.streetId))
  return {
    case: caseView(row, parts, seen, call.services.keys),
    entries: entryViews(row, entries, parts.files, seen),
    ladder: await ladderOf(tx, row, seen),
    repeats: await repeatsFor(tx, row, seen),
  }
})
