import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { AccountView, PostView } from '../contract.ts'
import type { AccountRow } from './account-store.ts'
import { displayNames } from './display-names.ts'
import { postsOfAccounts } from './post-store.ts'
import { postViews } from './post-view.ts'

/** The view of each account with its posts in this street, present and to come, in the same order. */
export async function accountViews(
  tx: Tx,
  keys: Keys,
  streetId: number,
  rows: readonly AccountRow[],
  at: Date,
): Promise<AccountView[]> {
  const ids = rows.map((row) => row.id)
  const names = await displayNames(tx, keys, ids)
  const postRows = await postsOfAccounts(tx, streetId, ids, dayOf(at))
  const views = await postViews(tx, streetId, postRows)
  const posts = new Map<string, PostView[]>(ids.map((id) => [id, []]))
  postRows.forEach((row, index) => {
    const view = views[index]
    if (view) posts.get(row.accountId)?.push(view)
  })
  return rows.map((row) => ({
    id: row.id,
    username: row.username ?? '',
    displayName: names.get(row.id) ?? '',
    disabled: row.disabled_at !== null,
    totpEnrolled: row.totp_confirmed_at !== null,
    lastSignInAt: row.last_sign_in_at?.toISOString() ?? null,
    posts: posts.get(row.id) ?? [],
  }))
}

/** One account as it stands now. */
export async function accountView(
  tx: Tx,
  keys: Keys,
  streetId: number,
  row: AccountRow,
  at: Date,
): Promise<AccountView> {
  const [view] = await accountViews(tx, keys, streetId, [row], at)
  if (view === undefined) throw new Error('a view was expected')
  return view
}
