/**
 * The ledger's door for other modules: accounts and transfers in double entry. Whatever moves value goes through
 * here, and the database holds the rest: zero sums, nobody below nothing, the past as it was.
 */
import type { Tx } from '../../../platform/db.ts'
import {
  type Balance,
  balancesOf,
  type NewTransfer,
  type Posted,
  type Settlement,
  writeSettlement,
  writeTransfer,
} from './ledger-store.ts'

export { type AccountKey, openAccount } from './ledger-store.ts'

/**
 * Posts a transfer at once. `again` when the same one stood there already.
 * @throws Refusal points/too-little, points/stopped, points/transfer-reused
 */
export const postTransfer = (tx: Tx, one: NewTransfer): Promise<Posted> => writeTransfer(tx, one, false)

/** Holds back what a transfer will take, until it is posted or voided. @throws as postTransfer */
export const reserveTransfer = (tx: Tx, one: NewTransfer): Promise<Posted> => writeTransfer(tx, one, true)

/** Posts a pending transfer. @throws Refusal points/settled-otherwise when it was voided */
export const postReserved = (tx: Tx, one: Settlement) => writeSettlement(tx, one, 'posted')

/** Gives back what a pending transfer held. @throws Refusal points/settled-otherwise when it was posted */
export const voidReserved = (tx: Tx, one: Settlement) => writeSettlement(tx, one, 'voided')

/** @throws Error when the account is out of sight */
export async function balanceOf(tx: Tx, accountId: string): Promise<Balance> {
  const found = (await balancesOf(tx, [accountId])).get(accountId)
  if (!found) throw new Error('the balance of this account is out of sight')
  return found
}
