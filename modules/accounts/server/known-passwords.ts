import { sql } from 'kysely'
import { roles } from '../../../lib/contract.ts'
import type { Tx } from '../../../platform/db.ts'
import { isRightPassword } from './passwords.ts'

/** Names that a demo or a first try leaves behind. */
const usualNames = [...roles, 'admin', 'root', 'test', 'demo']

/**
 * Open staff accounts with a usual name whose password is one of these, outside demo streets: the user names, for the
 * doctor. Each look costs as much as a sign-in.
 */
export async function accountsWithKnownPassword(tx: Tx, passwords: readonly string[]): Promise<string[]> {
  const rows = await tx.many(
    sql<{
      username: string
      hash: string
    }>`select distinct a.username, a.password_hash as hash from accounts a
      where a.kind = 'staff' and a.disabled_at is null and a.password_hash is not null
        and a.username = any(${usualNames}::text[])
        and not exists (select 1 from memberships m join streets s on s.street_id = m.street_id
          where m.account_id = a.id and s.demo) order by a.username`,
  )
  const found: string[] = []
  for (const { username, hash } of rows)
    for (const password of passwords)
      if (await isRightPassword(hash, password)) {
        found.push(username)
        break
      }
  return found
}
