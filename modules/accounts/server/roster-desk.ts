/** A desk as its operations need it: found or refused, with what this person may do there. */
import { addDays, type Day, dayOf } from '../../../lib/time.ts'
import type { Post } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { DeskPerson, DeskView } from '../roster-views.ts'
import { isOfDesk, mayBeCalled, mayHead, mayRun, maySettleSwaps, mayStand } from '../rules/roster-rights.ts'
import { displayNames } from './display-names.ts'
import { type Desk, findDesk, postsAround, type StandingPost } from './roster-store.ts'

/** A desk counts as using its roster when it had a shift in these days. */
export const inUseDays = 14

export const inUseSince = (at: Date): Day => addDays(dayOf(at), -inUseDays)

/** @throws Refusal accounts/desk-not-found for an area that is no desk of this street */
export async function getDesk(tx: Tx, streetId: number, id: string): Promise<Desk> {
  const desk = await findDesk(tx, streetId, id)
  if (desk === undefined) throw new Refusal('accounts/desk-not-found')
  return desk
}

export const deskRef = ({ id, code, level, name }: Desk): DeskView['desk'] => ({ id, code, level, name })

export const deskRights = (desk: Desk, posts: readonly Post[]): DeskView['can'] => ({
  run: mayRun(desk, posts),
  settle: maySettleSwaps(desk, posts),
  read: isOfDesk(desk, posts),
})

/** @throws Refusal accounts/not-your-desk */
export function refuseOthers(desk: Desk, posts: readonly Post[], need: keyof DeskView['can']): void {
  if (!deskRights(desk, posts)[need]) throw new Refusal('accounts/not-your-desk')
}

const onDay = (post: StandingPost, day: Day): boolean =>
  post.fromDay <= day && (post.toDay === null || post.toDay >= day)

export interface DeskPeople {
  mayStand(accountId: string, day: Day): boolean
  mayHead(accountId: string, day: Day): boolean
  mayBeCalled(accountId: string, day: Day): boolean
  readonly posts: readonly StandingPost[]
}

export async function peopleOf(tx: Tx, streetId: number, desk: Desk, at: Date): Promise<DeskPeople> {
  const posts = await postsAround(tx, streetId, desk.path, dayOf(at))
  const some = (rule: typeof mayHead) => (accountId: string, day: Day) =>
    posts.some((post) => post.accountId === accountId && onDay(post, day) && rule(desk, post))
  return { mayStand: some(mayStand), mayHead: some(mayHead), mayBeCalled: some(mayBeCalled), posts }
}

/** Everybody once, under the post nearest to the desk. */
export async function namedPeople(
  tx: Tx,
  keys: Keys,
  desk: Desk,
  people: DeskPeople,
  rule: typeof mayHead,
): Promise<DeskPerson[]> {
  const first = new Map<string, StandingPost>()
  for (const post of people.posts)
    if (rule(desk, post) && !first.has(post.accountId)) first.set(post.accountId, post)
  const names = await displayNames(tx, keys, [...first.keys()])
  return [...first.values()].map((post) => ({
    accountId: post.accountId,
    displayName: names.get(post.accountId) ?? '',
    role: post.role,
    mayHead: mayHead(desk, post),
  }))
}
