import { createHash } from 'node:crypto'
import { idMs, newId } from '../../../lib/ids.ts'
import { dayOf } from '../../../lib/time.ts'
import { awardPoints, bankMinutes } from '../../points/server/index.ts'
import { minutesBetween } from '../rules/minutes.ts'
import { organisationServedFor } from './group-store.ts'
import type { Noting } from './on-site.ts'
import type { SessionRow } from './session-store.ts'

/** The earning rule of the street under which hours of service are awarded. */
const serviceRule = 'service'

/**
 * Points for an entered record that somebody else saw, by the street's dated rules and within their caps: they limit the
 * points, and the hours stand as they are. Whoever served earns, and so does the organisation whose people they were
 * among. Each award has an id made of the record's own, so that it is given once. The caller reaches the street.
 * @returns points given to the person; 0 where the street has no rule
 */
// Rule: systems.md 000-24: people and organisations both earn.
export async function awardFor({ tx, actor, at, newId: freshId }: Noting, row: SessionRow): Promise<number> {
  if (row.ended_at === null) return 0
  const minutes = minutesBetween(row.started_at, row.ended_at)
  const service = {
    ruleCode: serviceRule,
    activityId: row.activity_id ?? row.need_id ?? undefined,
    on: dayOf(row.started_at),
    minutes,
    by: actor.accountId,
    at,
  }
  const award = await awardPoints(tx, actor.streetId, {
    ...service,
    id: row.id,
    holder: { kind: 'person', id: row.person_id, area: row.area },
  })
  const sent = await organisationServedFor(tx, actor.streetId, {
    personId: row.person_id,
    groupId: row.group_id,
    startedAt: row.started_at,
  })
  if (sent)
    await awardPoints(tx, actor.streetId, {
      ...service,
      id: organisationAwardId(row.id),
      holder: { kind: 'organisation', id: sent.organisation_id, area: sent.area },
    })
  await bankMinutes(tx, actor.streetId, {
    id: freshId(),
    personId: row.person_id,
    area: row.area,
    minutes,
    by: actor.accountId,
    at,
  })
  return award?.points ?? 0
}

/** The same for the same record, and another one than the record's. */
function organisationAwardId(recordId: string): string {
  const digest = createHash('sha256').update(`organisation:${recordId}`).digest()
  return newId(idMs(recordId), (bytes) => bytes.set(digest.subarray(0, bytes.length)))
}
