/** Rows of what was asked for; all SQL of requests stands here. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Ask, AskAct, requestStates } from '../contract.ts'

export interface RequestRow {
  readonly id: string
  readonly act: AskAct
  readonly area: string
  readonly payload: Ask
  readonly state: (typeof requestStates)[number]
  readonly asked_by: string
  readonly asked_at: Date
  readonly settled_at: Date | null
  readonly words: string | null
}

const columns = sql`id, act, area::text as area, payload, state, asked_by, asked_at, settled_at, words`

export function requestsPage(
  tx: Tx,
  streetId: number,
  state: string | undefined,
  after: { at: string; id: string } | undefined,
  limit: number,
): Promise<RequestRow[]> {
  return tx.many(
    sql<RequestRow>`select ${columns} from point_requests where street_id = ${streetId}
      ${state ? sql`and state = ${state}` : sql``} ${after ? sql`and (asked_at, id) < (${after.at}, ${after.id})` : sql``}
      order by asked_at desc, id desc limit ${limit}`,
  )
}

/** Held until the end of the transaction. */
export function lockRequest(tx: Tx, streetId: number, id: string): Promise<RequestRow | undefined> {
  return tx.maybe(
    sql<RequestRow>`select ${columns} from point_requests where street_id = ${streetId} and id = ${id} for update`,
  )
}

export async function insertRequest(
  tx: Tx,
  streetId: number,
  row: { id: string; area: string; payload: Ask; by: string; postId: string | null; at: Date },
): Promise<void> {
  await tx.run(
    sql`insert into point_requests (street_id, id, act, area, payload, state, asked_by, asked_post, asked_at)
      values (${streetId}, ${row.id}, ${row.payload.act}, ${row.area}::ltree, ${JSON.stringify(row.payload)}::jsonb, 'waiting',
        ${row.by}, ${row.postId}, ${row.at})`,
  )
}

export async function settleRow(
  tx: Tx,
  streetId: number,
  id: string,
  to: { outcome: string; by: string; postId: string | null; at: Date; words: string | null },
): Promise<void> {
  await tx.run(
    sql`update point_requests set state = ${to.outcome}, settled_by = ${to.by}, settled_post = ${to.postId}, settled_at = ${to.at},
      words = ${to.words} where street_id = ${streetId} and id = ${id}`,
  )
}

export async function insertPayment(
  tx: Tx,
  streetId: number,
  row: {
    id: string
    organisationId: string
    area: string
    until: Date
    amountFen: number
    requestId: string
  },
): Promise<void> {
  await tx.run(
    sql`insert into shop_payments (street_id, id, organisation_id, area, until, amount_fen, paid_at, request_id)
      values (${streetId}, ${row.id}, ${row.organisationId}, ${row.area}::ltree, ${row.until}, ${row.amountFen}, ${row.until},
        ${row.requestId})`,
  )
}
