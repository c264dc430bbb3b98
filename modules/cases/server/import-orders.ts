import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { OrderRow } from '../contract.ts'
import * as contract from '../contract.ts'
import { keepOrders, type OrderGiven } from './keep-orders.ts'
import { refuseForeignFiles } from './perform-act.ts'
import { sourcesOf } from './upstream-source-store.ts'

/** By a program of those above, or of the street's own: up to 500 at once, each kept once. */
export const importOrders = operation(contract.importOrders, async (call) => {
  const { tx, actor, at, body, services } = call
  const source = (await sourcesOf(tx, actor.streetId)).get(body.source)
  if (!source?.active) throw new Refusal('cases/source-unknown')
  await refuseForeignFiles(
    call,
    body.rows.flatMap((row) => row.fileIds ?? []),
  )
  const batchId = body.batchId ?? call.newId()
  const rows = await keepOrders(
    {
      tx,
      keys: services.keys,
      streetId: actor.streetId,
      at,
      batchId,
      filedBy: actor.accountId,
      postId: actor.posts.find(({ role }) => role === 'dispatcher' || role === 'duty-head')?.id ?? null,
      source,
    },
    body.rows.map(given),
  )
  const added = rows.filter(({ act }) => act === 'added').length
  call.audit({
    subjectType: 'upstream-import',
    subjectId: batchId,
    detail: { source: source.code, added, known: rows.length - added },
  })
  return { batchId, added, known: rows.length - added, rows }
})

function given(row: OrderRow): OrderGiven {
  return {
    number: row.number.trim(),
    receivedAt: row.receivedAt === undefined ? null : new Date(row.receivedAt),
    dueAt: row.dueAt === undefined ? null : new Date(row.dueAt),
    class: row.class?.trim() || null,
    kind: row.kind ?? null,
    title: row.title ?? null,
    text: row.text,
    addressText: row.addressText ?? null,
    contact: row.contact ?? {},
    confidential: row.confidential ?? false,
    fileIds: row.fileIds ?? [],
  }
}
