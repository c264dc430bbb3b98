import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { accountsPage } from './ledger-store.ts'
import { accountViews } from './ledger-view.ts'

/** 账户: by id, which is the order in which they were opened. */
export const listAccounts = operation(contract.listAccounts, async (call) => {
  const { tx, actor, query } = call
  const { kind, unit, areaId, number, cursor } = query
  const limit = query.limit ?? 50
  const area = areaId === undefined ? undefined : await findArea(tx, actor.streetId, areaId)
  if (areaId !== undefined && !area) throw new Refusal('points/not-your-area')
  const [afterId] = decodeCursor(cursor, ['string']) ?? []
  const rows = await accountsPage(
    tx,
    actor.streetId,
    { kind, unit, number, areaPath: area?.path, afterId },
    limit + 1,
  )
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  call.audit({ subjectType: 'ledger', detail: { kind: kind ?? null, unit: unit ?? null, rows: page.length } })
  return {
    items: await accountViews(tx, actor.streetId, page),
    nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null,
  }
})
