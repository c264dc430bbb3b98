import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { decideAct } from '../rules/decide-act.ts'
import { addEntry, findCase, reporterOf } from './case-store.ts'
import { factsOf } from './case-view.ts'

/**
 * One field of the reporter in clear, with a reason. The entry can be read by the resident, the audit trail by the
 * auditor; neither holds the field's content.
 */
export const unmaskReporter = operation(contract.unmaskReporter, async (call) => {
  const { tx, actor, at, params, body, services } = call
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('cases/not-found')
  const decision = decideAct('unmask', factsOf(row), actor, at)
  if (!decision.ok) throw new Refusal(decision.why)
  const reporter = await reporterOf(tx, row.id)
  const sealed = reporter?.[`${body.field}_encrypted`] ?? null
  await addEntry(tx, row, {
    id: call.newId(),
    at,
    act: 'unmask',
    actor_id: actor.accountId,
    post_id: decision.post?.id ?? null,
    from_state: row.state,
    to_state: null,
    words: body.reason,
    detail: { field: body.field },
    file_ids: [],
    internal: false,
  })
  call.audit({
    subjectType: 'case',
    subjectId: row.id,
    postId: decision.post?.id ?? null,
    detail: { unmasked: body.field },
  })
  return {
    field: body.field,
    value: sealed === null ? null : services.keys.open(`case_reporters.${body.field}.${row.id}`, sealed),
  }
})
