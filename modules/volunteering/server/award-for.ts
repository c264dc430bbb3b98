import { dayOf } from '../../../lib/time.ts'
import { awardPoints, bankMinutes } from '../../points/server/index.ts'
import { minutesBetween } from '../rules/minutes.ts'
import type { Noting } from './on-site.ts'
import type { SessionRow } from './session-store.ts'

/** The earning rule of the street under which hours of service are awarded. */
const serviceRule = 'service'

/**
 * Points for an entered record that somebody else saw, by the street's dated rule and within its caps: they limit the
 * points, and the hours stand as they are. The award has the record's own id, so that it is given once. The caller
 * reaches the street. @returns points given; 0 where the street has no rule
 */
export async function awardFor({ tx, actor, at, newId }: Noting, row: SessionRow): Promise<number> {
  if (row.ended_at === null) return 0
  const minutes = minutesBetween(row.started_at, row.ended_at)
  const award = await awardPoints(tx, actor.streetId, {
    id: row.id,
    ruleCode: serviceRule,
    holder: { kind: 'person', id: row.person_id, area: row.area },
    activityId: row.activity_id ?? row.need_id ?? undefined,
    on: dayOf(row.started_at),
    minutes,
    by: actor.accountId,
    at,
  })
  await bankMinutes(tx, actor.streetId, {
    id: newId(),
    personId: row.person_id,
    area: row.area,
    minutes,
    by: actor.accountId,
    at,
  })
  return award?.points ?? 0
}
