import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { entryView } from './entry-view.ts'
import { entriesOf, findAccount } from './ledger-store.ts'
import { accountViews } from './ledger-view.ts'

const pageSize = 50

/** 账户明细: an account out of sight is not found. */
export const getAccount = operation(contract.getAccount, async (call) => {
  const { tx, actor, params, query } = call
  const row = await findAccount(tx, actor.streetId, params.id)
  const [account] = row ? await accountViews(tx, actor.streetId, [row]) : []
  if (!row || !account) throw new Refusal('points/account-not-found')
  const [at, id] = decodeCursor(query.cursor, ['string', 'string']) ?? []
  const before = at !== undefined && id !== undefined ? { at, id } : undefined
  const entries = await entriesOf(tx, row.id, before, pageSize + 1)
  const page = entries.slice(0, pageSize)
  const last = page.at(-1)
  call.audit({ subjectType: 'ledger-account', subjectId: row.id })
  return {
    account,
    entries: page.map(entryView),
    nextCursor:
      entries.length > pageSize && last ? encodeCursor([last.at.toISOString(), last.transfer_id]) : null,
  }
})
