/** 党组织: the tree over the areas, added to and ended from a day. */
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaRefs, findArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { breaksOneBranch, fitsBelow } from '../rules/party-tree.ts'
import { displayNames } from './display-names.ts'
import { keepsTreeOf } from './party-rights.ts'
import {
  endBody,
  findPartyBody,
  insertPartyBody,
  lockAreaForBranch,
  partyBodiesOn,
  partyPostsOn,
} from './party-store.ts'

export const listPartyBodies = operation(contract.listPartyBodies, async (call) => {
  const { tx, actor, at, query, services } = call
  const day = query.onDay ?? dayOf(at)
  const bodies = await partyBodiesOn(tx, actor.streetId, day)
  const posts = await partyPostsOn(tx, actor.streetId, day)
  const names = await displayNames(
    tx,
    services.keys,
    posts.map(({ accountId }) => accountId),
  )
  const areas = await areaRefs(
    tx,
    actor.streetId,
    bodies.map(({ areaId }) => areaId),
  )
  return {
    items: bodies.flatMap(({ areaId, areaPath, ...body }) => {
      const area = areas.get(areaId)
      if (!area) return []
      const own = posts
        .filter(({ bodyId }) => bodyId === body.id)
        .map(({ bodyId: _, ...post }) => ({ ...post, displayName: names.get(post.accountId) ?? '' }))
      return [{ ...body, area, posts: own, can: { change: keepsTreeOf(actor, areaPath) } }]
    }),
  }
})

export const addPartyBody = operation(contract.addPartyBody, async (call) => {
  const { tx, actor, at, body } = call
  const { streetId } = actor
  const area = await findArea(tx, streetId, body.areaId)
  if (!area || !keepsTreeOf(actor, area.path)) throw new Refusal('accounts/not-your-area')
  const today = dayOf(at)
  await lockAreaForBranch(tx, streetId, area.id)
  const there = await partyBodiesOn(tx, streetId, today)
  const parent = there.find(({ id }) => id === body.parentId)
  const facts = { level: body.level, joint: body.joint ?? false, areaId: area.id, areaPath: area.path }
  if ((body.parentId !== null && !parent) || !fitsBelow(facts, parent))
    throw new Refusal('accounts/party-parent-unfit')
  if (breaksOneBranch(facts, there)) throw new Refusal('accounts/branch-exists')
  const id = body.id ?? call.newId()
  await insertPartyBody(
    tx,
    streetId,
    {
      id,
      level: body.level,
      name: body.name,
      parentId: body.parentId,
      area,
      buildingId: body.buildingId ?? null,
      joint: facts.joint,
    },
    today,
  )
  call.audit({ subjectType: 'party-body', subjectId: id, detail: { level: body.level, area: area.code } })
  return { id }
})

export const endPartyBody = operation(contract.endPartyBody, async (call) => {
  const { tx, actor, at, params } = call
  const body = await findPartyBody(tx, actor.streetId, params.id)
  if (!body || body.validTo !== null) throw new Refusal('accounts/party-body-not-found')
  if (!keepsTreeOf(actor, body.areaPath)) throw new Refusal('accounts/not-your-area')
  const below = (await partyBodiesOn(tx, actor.streetId, dayOf(at))).some(
    ({ parentId }) => parentId === body.id,
  )
  if (below) throw new Refusal('accounts/party-parent-unfit')
  await endBody(tx, actor.streetId, body.id, dayOf(at))
  call.audit({ subjectType: 'party-body', subjectId: body.id })
  return {}
})
