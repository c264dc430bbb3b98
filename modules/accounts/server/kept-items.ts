/** 钥匙和物品: written down, handed on, given back; each with a line that stays. */
import type { OperationContract } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { buildingRefs } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { mayHand } from '../rules/kept-item-rights.ts'
import { displayNames } from './display-names.ts'
import {
  endItem,
  handItem,
  insertKeptItem,
  type KeptRow,
  keptEntries,
  keptItems,
  lockKeptItem,
} from './kept-item-store.ts'
import { findPost, type PostRow, postsById } from './post-store.ts'
import { postViews } from './post-view.ts'

type KeptCall = Pick<Call<OperationContract>, 'tx' | 'actor' | 'at' | 'services'>

async function views(call: KeptCall, rows: readonly KeptRow[]): Promise<contract.KeptItemView[]> {
  const { tx, actor, at, services } = call
  const { streetId } = actor
  const posts = await postsById(tx, streetId, [...new Set(rows.map(({ postId }) => postId))])
  const postView = new Map((await postViews(tx, streetId, posts)).map((view) => [view.id, view]))
  const ended = new Set(posts.filter((post) => !isInForce(post, dayOf(at))).map(({ id }) => id))
  const entries = await keptEntries(
    tx,
    streetId,
    rows.map(({ id }) => id),
  )
  const people = [...rows, ...entries].map(({ accountId }) => accountId)
  const names = await displayNames(tx, services.keys, [
    ...people,
    ...entries.map(({ byAccount }) => byAccount),
  ])
  const buildings = await buildingRefs(
    tx,
    streetId,
    rows.flatMap(({ buildingId }) => buildingId ?? []),
  )
  const nameOf = (id: string) => names.get(id) ?? ''
  return rows.flatMap((row) => {
    const post = postView.get(row.postId)
    if (!post) return []
    const { id, what, place, accountId, since } = row
    return [
      {
        id,
        what,
        building: buildings.get(row.buildingId ?? '') ?? null,
        place,
        holder: { accountId, displayName: nameOf(accountId), post },
        since: since.toISOString(),
        leftBehind: ended.has(row.postId),
        history: entries
          .filter(({ itemId }) => itemId === id)
          .map((entry) => ({
            at: entry.at.toISOString(),
            act: entry.act,
            by: nameOf(entry.byAccount),
            to: nameOf(entry.accountId),
            place: entry.place,
          })),
        can: { hand: mayHand(actor, row) },
      },
    ]
  })
}

const isInForce = (post: PostRow, day: string): boolean =>
  post.endedAt === null && post.fromDay <= day && (post.toDay === null || post.toDay >= day)

/** A post in force in an area: what an organisation keeps is its own business. */
async function keepingPost({ tx, actor, at }: KeptCall, id: string): Promise<PostRow & { areaPath: string }> {
  const post = await findPost(tx, actor.streetId, id)
  if (!post || post.areaPath === null || !isInForce(post, dayOf(at)))
    throw new Refusal('accounts/post-not-found')
  return { ...post, areaPath: post.areaPath }
}

async function oneView(call: KeptCall, row: KeptRow): Promise<contract.KeptItemView> {
  const [view] = await views(call, [row])
  if (!view) throw new Error('the kept thing is gone')
  return view
}

export const listKeptItems = operation(contract.listKeptItems, async (call) => ({
  items: await views(call, await keptItems(call.tx, call.actor.streetId, call.query.postId ?? null)),
}))

export const addKeptItem = operation(contract.addKeptItem, async (call) => {
  const { tx, actor, at, body } = call
  const post = await keepingPost(call, body.postId)
  const { accountId, areaPath: area } = post
  if (!mayHand(actor, { accountId, area })) throw new Refusal('accounts/not-yours-to-hand')
  const buildingId = body.buildingId ?? null
  if (buildingId && !(await buildingRefs(tx, actor.streetId, [buildingId])).has(buildingId))
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/body/buildingId', message: 'is unknown' }],
    })
  const row = {
    id: body.id ?? call.newId(),
    what: body.what.trim(),
    buildingId,
    place: body.place.trim(),
    area,
    postId: post.id,
    accountId,
  }
  await insertKeptItem(tx, actor.streetId, row, { id: call.newId(), act: 'added', by: actor.accountId, at })
  call.audit({ subjectType: 'kept-item', subjectId: row.id, detail: { post: post.id } })
  return oneView(call, { ...row, since: at, endedAt: null })
})

async function getItem(call: KeptCall, id: string): Promise<KeptRow> {
  const row = await lockKeptItem(call.tx, call.actor.streetId, id)
  if (!row) throw new Refusal('accounts/kept-item-not-found')
  if (!mayHand(call.actor, row)) throw new Refusal('accounts/not-yours-to-hand')
  return row
}

export const handKeptItem = operation(contract.handKeptItem, async (call) => {
  const { tx, actor, at, params, body } = call
  const row = await getItem(call, params.id)
  const post = await keepingPost(call, body.postId)
  const next = { ...row, place: body.place.trim(), postId: post.id, accountId: post.accountId }
  const act = post.id === row.postId ? 'moved' : 'handed'
  await handItem(tx, actor.streetId, next, { id: call.newId(), act, by: actor.accountId, at })
  call.audit({ subjectType: 'kept-item', subjectId: row.id, detail: { from: row.postId, to: post.id } })
  return oneView(call, { ...next, since: at })
})

export const endKeptItem = operation(contract.endKeptItem, async (call) => {
  const { tx, actor, at, params, body } = call
  const row = await getItem(call, params.id)
  await endItem(tx, actor.streetId, row, { id: call.newId(), act: body.how, by: actor.accountId, at })
  call.audit({ subjectType: 'kept-item', subjectId: row.id, outcome: body.how })
  return { id: row.id }
})
