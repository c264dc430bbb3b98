/** Acts that only ask: the request stands on the case until another person approves or refuses it. */
import type { OperationContract } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import * as contract from '../contract.ts'
import { latestExtension } from '../rules/longest-extension.ts'
import { longestExtension } from '../settings.ts'
import { workingCalendar } from './calendar.ts'
import type { CaseRow, PendingApprovalOnCase } from './case-row.ts'
import { type Acting, type Plan, performAct } from './perform-act.ts'

type Asked = Pick<PendingApprovalOnCase, 'act' | 'reason' | 'until'> & {
  more?: Record<string, string | null>
  fileIds?: readonly string[]
}

/** The answer itself is the resident's to read once the check has passed, not before in an entry. */
export function toldOf({ more }: PendingApprovalOnCase): Record<string, string | null> {
  const { answer: _unsent, ...told } = more
  return told
}

/** The plan of an act that waits for its second person; the case's state does not change meanwhile. */
export function askFor({ post, call }: Acting, { fileIds, ...asked }: Asked): Plan {
  const request: PendingApprovalOnCase = {
    more: {},
    ...asked,
    byAccount: call.actor.accountId,
    byPost: post?.id ?? null,
    at: call.at.toISOString(),
  }
  return {
    set: { pending_approval: request },
    words: asked.reason,
    detail: { asked: asked.act, until: asked.until, ...toldOf(request) },
    ...(fileIds ? { fileIds } : {}),
    internal: true,
  }
}

function futureInstant<C extends OperationContract>(call: Call<C>, until: string): string {
  const at = new Date(until)
  if (at.getTime() <= call.at.getTime()) throw new Refusal('cases/date-in-past')
  return at.toISOString()
}

/** 申请退单: within its time; another person at the desk approves. */
export const returnCase = operation(contract.returnCase, (call) =>
  performAct(call, 'return', (acting) =>
    askFor(acting, { act: 'return', reason: call.body.reason, until: null }),
  ),
)

/** The end asked for, within what one case may be put off in all. */
async function laterDeadline<C extends OperationContract>(
  call: Call<C>,
  row: CaseRow,
  until: string,
): Promise<string> {
  const asked = futureInstant(call, until)
  const first = row.extended_from ?? row.due_at
  if (first === null) return asked
  const { tx, actor, at } = call
  const days = await readSetting(tx, actor.streetId, longestExtension, at)
  const latest = latestExtension(first, days, await workingCalendar(tx, actor.streetId))
  if (new Date(asked) > latest)
    throw new Refusal('cases/extension-too-long', { fill: { days: String(days), day: dayOf(latest) } })
  return asked
}

/** 申请延期: a later deadline; supervisor or duty head approves. */
export const extendCase = operation(contract.extendCase, (call) =>
  performAct(call, 'extend', async (acting) =>
    askFor(acting, {
      act: 'extend',
      reason: call.body.reason,
      until: await laterDeadline(call, acting.row, call.body.until),
    }),
  ),
)

/** 申请缓办: put off to a day. */
export const deferCase = operation(contract.deferCase, (call) =>
  performAct(call, 'defer', async (acting) =>
    askFor(acting, {
      act: 'defer',
      reason: call.body.reason,
      until: await laterDeadline(call, acting.row, call.body.until),
    }),
  ),
)

/** 申请暂停计时: for a listed reason only. */
export const suspendCase = operation(contract.suspendCase, (call) =>
  performAct(call, 'suspend', (acting) =>
    askFor(acting, {
      act: 'suspend',
      reason: call.body.reason,
      until: futureInstant(call, call.body.until),
      more: { kind: call.body.kind },
    }),
  ),
)
