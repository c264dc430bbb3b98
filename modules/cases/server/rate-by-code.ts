/** The rating of somebody without an account: number and code of the slip open it, and nothing else of the case. */
import { systemAccountId } from '../../../platform/actor.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { asksForRating } from '../rules/asks-for-rating.ts'
import { timeRefusal } from '../rules/time-refusal.ts'
import { changeCase, lockCase } from './case-store.ts'
import { factsOf } from './case-view.ts'
import { keepRating } from './keep-rating.ts'
import { audienceOf } from './perform-act.ts'
import { enterBySlip } from './query-slip.ts'
import { actSettings } from './street-clocks.ts'

export const rateByCode = operation(contract.rateByCode, async (call) => {
  const { tx, at, body, services } = call
  const slip = await enterBySlip(call, body)
  const row = await lockCase(tx, slip.street_id, slip.case_id)
  if (!row || row.petition !== null || row.task !== null) throw new Refusal('cases/slip-unknown')
  if (!asksForRating(row)) throw new Refusal('cases/wrong-state')
  const late = timeRefusal('rate', factsOf(row), at, await actSettings(tx, slip.street_id, at))
  if (late) throw new Refusal(late)
  const rating = await keepRating({ tx, keys: services.keys, at }, row, {
    said: body,
    way: 'link',
    counts: true,
    session: body.session,
    recordedBy: null,
  })
  const closes = rating.solved && row.state === 'answered' && row.pending_approval === null
  const to = closes ? 'closed' : row.state
  const shared = { at, actor_id: systemAccountId, post_id: null, file_ids: [], internal: false }
  const { reached, solved, satisfaction, way = null } = rating
  const { row: after } = await changeCase(
    tx,
    row,
    { rating, state: to, ...(closes ? { outcome: 'solved', closed_at: at } : {}) },
    [
      {
        ...shared,
        id: call.newId(),
        act: 'rate',
        from_state: row.state,
        to_state: null,
        words: body.words ?? null,
        detail: { reached, solved, satisfaction, counts: true, way },
      },
      ...(closes
        ? [
            {
              ...shared,
              id: call.newId(),
              act: 'close' as const,
              from_state: row.state,
              to_state: 'closed' as const,
              words: null,
              detail: { outcome: 'solved', because: 'confirmed' },
            },
          ]
        : []),
    ],
  )
  call.audit({ subjectType: 'case', subjectId: row.id, detail: { act: 'rate', way } })
  call.event({ type: 'case.rate', subjectId: row.id, audience: audienceOf(after, row) })
  return { number: row.number, closed: closes }
})
