/** 催办 and 督办: words to the holder that everyone can read later; the lawful clock does not move. */
import type { OperationContract } from '../../../lib/contract.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { performAct } from './perform-act.ts'

export const remindHolder = operation(contract.remindHolder, (call) =>
  performAct(call, 'remind', () => ({ words: call.body.words, internal: true })),
)

export const superviseCase = operation(contract.superviseCase, (call) => supervise(call, call.body))

export interface Supervision {
  words: string
  until?: string
  /** The meeting that decided it. */
  meetingId?: string
}

/**
 * 督办 as a part of another operation, in its transaction: rights, separations and what is told are those of the act
 * itself. @throws Refusal as the act
 */
export function superviseFor<C extends OperationContract>(
  call: Call<C>,
  caseId: string,
  supervision: Supervision,
): Promise<contract.CaseView> {
  const asAct = { ...call, params: { id: caseId }, ifMatch: undefined }
  return supervise(asAct as unknown as Call<typeof contract.superviseCase>, supervision)
}

function supervise(call: Call<typeof contract.superviseCase>, { words, until, meetingId }: Supervision) {
  return performAct(call, 'supervise', () => {
    if (until !== undefined && new Date(until).getTime() <= call.at.getTime())
      throw new Refusal('cases/date-in-past')
    const detail = { until: until ?? null, ...(meetingId === undefined ? {} : { meeting: meetingId }) }
    return { set: { supervised: true }, words, detail, internal: true }
  })
}
