import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { streetRoot } from '../../areas/server/index.ts'
import { peopleBehind } from '../../people/server/index.ts'
import * as contract from '../contract.ts'
import { isYear } from '../rules/year.ts'
import { issueVouchers } from './issue-vouchers.ts'
import { postReserved } from './ledger.ts'
import { accountsByIds } from './ledger-store.ts'
import { keepApproval, type LineRow, linesOf, objectionsOf } from './run-store.ts'
import { getRunRow, runApprovers, runView, whyNotApprove } from './run-view.ts'

/** 批准: the first of two people says yes; the second one's yes issues the vouchers, or books what expires, in the same transaction. */
export const approveRun = operation(contract.approveRun, async (call) => {
  const { tx, actor, at, params, services } = call
  const row = await getRunRow(call, params.id, runApprovers)
  const objections = await objectionsOf(tx, actor.streetId, row.id)
  const why = whyNotApprove(row, actor.accountId, objections, at)
  if (why) throw new Refusal(why)
  const lines = (await linesOf(tx, actor.streetId, row.id)).filter(({ left_out }) => left_out === null)
  // Rule: rights.md: nobody confirms their own points.
  const own = await peopleBehind(tx, services.keys, actor.streetId, actor.accountId)
  const holders = await accountsByIds(
    tx,
    actor.streetId,
    lines.map(({ account_id }) => account_id),
  )
  if (holders.some(({ holder_id }) => own.has(holder_id))) throw new Refusal('points/asked-yourself')
  if (!(await runView(call, row)).reserves.every(({ enough }) => enough))
    throw new Refusal('points/reserve-short')
  const which = row.first_by === null ? 'first' : 'second'
  let vouchers = 0
  if (which === 'second') {
    const root = await streetRoot(tx, actor.streetId)
    vouchers = await call.asSystem(root.path, () =>
      isYear(row.quarter) ? expireLines(call, lines) : issueVouchers(call, row, lines),
    )
  }
  await keepApproval(tx, actor.streetId, row.id, which, { by: actor.accountId, at })
  call.audit({ subjectType: 'quarter-run', subjectId: row.id, outcome: which, detail: { vouchers } })
  return runView(call, await getRunRow(call, row.id))
})

/** What was held expires; a year issues no vouchers. */
async function expireLines(
  { tx, actor, at }: Pick<Call<typeof contract.approveRun>, 'tx' | 'actor' | 'at'>,
  lines: readonly LineRow[],
): Promise<number> {
  for (const { hold_id } of lines) await postReserved(tx, { id: hold_id, by: actor.accountId, at })
  return 0
}
