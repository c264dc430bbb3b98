/** Who stands in which area on a day, and where a branch is: what the checks of areas need to know of posts. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { StaffFacts } from '../../areas/server/index.ts'

export async function staffOfAreas(tx: Tx, streetId: number, day: Day): Promise<StaffFacts> {
  const posts = await tx.many(
    sql<StaffFacts['posts'][number]>`select area_id as "areaId", role, lead, account_id as "accountId",
        stand_in_for is not null as "standIn"
      from posts where street_id = ${streetId} and area_id is not null and ended_at is null
        and from_day <= ${day} and (to_day is null or to_day >= ${day}) order by id`,
  )
  const bodies = await tx.many(
    sql<{
      areaId: string
      isBranch: boolean
    }>`select area_id as "areaId", level = 'grid-branch' and not joint as "isBranch"
      from party_bodies where street_id = ${streetId} and valid_from <= ${day} and (valid_to is null or valid_to >= ${day})`,
  )
  const branches = bodies.filter(({ isBranch }) => isBranch).map(({ areaId }) => areaId)
  // A street that keeps no party tree at all is not told that every grid lacks a branch.
  return { posts, branchAreaIds: bodies.length > 0 ? new Set(branches) : undefined }
}
