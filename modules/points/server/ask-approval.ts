import { decodeCursor, encodeCursor } from '../../../lib/paging.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { streetRoot } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { postOver } from './community.ts'
import { applyAsk, approversOf, checkAsk } from './request-acts.ts'
import { insertRequest, lockRequest, requestsPage, settleRow } from './request-store.ts'
import { askerRoles, concernsOneself, requestView } from './request-view.ts'

const pageSize = 50

/** 申请: nothing changes until another person approves. */
export const askApproval = operation(contract.askApproval, async (call) => {
  const { tx, actor, at, body } = call
  const area = await checkAsk(call, body, askerRoles)
  const post = postOver(actor, area, askerRoles)
  if (!post) throw new Refusal('points/not-your-area')
  const id = call.newId()
  await insertRequest(tx, actor.streetId, {
    id,
    area,
    payload: body,
    by: actor.accountId,
    postId: post.id,
    at,
  })
  call.audit({
    subjectType: 'points-request',
    subjectId: id,
    postId: post.id,
    detail: { act: body.act },
  })
  const row = await lockRequest(tx, actor.streetId, id)
  if (!row) throw new Error('a request that was just written is in sight')
  return requestView(call, row)
})

export const listRequests = operation(contract.listRequests, async (call) => {
  const { tx, actor, query } = call
  const [at, id] = decodeCursor(query.cursor, ['string', 'string']) ?? []
  const after = at !== undefined && id !== undefined ? { at, id } : undefined
  const rows = await requestsPage(tx, actor.streetId, query.state, after, pageSize + 1)
  const page = rows.slice(0, pageSize)
  const last = page.at(-1)
  const items: contract.RequestView[] = []
  for (const row of page) items.push(await requestView(call, row))
  return {
    items,
    nextCursor: rows.length > pageSize && last ? encodeCursor([last.asked_at.toISOString(), last.id]) : null,
  }
})

/** 批准 / 不批准: by another person than asked, and never of what is one's own. */
export const settleRequest = operation(contract.settleRequest, async (call) => {
  const { tx, actor, at, params, body, services } = call
  const row = await lockRequest(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('points/request-not-found')
  if (row.state !== 'waiting') throw new Refusal('points/request-settled')
  const own = row.asked_by === actor.accountId
  const withdraws = body.outcome === 'withdrawn'
  if (withdraws && !own) throw new Refusal('points/not-yours-to-approve')
  // Rule: rights.md: asked ≠ approved; entered ≠ confirmed.
  if (!withdraws && own) throw new Refusal('points/asked-yourself')
  const post = postOver(actor, row.area, withdraws ? askerRoles : approversOf[row.act])
  if (!post) throw new Refusal('points/not-yours-to-approve')
  if (body.outcome === 'approved') {
    if (await concernsOneself(call, services.keys, row.payload)) throw new Refusal('points/asked-yourself')
    const root = await streetRoot(tx, actor.streetId)
    // What was true when it was asked may not be any more.
    await checkAsk(call, row.payload, approversOf[row.act])
    await call.asSystem(root.path, () => applyAsk(call, row.payload, row))
  }
  await settleRow(tx, actor.streetId, row.id, {
    outcome: body.outcome,
    by: actor.accountId,
    postId: post.id,
    at,
    words: body.words?.trim() || null,
  })
  call.audit({
    subjectType: 'points-request',
    subjectId: row.id,
    postId: post.id,
    outcome: body.outcome,
    detail: { act: row.act },
  })
  const settled = await lockRequest(tx, actor.streetId, row.id)
  if (!settled) throw new Error('a settled request is in sight')
  return requestView(call, settled)
})
