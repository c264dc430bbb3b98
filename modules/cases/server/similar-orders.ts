import { sql } from 'kysely'
import { dayMs } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import type { WhyAlike } from '../contract.ts'
import * as contract from '../contract.ts'
import { alikeWithinDays } from '../settings.ts'
import { findCase, getCases } from './case-store.ts'
import { mayReadTexts } from './case-view.ts'

/** The same number in two sources, the same phone, or the same matter at the same place: to be joined by 并单. */
export const listSimilarOrders = operation(contract.listSimilarOrders, async (call) => {
  const { tx, actor, at, params } = call
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row || !mayReadTexts(row, actor)) throw new Refusal('cases/not-found')
  const days = await readSetting(tx, actor.streetId, alikeWithinDays, at)
  const since = new Date(row.created_at.getTime() - days * dayMs)
  const found = await tx.many(
    sql<{ case_id: string; why: WhyAlike }>`select case_id, why from similar_orders(${row.id}, ${since})`,
  )
  const whys = new Map(found.map(({ case_id, why }) => [case_id, why]))
  const rows = await getCases(tx, actor.streetId, [...whys.keys()])
  return {
    items: rows
      .filter((one) => mayReadTexts(one, actor))
      .map((one) => ({
        id: one.id,
        number: one.number,
        title: one.title,
        state: one.state,
        source: one.outside_source,
        outsideNumber: one.outside_number,
        createdAt: one.created_at.toISOString(),
        why: whys.get(one.id) ?? ('same-place' as const),
      })),
  }
})
