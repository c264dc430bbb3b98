/** Who holds which party post, and the public roster on which only the person puts themself. */
import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { findArea } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { lockStaffOfStreet } from './account-store.ts'
import { displayNames } from './display-names.ts'
import { keepsTreeOf } from './party-rights.ts'
import {
  endPartyPostOn,
  findPartyBody,
  findPartyPost,
  insertPartyPost,
  partyBodiesOn,
  partyPostsOn,
  setShown,
  vacate,
} from './party-store.ts'

const oneAtATime: readonly contract.PartyTitle[] = ['secretary', 'head']

export const appointPartyPost = operation(contract.appointPartyPost, async (call) => {
  const { tx, actor, at, params, body } = call
  const { streetId } = actor
  const party = await findPartyBody(tx, streetId, params.id)
  if (!party || party.validTo !== null) throw new Refusal('accounts/party-body-not-found')
  if (!keepsTreeOf(actor, party.areaPath)) throw new Refusal('accounts/not-your-area')
  const account = await lockStaffOfStreet(tx, streetId, body.accountId)
  if (!account) throw new Refusal('accounts/not-found')
  const fromDay = body.fromDay ?? dayOf(at)
  const toDay = body.toDay ?? null
  if (toDay !== null && toDay < fromDay)
    throw new Refusal('platform/invalid-input', {
      errors: [{ path: '/body/toDay', message: 'must not be before fromDay' }],
    })
  if (oneAtATime.includes(body.title)) await vacate(tx, streetId, party.id, body.title, fromDay)
  const id = call.newId()
  await insertPartyPost(tx, streetId, {
    id,
    bodyId: party.id,
    accountId: account.id,
    title: body.title,
    fromDay,
    toDay,
  })
  call.audit({ subjectType: 'party-body', subjectId: party.id, detail: { post: id, title: body.title } })
  return { id }
})

export const endPartyPost = operation(contract.endPartyPost, async (call) => {
  const { tx, actor, at, params } = call
  const post = await findPartyPost(tx, actor.streetId, params.id)
  const body = post && (await findPartyBody(tx, actor.streetId, post.bodyId))
  if (!post || !body) throw new Refusal('accounts/party-body-not-found')
  if (!keepsTreeOf(actor, body.areaPath)) throw new Refusal('accounts/not-your-area')
  await endPartyPostOn(tx, actor.streetId, post.id, dayOf(at))
  call.audit({ subjectType: 'party-body', subjectId: body.id, detail: { post: post.id } })
  return {}
})

export const listOwnPartyPosts = operation(contract.listOwnPartyPosts, async ({ tx, actor, at }) => {
  const own = (await partyPostsOn(tx, actor.streetId, dayOf(at))).filter(
    ({ accountId }) => accountId === actor.accountId,
  )
  const bodies = new Map((await partyBodiesOn(tx, actor.streetId, dayOf(at))).map((body) => [body.id, body]))
  return {
    items: own.map(({ id, bodyId, title, shown }) => ({
      id,
      body: bodies.get(bodyId)?.name ?? '',
      title,
      shown,
    })),
  }
})

// Rule: systems.md 004-09: 亮身份 is by one's own wish; whoever keeps the tree cannot show anybody.
export const showPartyPost = operation(contract.showPartyPost, async (call) => {
  const { tx, actor, at, params, body } = call
  const post = await findPartyPost(tx, actor.streetId, params.id)
  if (!post || post.accountId !== actor.accountId) throw new Refusal('accounts/party-body-not-found')
  await setShown(tx, actor.streetId, post.id, body.shown, at)
  call.audit({ subjectType: 'party-post', subjectId: post.id, detail: { shown: body.shown } })
  return {}
})

/** From the place itself up to the street; bodies of another building are left out. */
export const getPlaceRoster = operation(contract.getPlaceRoster, async (call) => {
  const { tx, actor, at, params, query, services } = call
  const area = await findArea(tx, actor.streetId, params.id)
  if (!area) throw new Refusal('accounts/area-not-found')
  const around = (await partyBodiesOn(tx, actor.streetId, dayOf(at))).filter(
    ({ areaPath, buildingId }) =>
      (area.path === areaPath || area.path.startsWith(`${areaPath}.`)) &&
      (buildingId === null || buildingId === query.buildingId),
  )
  const bodies = new Map(around.map((body) => [body.id, body]))
  const shown = (await partyPostsOn(tx, actor.streetId, dayOf(at))).filter(
    (post) => post.shown && bodies.has(post.bodyId),
  )
  const names = await displayNames(
    tx,
    services.keys,
    shown.map(({ accountId }) => accountId),
  )
  const items = shown.flatMap(({ bodyId, accountId, title }) => {
    const body = bodies.get(bodyId)
    return body ? [{ body: body.name, level: body.level, title, name: names.get(accountId) ?? '' }] : []
  })
  const depth = (level: contract.PartyLevel) => contract.partyLevels.indexOf(level)
  return { items: items.sort((a, b) => depth(b.level) - depth(a.level)) }
})
