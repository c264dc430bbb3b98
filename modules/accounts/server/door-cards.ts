/** The roster behind the code on a door: only who put themself there is named; else the community's office answers. */
import { sql } from 'kysely'
import type { Role } from '../../../lib/contract.ts'
import { type Day, dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { areaChain, areaIndex, chainOf, openedDoor } from '../../areas/server/index.ts'
import * as contract from '../contract.ts'
import { displayNames } from './display-names.ts'
import { organisationContact } from './organisation-contact.ts'
import { organisationsInOrder } from './organisation-store.ts'
import { findPost, type PostRow, postsInOrder } from './post-store.ts'
import { postViews } from './post-view.ts'

/** Whom a resident looks for at the door. */
const doorRoles: readonly Role[] = ['micro-grid-member', 'grid-worker', 'grid-head', 'secretary']
/** Digits as they are dialled, with what sets them apart. Rule: an office phone is written by the person themself. */
const phoneShape = /^[0-9][0-9 -]{2,19}$/

interface CardRow {
  readonly postId: string
  readonly name: string
  readonly phone: string | null
}

function cardRows(tx: Tx, streetId: number, postIds: readonly string[]): Promise<CardRow[]> {
  return tx.many(sql<CardRow>`select post_id as "postId", name_encrypted as name, phone_encrypted as phone
    from post_cards where street_id = ${streetId} and post_id = any(${postIds}::uuid[])`)
}

const sealedAt = {
  name: (postId: string) => `post_cards.name.${postId}`,
  phone: (postId: string) => `post_cards.phone.${postId}`,
}

export const listOwnCards = operation(contract.listOwnCards, async ({ tx, actor, at, services }) => {
  const { streetId } = actor
  const own = (await postsInOrder(tx, streetId, dayOf(at), { accountId: actor.accountId })).filter(
    ({ role, areaId }) => doorRoles.includes(role) && areaId !== null,
  )
  const cards = new Map(
    (
      await cardRows(
        tx,
        streetId,
        own.map(({ id }) => id),
      )
    ).map((card) => [card.postId, card]),
  )
  const names = await displayNames(tx, services.keys, [actor.accountId])
  const posts = await postViews(tx, streetId, own)
  return {
    items: posts.map((post, index) => {
      const card = cards.get(post.id)
      return {
        postId: post.id,
        post,
        lead: own[index]?.lead ?? false,
        shown: card !== undefined,
        name: card
          ? services.keys.open(sealedAt.name(post.id), card.name)
          : (names.get(actor.accountId) ?? ''),
        phone: card?.phone ? services.keys.open(sealedAt.phone(post.id), card.phone) : null,
      }
    }),
  }
})

// Rule: systems.md 004-09: 亮身份 is by one's own wish: nobody else can, and who takes it off leaves no row.
export const setOwnCard = operation(contract.setOwnCard, async (call) => {
  const { tx, actor, at, params, body, services } = call
  const { streetId } = actor
  const post = await findPost(tx, streetId, params.id)
  const isOwn = post?.accountId === actor.accountId && post.endedAt === null && doorRoles.includes(post.role)
  if (!post || !isOwn) throw new Refusal('accounts/post-not-found')
  const phone = body.phone?.trim() || null
  if (phone !== null && !phoneShape.test(phone)) throw new Refusal('accounts/phone-unfit')
  const own = (await displayNames(tx, services.keys, [actor.accountId])).get(actor.accountId) ?? ''
  const name = body.name?.trim() || own
  if (body.shown) {
    const sealed = {
      name: services.keys.seal(sealedAt.name(post.id), name),
      phone: phone && services.keys.seal(sealedAt.phone(post.id), phone),
    }
    await tx.run(sql`insert into post_cards (street_id, post_id, account_id, name_encrypted, phone_encrypted, shown_at)
      values (${streetId}, ${post.id}, ${actor.accountId}, ${sealed.name}, ${sealed.phone}, ${at})
      on conflict (street_id, post_id) do update set name_encrypted = ${sealed.name},
        phone_encrypted = ${sealed.phone}, shown_at = ${at}`)
  } else await tx.run(sql`delete from post_cards where street_id = ${streetId} and post_id = ${post.id}`)
  call.audit({ subjectType: 'post', subjectId: post.id, detail: { shown: body.shown } })
  const [view] = await postViews(tx, streetId, [post])
  if (!view) throw new Error('the post is gone')
  return {
    postId: post.id,
    post: view,
    lead: post.lead,
    shown: body.shown,
    name,
    phone: body.shown ? phone : null,
  }
})

export const getDoorRoster = operation(contract.getDoorRoster, async (call) => {
  const { tx, actor, at, params, services } = call
  const { streetId } = actor
  const building = await openedDoor(call, params.door)
  const index = await areaIndex(tx, streetId)
  const area = index.byId.get(building.areaId)
  const chain = area ? await areaChain(tx, streetId, area.path) : []
  const around = area ? chainOf(index, area.path) : []
  const posts = await postsAround(
    tx,
    streetId,
    dayOf(at),
    around.map(({ id }) => id),
  )
  const cards = await cardRows(
    tx,
    streetId,
    posts.map(({ id }) => id),
  )
  const open = new Map(cards.map((card) => [card.postId, card]))
  const depth = (post: PostRow) => (post.areaPath ?? '').split('.').length
  const people = posts
    .filter(({ id }) => open.has(id))
    .sort((a, b) => depth(b) - depth(a) || Number(b.lead) - Number(a.lead))
    .flatMap((post) => {
      const card = open.get(post.id)
      if (!card) return []
      return [
        {
          name: services.keys.open(sealedAt.name(post.id), card.name),
          phone: card.phone ? services.keys.open(sealedAt.phone(post.id), card.phone) : null,
          role: post.role,
          lead: post.lead,
          area: index.byId.get(post.areaId ?? '')?.name ?? '',
        },
      ]
    })
  const { code, name, address } = building
  const [community] = chain
  return {
    building: { code, name, address },
    chain: chain.map((one) => ({ id: one.id, code: one.code, level: one.level, name: one.name })),
    people,
    office: community ? await officeOf(call, community) : null,
  }
})

async function postsAround(
  tx: Tx,
  streetId: number,
  today: Day,
  areaIds: readonly string[],
): Promise<PostRow[]> {
  const wanted = new Set(areaIds)
  const posts = await postsInOrder(tx, streetId, today, {})
  return posts.filter(({ areaId, role }) => areaId !== null && wanted.has(areaId) && doorRoles.includes(role))
}

/** The community's own office, with phone and address where the street keeps them; its name where it does not. */
async function officeOf(
  { tx, actor, services }: Call<typeof contract.getDoorRoster>,
  community: { id: string; name: string },
) {
  const organisations = await organisationsInOrder(tx, actor.streetId, undefined)
  const office = organisations.find(
    ({ active, kind, areaIds }) => active && kind === 'community-service' && areaIds.includes(community.id),
  )
  if (!office) return { name: community.name, phone: null, address: null }
  return { name: office.name, ...(await organisationContact(tx, services.keys, actor.streetId, office.id)) }
}
