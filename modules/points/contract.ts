/** points 积分: the ledger, earning rules, the quarter run 季度兑换, vouchers 爱心券 and the passbook 积分存折. */
import { ledgerOperations } from './ledger-operations.ts'

export * from './ledger-operations.ts'
export * from './refusals.ts'

export const operations = [...ledgerOperations] as const
