import { sql } from 'kysely'
import { dayOf } from '../../../lib/time.ts'
import type { Actor, Post } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { scopeOfPosts } from '../rules/scope-of-posts.ts'

/**
 * A member of staff as they stand now, for work that they began and that goes on without them: own current posts and
 * those stood in for, read anew. Undefined when the account is disabled or no post is left. For jobs; a request asks
 * its session.
 */
export async function actorOfAccount(
  tx: Tx,
  streetId: number,
  accountId: string,
  at: Date,
): Promise<Actor | undefined> {
  const today = dayOf(at)
  const posts = await tx.many(
    sql<Post>`with own as (select p.* from posts p join accounts a on a.id = p.account_id and a.disabled_at is null
        where p.street_id = ${streetId} and p.account_id = ${accountId} and p.ended_at is null
          and p.from_day <= ${today}::date and (p.to_day is null or p.to_day >= ${today}::date))
      select id, role, area_id as "areaId", area_path::text as "areaPath", organisation_id as "organisationId",
        null::uuid as "standInFor" from own
      union all
      select p.id, p.role, p.area_id, p.area_path::text, p.organisation_id, p.account_id
      from post_absences away join posts p on p.street_id = away.street_id and p.id = away.post_id
      where away.street_id = ${streetId} and away.ended_at is null
        and away.from_day <= ${today}::date and away.to_day >= ${today}::date and p.account_id <> ${accountId}
        and p.ended_at is null and p.from_day <= ${today}::date and (p.to_day is null or p.to_day >= ${today}::date)
        and stand_in_of(away.street_id, away.post_id, ${today}::date) in (select id from own)
      order by 1`,
  )
  if (posts.length === 0) return undefined
  return {
    kind: 'staff',
    accountId,
    streetId,
    posts,
    scope: scopeOfPosts(posts),
    roles: [...new Set(posts.map((post) => post.role))],
    mustEnrolTotp: false,
    sessionId: null,
  }
}
