import { createHash, randomBytes } from 'node:crypto'
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { readVoucherCode } from '../rules/voucher-code.ts'
import { offlineLimit } from '../settings.ts'
import { codeIndex } from './issue-vouchers.ts'
import { refuseWhileStopped } from './ledger-store.ts'
import { shopOf, spendVoucher } from './take-voucher.ts'
import { goodVouchers, insertOffline, lockOffline, type OfflineRow, voucherByIndex } from './voucher-store.ts'

/** Rule: issue 6: two hours at most; the database holds the same. */
const listMs = 2 * 3_600_000
/** A phone's clock may be a little off. */
const clockSlackMs = 5 * 60_000

/** 离线名单: salted hashes and values. What is spent meanwhile elsewhere is found out when the shop sends. */
export const takeOfflineList = operation(contract.takeOfflineList, async (call) => {
  const { tx, actor, at, services } = call
  const shopId = await shopOf(call)
  await refuseWhileStopped(tx, actor.streetId)
  const limitFen = await readSetting(tx, actor.streetId, offlineLimit, at)
  if (limitFen === 0) throw new Refusal('points/offline-off')
  const id = call.newId()
  const salt = randomBytes(12).toString('base64url')
  const until = new Date(at.getTime() + listMs)
  await insertOffline(tx, actor.streetId, {
    id,
    organisationId: shopId,
    salt,
    at,
    until,
    limitFen,
    by: actor.accountId,
  })
  const root = await streetRoot(tx, actor.streetId)
  const good = await call.asSystem(root.path, () => goodVouchers(tx, actor.streetId, dayOf(at)))
  call.audit({ subjectType: 'offline-list', subjectId: id, detail: { vouchers: good.length } })
  return {
    id,
    until: until.toISOString(),
    limitFen,
    salt,
    vouchers: good.map((row) => {
      const code = services.keys.open(`vouchers.code.${row.id}`, row.code_encrypted)
      return {
        hash: createHash('sha256').update(`${salt}${code}`).digest('base64url'),
        valueFen: row.value_fen,
      }
    }),
  }
})

/** 补传: each with what became of it. What was spent elsewhere first is said so, and nothing is booked for it. */
export const sendOffline = operation(contract.sendOffline, async (call) => {
  const { tx, actor, at, params, body, services } = call
  const shopId = await shopOf(call)
  await refuseWhileStopped(tx, actor.streetId)
  const list = await lockOffline(tx, actor.streetId, params.id)
  if (!list || list.organisation_id !== shopId) throw new Refusal('points/list-not-found')
  const root = await streetRoot(tx, actor.streetId)
  let takenFen = list.taken_fen
  const items: { code: string; fate: contract.OfflineFate; valueFen: number }[] = []
  await call.asSystem(root.path, async () => {
    for (const item of body.items) {
      const code = readVoucherCode(item.code)
      const row =
        code && (await voucherByIndex(tx, actor.streetId, codeIndex(services.keys, actor.streetId, code)))
      const told = (fate: contract.OfflineFate, valueFen = 0) =>
        items.push({ code: item.code, fate, valueFen })
      const when = new Date(item.at)
      if (!row) told('not-found')
      else if (!within(list, when, at)) told('list-over')
      else if (row.how !== null) told(row.how)
      else if (dayOf(when) > row.expires_on) told('expired')
      else if (takenFen + row.value_fen > list.limit_fen) told('over-limit')
      else {
        // What happened an hour ago is booked now: a booking never lies before one that was already counted.
        const taken = { shopId, when: at, offlineId: list.id }
        if (await spendVoucher(call, row, taken)) {
          takenFen += row.value_fen
          told('taken', row.value_fen)
        } else told('spent')
      }
    }
  })
  call.audit({
    subjectType: 'offline-list',
    subjectId: list.id,
    detail: { taken: items.filter(({ fate }) => fate === 'taken').length, sent: items.length },
  })
  return { items }
})

function within(list: OfflineRow, when: Date, at: Date): boolean {
  return (
    when.getTime() >= list.made_at.getTime() - clockSlackMs &&
    when.getTime() <= list.until.getTime() + clockSlackMs &&
    when.getTime() <= at.getTime() + clockSlackMs
  )
}
