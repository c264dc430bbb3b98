/** Closings that came too soon and ratings that look coaxed, per organisation. Counted from the rows when it is asked. */
import { sql } from 'kysely'
import { daysBetween, endOfDay, startOfDay } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import * as contract from '../contract.ts'
import { type ClosedPlace, comesAgain } from '../rules/comes-again.ts'
import { fewestToCompare, inOrder, proportion } from '../rules/proportion.ts'
import { againWithinDays } from '../trust-settings.ts'
import { namesOf, organisationRef } from './names.ts'

const longestDays = 366

interface Closing extends ClosedPlace {
  id: string
  closedAt: Date
  organisationId: string | null
  reopened: boolean
}

type Later = ClosedPlace & { closingId: string; createdAt: Date }

interface Flags {
  organisationId: string | null
  rated: number
  flagged: number
  answered: number
  contradicted: number
}

const placeColumns = (of: string) =>
  sql.raw(
    `${of}.matter_id as "matterId", ${of}.area_id as "areaId", ${of}.building_id as "buildingId", ${of}.place_text as "placeText", ${of}.lng, ${of}.lat`,
  )
const handler = sql.raw(
  'coalesce(c.organisation_id, c.handled_organisations[cardinality(c.handled_organisations)])',
)
/** As figures of cases count: nothing imported, merged, declined, of a petition, guarded or a task. */
const counted = sql.raw(
  "c.channel <> 'import' and c.state not in ('declined', 'merged') and c.petition is null and c.guarded_by is null and c.task is null and c.special is distinct from 'mediation'",
)

export const getTrust = operation(contract.getTrust, async ({ tx, actor, at, query }) => {
  const { streetId } = actor
  const span = daysBetween(query.from, query.to)
  if (span < 0 || span > longestDays) throw new Refusal('cases/period-wrong')
  const [from, to] = [startOfDay(query.from), endOfDay(query.to)]
  const withinDays = await readSetting(tx, streetId, againWithinDays, at)
  const names = await namesOf(tx, streetId)
  const closings = await closingsOf(tx, streetId, from, to, withinDays)
  const soon = await cameAgain(tx, streetId, closings, withinDays)
  const flags = await flagsOf(tx, streetId, from, to)
  const ids = new Set([...closings, ...flags].map(({ organisationId }) => organisationId))
  const rows = [...ids].map((id) => {
    const own = closings.filter(({ organisationId }) => organisationId === id)
    const rated = flags.find(({ organisationId }) => organisationId === id)
    const organisation = organisationRef(names, id)
    return {
      name: organisation?.name ?? '',
      organisation,
      count: own.filter((one) => one.reopened || soon.has(one.id)).length,
      of: own.length,
      rated,
    }
  })
  const ways = await tx.many(
    sql<{ way: string; count: number }>`select way, count(*)::int as count from rating_traces
      where street_id = ${streetId} and at between ${from} and ${to} group by way order by way`,
  )
  const found = await tx.one(
    sql<{
      count: number
    }>`select count(*)::int as count from cases c where c.street_id = ${streetId} and c.finding is not null
      and (c.finding ->> 'at')::timestamptz between ${from} and ${to}`,
  )
  return {
    lines: inOrder(rows).map(({ organisation, count, of, rated }) => ({
      organisation,
      again: share(count, of),
      flagged: share(rated?.flagged ?? 0, rated?.rated ?? 0),
      contradicted: share(rated?.contradicted ?? 0, rated?.answered ?? 0),
      comparable: of >= fewestToCompare,
    })),
    withinDays,
    ways,
    findings: found.count,
  }
})

function share(count: number, of: number): contract.TrustLine['again'] {
  const found = proportion(count, of)
  return { count, of, share: found?.share ?? null, low: found?.low ?? null, high: found?.high ?? null }
}

/**
 * A case that was reported again has other hands by now: who had it then stands in its history.
 * Closed in the period as solved or partly: an unsolved one is not called settled. Reporting again counts against it too.
 */
function closingsOf(tx: Tx, streetId: number, from: Date, to: Date, withinDays: number): Promise<Closing[]> {
  const until = new Date(to.getTime() + withinDays * 86_400_000)
  return tx.many(
    sql<Closing>`select distinct on (c.id) c.id, a.at as "closedAt", case when c.reopen_count = 0 then ${handler} else (
            select (e.detail ->> 'organisation')::uuid from entries_of_case(c.id) e
            where e.act = 'assign' and e.at <= a.at order by e.at desc limit 1) end as "organisationId", ${placeColumns('c')},
        exists (select from case_acts('{reopen}'::text[], ${from}, ${until}) r
          where r.case_id = c.id and r.at > a.at and r.at <= a.at + ${withinDays}::int * interval '1 day') as reopened
      from case_acts('{close,answer-now,rate,approve}'::text[], ${from}, ${to}) a
        join cases c on c.street_id = ${streetId} and c.id = a.case_id
      where ${counted} and a.to_state = 'closed' and c.outcome is distinct from 'unsolved'
      order by c.id, a.at`,
  )
}

async function cameAgain(
  tx: Tx,
  streetId: number,
  closings: readonly Closing[],
  withinDays: number,
): Promise<ReadonlySet<string>> {
  if (closings.length === 0) return new Set()
  const asked = closings.map(({ id, closedAt }) => ({ id, closed_at: closedAt }))
  const later = await tx.many(
    sql<Later>`select k.id as "closingId", l.created_at as "createdAt", ${placeColumns('l')}
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) k(id uuid, closed_at timestamptz)
        join cases c on c.street_id = ${streetId} and c.id = k.id
        join cases l on l.street_id = c.street_id and l.matter_id = c.matter_id and l.area_id = c.area_id and l.id <> c.id
          and l.created_at > k.closed_at and l.created_at <= k.closed_at + ${withinDays}::int * interval '1 day'
      where l.petition is null and l.guarded_by is null and l.task is null`,
  )
  const byId = new Map(closings.map((one) => [one.id, one]))
  return new Set(
    later.flatMap((one) => {
      const closed = byId.get(one.closingId)
      return closed && comesAgain(closed, one, withinDays) ? [closed.id] : []
    }),
  )
}

function flagsOf(tx: Tx, streetId: number, from: Date, to: Date): Promise<Flags[]> {
  return tx.many(
    sql<Flags>`select t.organisation_id as "organisationId", count(*)::int as rated,
        count(f.case_id)::int as flagged, count(f.satisfaction)::int as answered,
        count(*) filter (where f.satisfaction is distinct from f.first and f.satisfaction is not null)::int as contradicted
      from rating_traces t left join lateral (
        select case_id, max(satisfaction) as satisfaction, max(rating ->> 'satisfaction') as first from rating_flags g
        where g.street_id = t.street_id and g.case_id = t.case_id and g.round = t.round group by case_id) f on true
      where t.street_id = ${streetId} and t.at between ${from} and ${to} group by t.organisation_id`,
  )
}
