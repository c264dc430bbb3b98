/** Who stands in which area on a day, and where a branch is: what the checks of areas need to know of posts. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { StaffFacts } from '../../areas/server/index.ts'
import { branchAreas } from './party-store.ts'

export async function staffOfAreas(tx: Tx, streetId: number, day: Day): Promise<StaffFacts> {
  const posts = await tx.many(
    sql<StaffFacts['posts'][number]>`select area_id as "areaId", role, lead, account_id as "accountId",
        stand_in_for is not null as "standIn"
      from posts where street_id = ${streetId} and area_id is not null and ended_at is null
        and from_day <= ${day} and (to_day is null or to_day >= ${day}) order by id`,
  )
  return { posts, branchAreaIds: await branchAreas(tx, streetId, day) }
}
