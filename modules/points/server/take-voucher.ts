/** A voucher at a shop: found by its code, ended once, booked from the sponsor's vouchers to the shop. */
import type { OperationContract } from '../../../lib/contract.ts'
import { addDays, dayOf } from '../../../lib/time.ts'
import { takeHits } from '../../../platform/change-limit.ts'
import { txOn } from '../../../platform/db.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { readVoucherCode } from '../rules/voucher-code.ts'
import { oneAtATime, takesPart } from './earning-store.ts'
import { codeIndex, newCode } from './issue-vouchers.ts'
import { postTransfer } from './ledger.ts'
import { refuseWhileStopped } from './ledger-store.ts'
import { moneyAccount } from './system-accounts.ts'
import {
  endVoucher,
  insertReturn,
  insertVouchers,
  isReturned,
  type VoucherRow,
  voucherByIndex,
} from './voucher-store.ts'

/** Wrong codes of one account in ten minutes; right ones do not count. */
const wrongTries = 20

/** The shop that acts: the organisation of a post, with an agreement in force. @throws Refusal points/not-a-shop */
export async function shopOf<C extends OperationContract>({ tx, actor, at }: Call<C>): Promise<string> {
  for (const { role, organisationId } of actor.posts)
    if (
      (role === 'handler' || role === 'organisation-lead') &&
      organisationId !== null &&
      (await takesPart(tx, actor.streetId, organisationId, 'shop', dayOf(at)))
    )
      return organisationId
  throw new Refusal('points/not-a-shop')
}

/** Runs as the system. @throws Refusal points/code-wrong, points/voucher-not-found, points/too-many-tries */
async function voucherOf<C extends OperationContract>(call: Call<C>, text: string): Promise<VoucherRow> {
  const { tx, actor, at, services } = call
  const code = readVoucherCode(text)
  const row =
    code && (await voucherByIndex(tx, actor.streetId, codeIndex(services.keys, actor.streetId, code)))
  if (row) return row
  const bucket = `voucher-code:${actor.streetId}:${actor.accountId}`
  const hits = await call.takeNumber((pool) => takeHits(txOn(pool), bucket, at, 600))
  if (hits > wrongTries) throw new Refusal('points/too-many-tries')
  throw new Refusal(code ? 'points/voucher-not-found' : 'points/code-wrong')
}

function shopVoucher(row: VoucherRow, shopId: string, at: Date): contract.ShopVoucher {
  const state = row.how ?? (dayOf(at) > row.expires_on ? 'expired' : 'good')
  return {
    serial: row.serial,
    valueFen: row.value_fen,
    expiresOn: row.expires_on,
    state,
    spentAt: row.how === 'spent' ? (row.ended_at?.toISOString() ?? null) : null,
    spentHere: row.how === 'spent' && row.shop_id === shopId,
  }
}

export interface Taking {
  readonly shopId: string
  /** When it was handed over: for one taken without a network, then and not now. */
  readonly when: Date
  readonly offlineId?: string
}

/**
 * Spends a voucher at a shop, as the system. False when somebody else was quicker: the key of its end lets one through.
 */
export async function spendVoucher(
  { tx, actor, newId }: Pick<Call<OperationContract>, 'tx' | 'actor' | 'newId'>,
  row: VoucherRow,
  { shopId, when, offlineId }: Taking,
): Promise<boolean> {
  const transferId = newId()
  const ended = await endVoucher(tx, actor.streetId, {
    voucherId: row.id,
    how: 'spent',
    area: row.area,
    organisationId: shopId,
    valueFen: row.value_fen,
    transferId,
    offlineId: offlineId ?? null,
    by: actor.accountId,
    at: when,
  })
  if (!ended) return false
  await postTransfer(tx, {
    id: transferId,
    cause: 'voucher-spent',
    lines: [
      {
        accountId: await moneyAccount(tx, actor.streetId, 'vouchers', row.reserve_id, when),
        amount: -row.value_fen,
      },
      {
        accountId: await moneyAccount(tx, actor.streetId, 'organisation', shopId, when),
        amount: row.value_fen,
      },
    ],
    subject: { type: 'voucher', id: row.id },
    by: actor.accountId,
    at: when,
  })
  return true
}

/** Looking costs nothing and says nothing of whose it is. */
export const checkVoucher = operation(contract.checkVoucher, async (call) => {
  const shopId = await shopOf(call)
  const root = await streetRoot(call.tx, call.actor.streetId)
  const row = await call.asSystem(root.path, () => voucherOf(call, call.body.code))
  call.audit({ subjectType: 'voucher', subjectId: row.id })
  return shopVoucher(row, shopId, call.at)
})

/** 收券: once. Of fifty at once one takes it, and the others hear that it was spent. */
export const redeemVoucher = operation(contract.redeemVoucher, async (call) => {
  const { tx, actor, at } = call
  const shopId = await shopOf(call)
  const root = await streetRoot(tx, actor.streetId)
  const row = await call.asSystem(root.path, async () => {
    const found = await voucherOf(call, call.body.code)
    if (found.how === 'spent') throw new Refusal('points/voucher-spent')
    if (found.how === 'expired' || dayOf(at) > found.expires_on) throw new Refusal('points/voucher-expired')
    await refuseWhileStopped(tx, actor.streetId)
    if (!(await spendVoucher(call, found, { shopId, when: at }))) throw new Refusal('points/voucher-spent')
    return found
  })
  call.audit({ subjectType: 'voucher', subjectId: row.id, detail: { shop: shopId } })
  return shopVoucher({ ...row, how: 'spent', ended_at: at, shop_id: shopId }, shopId, at)
})

/** 退货: the shop gives the value back, and the holder gets a new voucher, good for thirty days at least. */
export const returnVoucher = operation(contract.returnVoucher, async (call) => {
  const { tx, actor, at, services } = call
  const shopId = await shopOf(call)
  const root = await streetRoot(tx, actor.streetId)
  const row = await call.asSystem(root.path, async () => {
    const found = await voucherOf(call, call.body.code)
    if (found.how !== 'spent' || found.shop_id !== shopId) throw new Refusal('points/not-spent-here')
    // Two returns at once: the second waits here and finds the first.
    await oneAtATime(tx, found.id)
    if (await isReturned(tx, actor.streetId, found.id)) throw new Refusal('points/returned-already')
    await refuseWhileStopped(tx, actor.streetId)
    const transferId = call.newId()
    const from = await moneyAccount(tx, actor.streetId, 'organisation', shopId, at)
    await postTransfer(tx, {
      id: transferId,
      cause: 'voucher-returned',
      lines: [
        { accountId: from, amount: -found.value_fen },
        {
          accountId: await moneyAccount(tx, actor.streetId, 'vouchers', found.reserve_id, at),
          amount: found.value_fen,
        },
      ],
      subject: { type: 'voucher', id: found.id },
      by: actor.accountId,
      at,
    })
    const id = call.newId()
    const soonest = addDays(dayOf(at), 30)
    await insertVouchers(
      tx,
      actor.streetId,
      [
        {
          id,
          run_id: found.run_id,
          account_id: found.account_id,
          area: found.area,
          reserve_id: found.reserve_id,
          value_fen: found.value_fen,
          serial: `${found.serial}R`,
          ...newCode(services.keys, actor.streetId, id),
          expires_on: [found.expires_on, soonest].sort().at(-1) ?? soonest,
          replaces: found.id,
        },
      ],
      at,
    )
    await insertReturn(tx, actor.streetId, {
      voucherId: found.id,
      newVoucherId: id,
      area: found.area,
      organisationId: shopId,
      transferId,
      by: actor.accountId,
      at,
    })
    return found
  })
  call.audit({ subjectType: 'voucher', subjectId: row.id, detail: { shop: shopId } })
  return {}
})
