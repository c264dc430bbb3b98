/** A late case climbs: the supervisor hears of it, then the head of the street; its history says so. */
import type { Role } from '../../../lib/contract.ts'
import { systemAccountId } from '../../../platform/actor.ts'
import type { JobCall } from '../../../platform/jobs.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { type NoticeAsk, tell } from '../../messages/server/index.ts'
import { liesUnder } from '../rules/decide-act.ts'
import type { Rung, Urgency } from '../words.ts'
import { addEntries } from './system-entries.ts'

export interface Climbing {
  readonly case_id: string
  readonly number: string
  readonly urgency: Urgency
  readonly area: string
  readonly due_at: Date
  readonly notice: Rung
}

/** Who stands on each rung: the supervisors of the place, and who heads the street's centre. */
const rolesOfRung: Readonly<Record<Rung, readonly Role[]>> = {
  supervisor: ['supervisor'],
  'street-head': ['duty-head'],
}

export async function climb(call: JobCall, climbing: readonly Climbing[]): Promise<void> {
  if (climbing.length === 0) return
  const { tx, at, actor } = call
  const people = await postIndex(tx, actor.streetId)
  const asks = climbing.map((one): NoticeAsk => {
    const accounts = [...people.posts.values()].filter(
      ({ current, role, areaPath }) =>
        current &&
        rolesOfRung[one.notice].includes(role) &&
        areaPath !== null &&
        liesUnder(one.area, areaPath),
    )
    return {
      event: 'case.climbed',
      reader: 'desk',
      to: [...new Set(accounts.map(({ accountId }) => accountId))].map((account) => ({ account })),
      about: { type: 'case', id: one.case_id, area: one.area },
      facts: { number: one.number, due: one.due_at.toISOString() },
      urgency: one.urgency,
      dedupe: `${one.notice}-${one.due_at.toISOString()}`,
    }
  })
  await addEntries(
    tx,
    actor.streetId,
    climbing.map((one) => ({
      id: call.newId(),
      case_id: one.case_id,
      at,
      act: 'climb',
      actor_id: systemAccountId,
      post_id: null,
      from_state: null,
      to_state: null,
      words: null,
      detail: { rung: one.notice, dueAt: one.due_at.toISOString() },
      file_ids: [],
      internal: true,
    })),
  )
  await tell(call, asks)
}
