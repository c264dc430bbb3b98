import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { casesByPhone } from './case-list.ts'
import { getCases } from './case-store.ts'
import { summaryOf } from './case-view.ts'
import { namesOf } from './names.ts'
import { seenOf } from './seen-of.ts'

/** By phone, whole or its last four digits: in the body, never in an address or a log. The newest 50. */
export const searchCases = operation(contract.searchCases, async (call) => {
  const { tx, actor, body, services } = call
  const whole = body.phone.length === 11
  const ids = await casesByPhone(
    tx,
    whole ? services.keys.blindIndex('phone', body.phone) : null,
    whole ? null : services.keys.blindIndex('phone-tail', body.phone),
    50,
  )
  const rows = await getCases(tx, actor.streetId, ids)
  call.audit({ subjectType: 'case', detail: { search: whole ? 'phone' : 'phone-tail', found: rows.length } })
  const seen = await seenOf(call, await namesOf(tx, actor.streetId))
  const newest = rows.sort((a, b) => b.created_at.getTime() - a.created_at.getTime())
  return { items: newest.map((row) => summaryOf(row, seen)), nextCursor: null }
})
