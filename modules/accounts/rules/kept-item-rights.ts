/** Who may write down and hand on what the holder of a post keeps. */
import type { Role } from '../../../lib/contract.ts'

interface KeptActor {
  readonly accountId: string
  readonly posts: readonly { readonly role: Role; readonly areaPath: string | null }[]
}

/** Whoever answers for a place answers for its keys too. */
const heads: readonly Role[] = ['grid-head', 'clerk', 'secretary', 'duty-head']

/** The holder themselves, or whoever heads the area that the thing belongs to. */
export const mayHand = (
  actor: KeptActor,
  item: { readonly accountId: string; readonly area: string },
): boolean =>
  actor.accountId === item.accountId ||
  actor.posts.some(
    ({ role, areaPath }) =>
      heads.includes(role) &&
      areaPath !== null &&
      (item.area === areaPath || item.area.startsWith(`${areaPath}.`)),
  )
