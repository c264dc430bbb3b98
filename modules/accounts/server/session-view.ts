import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Services } from '../../../platform/services.ts'
import type { SessionView } from '../contract.ts'
import { getStreet } from './account-store.ts'
import { displayNames } from './display-names.ts'
import { postViews } from './post-view.ts'
import { openPostsOf } from './stand-ins.ts'

/** What a signed-in person is told of themselves. The transaction stands in the actor's street. */
export async function sessionView(tx: Tx, services: Services, actor: Actor, at: Date): Promise<SessionView> {
  const { accountId, streetId } = actor
  const street = await getStreet(tx, streetId)
  const posts = actor.kind === 'staff' ? await openPostsOf(tx, streetId, accountId, at) : []
  const away = posts.flatMap((post) => (post.standsInFor === null ? [] : [post.standsInFor]))
  const names = await displayNames(tx, services.keys, [accountId, ...away])
  const views = await postViews(tx, streetId, posts)
  const isOwn = (_: unknown, index: number) => posts[index]?.standsInFor === null
  return {
    kind: actor.kind === 'staff' ? 'staff' : 'resident',
    accountId,
    displayName: names.get(accountId) ?? '',
    street,
    roles: [...actor.roles],
    posts: views.filter(isOwn),
    standingIn: views.flatMap((view, index) => {
      const post = posts[index]
      if (!post?.standsInFor) return []
      return [{ ...view, holderName: names.get(post.standsInFor) ?? '', untilDay: post.untilDay }]
    }),
    demo: services.demo,
    mustEnrolTotp: actor.mustEnrolTotp,
    mustChangePassword: actor.mustChangePassword ?? false,
  }
}
