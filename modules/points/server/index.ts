/** The door of the points module: its operations, and the ledger for other modules. */
import type { ServerModule } from '../../../platform/server-module.ts'
import { words } from '../messages.ts'
import { refusals } from '../refusals.ts'
import { getAccount } from './get-account.ts'
import { checkLedger, getLedger } from './get-ledger.ts'
import { listAccounts } from './list-accounts.ts'

export { pointsJobs } from './jobs.ts'
export {
  type AccountKey,
  balanceOf,
  listEntries,
  openAccount,
  postReserved,
  postTransfer,
  reserveTransfer,
  voidReserved,
} from './ledger.ts'

export const pointsModule: ServerModule = {
  name: 'points',
  operations: [listAccounts, getAccount, getLedger, checkLedger],
  refusals,
  words,
}
