import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { workingCalendar } from './calendar.ts'
import { findCase, historyOf } from './case-store.ts'
import { caseView, entryViews } from './case-view.ts'
import { namesOf } from './names.ts'

/** One case with its history. Reading somebody else's case leaves a trace; reading one's own does not. */
export const getCase = operation(contract.getCase, async (call) => {
  const { tx, actor, at, params } = call
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('cases/not-found')
  if (row.reporter_id === actor.accountId) call.skipAudit()
  else call.audit({ subjectType: 'case', subjectId: row.id, detail: { read: 'case' } })
  const names = await namesOf(tx, actor.streetId)
  const parts = await historyOf(tx, row.id)
  const seen = { actor, at, names, calendar: await workingCalendar(tx, actor.streetId) }
  return {
    case: caseView(row, parts, seen, call.services.keys),
    entries: entryViews(row, parts.entries, parts.files, seen),
  }
})
