/** 批量处理: begun, looked at, and taken back by whoever made it; what happens between is run-batch.ts. */
import type { OperationContract } from '../../../lib/contract.ts'
import type { Actor } from '../../../platform/actor.ts'
import { platformWords } from '../../../platform/messages.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import type { BatchItem, BatchSummary } from '../batch-operations.ts'
import { quietMinutes, undoWithinMinutes } from '../bulk-settings.ts'
import * as contract from '../contract.ts'
import { words } from '../messages.ts'
import { keepsUndo, undoUntil } from '../rules/undo-act.ts'
import type { Act } from '../words.ts'
import {
  type BatchCounts,
  type BatchRow,
  countedBatches,
  findBatch,
  insertBatch,
  itemsOf,
  type NewItem,
  type SeenItem,
  undoableItems,
} from './batch-store.ts'
import { mayReadTexts } from './case-view.ts'
import { batchTask } from './run-batch.ts'
import { newestTemplate } from './template-store.ts'

export const startCaseBatch = operation(contract.startCaseBatch, async (call) => {
  const { tx, actor, body } = call
  const { order } = body
  if (order.act === 'answer-now' || order.act === 'decline') {
    const { answer, templateId } = order
    if (templateId === undefined && (answer ?? '').trim() === '') throw new Refusal('cases/answer-missing')
    if (templateId !== undefined) {
      const template = await newestTemplate(tx, actor.streetId, templateId)
      if (!template || template.retired) throw new Refusal('cases/template-unknown')
    }
  }
  return begin(call, { act: order.act, said: order, undoes: null }, body.items)
})

export const undoCaseBatch = operation(contract.undoCaseBatch, async (call) => {
  const { tx, actor, at, params, body } = call
  const batch = await findBatch(tx, actor.streetId, params.id)
  if (!batch) throw new Refusal('cases/batch-not-found')
  if (batch.ended_at === null) throw new Refusal('cases/batch-running')
  const until = await undoEnd(call, batch)
  const asked = body.caseIds && new Set(body.caseIds)
  const items = (await undoableItems(tx, actor.streetId, batch.id)).filter(
    ({ caseId }) => asked === undefined || asked.has(caseId),
  )
  if (until === null || items.length === 0) throw new Refusal('cases/nothing-to-undo')
  if (at > until) throw new Refusal('cases/undo-over')
  return begin(call, { act: 'undo', said: {}, undoes: batch.id }, items)
})

async function begin<C extends OperationContract>(
  call: Call<C>,
  what: Pick<BatchRow, 'act' | 'said' | 'undoes'>,
  items: readonly NewItem[],
): Promise<BatchSummary> {
  const { tx, actor, at } = call
  const id = call.newId()
  const row = { street_id: actor.streetId, id, ...what, made_by: actor.accountId, made_at: at }
  const distinct = [...new Map(items.map((item) => [item.caseId, item])).values()]
  await insertBatch(tx, row, distinct)
  call.job({ task: batchTask, payload: { batchId: id }, runAt: at })
  call.audit({
    subjectType: 'case-batch',
    subjectId: id,
    detail: { act: what.act, cases: distinct.length, undoes: what.undoes },
  })
  const none = { done: 0, partly: 0, refused: 0, undone: 0 }
  return summaryOf(call, { ...row, ended_at: null, waiting: distinct.length, ...none })
}

export const listCaseBatches = operation(contract.listCaseBatches, async (call) => {
  const rows = await countedBatches(call.tx, call.actor.streetId, { limit: 20 })
  const items: BatchSummary[] = []
  for (const row of rows) items.push(await summaryOf(call, row))
  return { items }
})

export const getCaseBatch = operation(contract.getCaseBatch, async (call) => {
  const { tx, actor, params } = call
  const [row] = await countedBatches(tx, actor.streetId, { id: params.id, limit: 1 })
  if (!row) throw new Refusal('cases/batch-not-found')
  const items = await itemsOf(tx, actor.streetId, row.id)
  return { ...(await summaryOf(call, row)), items: items.map((item) => itemView(item, actor)) }
})

type Reading = Pick<Call<OperationContract>, 'tx' | 'actor' | 'at'>

/** When the people concerned are told: with the setting of when it was made. */
async function quietEnd({ tx, actor }: Reading, batch: BatchRow): Promise<Date> {
  const minutes = await readSetting(tx, actor.streetId, quietMinutes, batch.made_at)
  return new Date(batch.made_at.getTime() + minutes * 60_000)
}

/** Null for what can not be taken back. */
async function undoEnd(call: Reading, batch: BatchRow): Promise<Date | null> {
  if (batch.act === 'undo' || !keepsUndo(batch.act as Act, true)) return null
  const acts = [batch.act as Act]
  const minutes = await readSetting(call.tx, call.actor.streetId, undoWithinMinutes, call.at)
  return undoUntil({ acts, at: batch.made_at, toldAt: await quietEnd(call, batch) }, minutes)
}

async function summaryOf(call: Reading, row: BatchRow & BatchCounts): Promise<BatchSummary> {
  const { id, act, undoes, waiting, done, partly, refused, undone } = row
  const until = await undoEnd(call, row)
  return {
    id,
    act,
    undoes,
    madeAt: row.made_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    waiting,
    done,
    partly,
    refused,
    undone,
    undoUntil: until?.toISOString() ?? null,
    quietUntil: until === null ? null : (await quietEnd(call, row)).toISOString(),
  }
}

const itemView = ({ seen, ...item }: SeenItem, actor: Actor): BatchItem => ({
  caseId: item.case_id,
  number: seen?.number ?? null,
  title: seen && mayReadTexts(seen, actor) ? seen.title : null,
  caseState: seen?.state ?? null,
  version: seen?.version ?? null,
  state: item.state,
  why: item.why,
  whyWords: item.why === null ? null : wordsOf(item.why, item.why_fill ?? {}),
  undone: item.undone_at !== null,
})

const known: Readonly<Record<string, { zh: string; en: string }>> = { ...platformWords, ...words }

function wordsOf(code: string, fill: Readonly<Record<string, string>>): { zh: string; en: string } {
  const found = known[code] ?? words['cases/batch-fault']
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => fill[name] ?? whole)
  return { zh: filled(found.zh), en: filled(found.en) }
}
