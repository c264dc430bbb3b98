import { formatDay } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { drawPaper } from '../../../platform/pdf.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { yuan } from '../passbook-words.ts'
import { showVoucherCode } from '../rules/voucher-code.ts'
import { accountsByIds } from './ledger-store.ts'
import { getRunRow } from './run-view.ts'
import { vouchersOfRun } from './voucher-store.ts'

/** 打印爱心券: the good ones of a run, or of one passbook; each with serial number, code and a QR of the code. */
export const printVouchers = operation(contract.printVouchers, async (call) => {
  const { tx, actor, at, params, query, services } = call
  const run = await getRunRow(call, params.id)
  const all = (await vouchersOfRun(tx, actor.streetId, run.id)).filter(({ how }) => how === null)
  const accounts = await accountsByIds(tx, actor.streetId, [
    ...new Set(all.map(({ account_id }) => account_id)),
  ])
  const numbers = new Map(accounts.map(({ id, number }) => [id, number ?? '']))
  const rows = all.filter(
    ({ account_id }) => query.number === undefined || numbers.get(account_id) === query.number,
  )
  if (rows.length === 0) throw new Refusal('points/no-vouchers')
  const root = await streetRoot(tx, actor.streetId)
  call.audit({ subjectType: 'quarter-run', subjectId: run.id, detail: { vouchers: rows.length } })
  call.sendAs({ name: `爱心券-${run.quarter}.pdf`, mediaType: 'application/pdf' })
  return drawPaper({ size: 'A4', title: `爱心券 ${run.quarter}`, at }, (paper) => {
    paper.tickets(
      rows.map((row) => {
        const code = services.keys.open(`vouchers.code.${row.id}`, row.code_encrypted)
        return {
          target: code,
          head: `${root.name} 爱心券`,
          value: `¥${yuan(row.value_fen)}`,
          lines: [
            `券码 ${showVoucherCode(code)}`,
            `编号 ${row.serial}`,
            `存折号 ${numbers.get(row.account_id) ?? ''}`,
            `有效期至 ${formatDay(row.expires_on, 'zh')}`,
            '只能用一次，不找零，不兑现金',
          ],
        }
      }),
    )
  })
})
