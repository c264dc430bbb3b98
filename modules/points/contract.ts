/** points 积分: the ledger, earning rules, the quarter run 季度兑换, vouchers 爱心券 and the passbook 积分存折. */
import { honourOperations } from './honour-operations.ts'
import { ledgerOperations } from './ledger-operations.ts'
import { passbookOperations } from './passbook-operations.ts'
import { requestOperations } from './request-operations.ts'
import { runOperations } from './run-operations.ts'
import { sponsorOperations } from './sponsor-operations.ts'
import { voucherOperations } from './voucher-operations.ts'

export * from './honour-operations.ts'
export * from './ledger-operations.ts'
export * from './passbook-operations.ts'
export * from './refusals.ts'
export * from './request-operations.ts'
export * from './run-operations.ts'
export * from './sponsor-operations.ts'
export * from './voucher-operations.ts'

export const operations = [
  ...ledgerOperations,
  ...requestOperations,
  ...runOperations,
  ...voucherOperations,
  ...sponsorOperations,
  ...passbookOperations,
  ...honourOperations,
] as const
