import type { EntryView } from '../contract.ts'
import type { EntryRow } from './ledger-store.ts'

export const entryView = (row: EntryRow): EntryView => ({
  transferId: row.transfer_id,
  line: row.line,
  amount: row.amount,
  at: row.at.toISOString(),
  cause: row.cause,
  reverses: row.reverses !== null,
  reversed: row.reversed,
})
