import { dayOf } from '../../../lib/time.ts'
import type { Actor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Services } from '../../../platform/services.ts'
import type { SessionView } from '../contract.ts'
import { getStreet } from './account-store.ts'
import { displayNames } from './display-names.ts'
import { postsInOrder } from './post-store.ts'
import { postViews } from './post-view.ts'

/** What a signed-in person is told of themselves. The transaction stands in the actor's street. */
export async function sessionView(tx: Tx, services: Services, actor: Actor, at: Date): Promise<SessionView> {
  const { accountId, streetId } = actor
  const street = await getStreet(tx, streetId)
  const names = await displayNames(tx, services.keys, [accountId])
  const posts = actor.kind === 'staff' ? await postsInOrder(tx, streetId, dayOf(at), { accountId }) : []
  return {
    kind: actor.kind === 'staff' ? 'staff' : 'resident',
    accountId,
    displayName: names.get(accountId) ?? '',
    street,
    roles: [...actor.roles],
    posts: await postViews(tx, streetId, posts),
    demo: services.demo,
    mustEnrolTotp: actor.mustEnrolTotp,
    mustChangePassword: actor.mustChangePassword ?? false,
  }
}
