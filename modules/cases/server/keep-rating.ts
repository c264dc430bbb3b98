/** What every way of rating has in common: the mark of how it came, its trace, and the signs that it makes with others. */
import { sql } from 'kysely'
import { systemAccountId } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { type Flagged, type RatingTrace, signLimits, signsOf } from '../rules/rating-signs.ts'
import type { RatingWay } from '../trust-words.ts'
import type { CaseRow, RatingOnCase, ReporterRow } from './case-row.ts'

export interface RatingSaid {
  reached: boolean
  solved: boolean
  satisfaction: RatingOnCase['satisfaction']
  words?: string | undefined
}

interface TraceRow {
  case_id: string
  at: Date
  way: RatingWay
  person_key: string
  phone_index: string | null
  session_key: string | null
  organisation_id: string | null
  content: boolean
}

const traceOf = (row: TraceRow): RatingTrace => ({
  caseId: row.case_id,
  at: row.at,
  way: row.way,
  person: row.person_key,
  phone: row.phone_index,
  session: row.session_key,
  organisation: row.organisation_id,
  content: row.content,
})

/** Who handled this round: the organisation that has it, else the last that had it. */
const handlerOf = (row: CaseRow): string | null =>
  row.organisation_id ?? row.handled_organisations.at(-1) ?? null

/**
 * Keeps the trace of a rating, flags what looks coaxed, and gives the rating as the case keeps it. To be called as the
 * system of the street: whoever rates reads no other rating.
 */
export async function keepRating(
  { tx, keys, at }: { tx: Tx; keys: Keys; at: Date },
  row: CaseRow,
  rated: {
    said: RatingSaid
    way: RatingWay
    counts: boolean
    session: string | null
    recordedBy: string | null
  },
): Promise<RatingOnCase> {
  const { said, way, counts } = rated
  const reporter = await tx.maybe(sql<ReporterRow>`select * from reporter_of_case(${row.id})`)
  const now: TraceRow = {
    case_id: row.id,
    at,
    way,
    person_key: personKey(keys, row, reporter),
    phone_index: reporter?.phone_index ?? null,
    session_key: rated.session && keys.blindIndex('rating-session', rated.session),
    organisation_id: handlerOf(row),
    content: said.satisfaction === 'satisfied' || said.satisfaction === 'mostly',
  }
  const rating: RatingOnCase = {
    reached: said.reached,
    solved: said.solved,
    satisfaction: said.satisfaction,
    words: said.words ?? null,
    at: at.toISOString(),
    counts,
    way,
  }
  if (!counts) return rating
  const recent = await recentTraces(tx, row.street_id, now)
  await tx.run(sql`insert into rating_traces (street_id, case_id, round, at, area, way, person_key, phone_index, session_key,
      organisation_id, content)
    values (${row.street_id}, ${row.id}, ${row.reopen_count}, ${at}, ${row.area}::ltree, ${way}, ${now.person_key},
      ${now.phone_index}, ${now.session_key}, ${now.organisation_id}, ${now.content}) on conflict do nothing`)
  const signs = signsOf(traceOf(now), recent.map(traceOf))
  if (signs.length === 0) return rating
  await flagOthers(tx, row, at, signs)
  for (const { sign } of signs) await flag(tx, { ...row, rating }, at, sign, rated.recordedBy)
  return { ...rating, review: true }
}

/** The same name and phone are one person, however often the desk wrote them down. */
function personKey(keys: Keys, row: CaseRow, reporter: ReporterRow | undefined): string {
  if (row.reporter_id !== null) return row.reporter_id
  const sealed = reporter?.name_encrypted
  if (!reporter?.phone_index || !sealed) return row.id
  const name = keys.open(`case_reporters.name.${row.id}`, sealed)
  return keys.blindIndex('rating-person', `${name} ${reporter.phone_index}`)
}

function recentTraces(tx: Tx, streetId: number, now: TraceRow): Promise<TraceRow[]> {
  const since = new Date(now.at.getTime() - signLimits.withinHours * 3_600_000)
  return tx.many(sql<TraceRow>`select * from rating_traces where street_id = ${streetId} and at >= ${since}
    and (phone_index = ${now.phone_index} or session_key = ${now.session_key} or organisation_id = ${now.organisation_id})
    order by at desc limit 500`)
}

/** The ratings before this one that make the sign with it. */
async function flagOthers(tx: Tx, row: CaseRow, at: Date, signs: readonly Flagged[]): Promise<void> {
  for (const { sign, caseIds } of signs) {
    const others = await tx.many(sql<CaseRow>`select * from cases where street_id = ${row.street_id}
      and id = any(${caseIds.filter((id) => id !== row.id)}::uuid[]) and rating is not null`)
    for (const other of others) {
      const added = await flag(tx, other, at, sign, null)
      if (added > 0)
        await tx.run(sql`update cases set rating = rating || '{"review": true}', version = version + 1
          where street_id = ${row.street_id} and id = ${other.id}`)
    }
  }
}

function flag(
  tx: Tx,
  row: CaseRow,
  at: Date,
  sign: Flagged['sign'],
  recordedBy: string | null,
): Promise<number> {
  const barred = new Set([
    ...row.handled_by,
    ...row.assigned_by,
    ...(recordedBy === null ? [] : [recordedBy]),
    ...(row.filed_by === systemAccountId ? [] : [row.filed_by]),
  ])
  return tx.run(sql`insert into rating_flags (street_id, case_id, round, sign, area, organisation_id, flagged_at, rating, barred)
    select ${row.street_id}::int, ${row.id}::uuid, ${row.reopen_count}::int, ${sign}::text, ${row.area}::ltree, ${handlerOf(row)}::uuid, ${at}::timestamptz,
      ${JSON.stringify(row.rating)}::jsonb, ${[...barred]}::uuid[] || coalesce((select array_agg(e.actor_id) from entries_of_case(${row.id}) e
        where e.act = 'check'), '{}')
    on conflict do nothing`)
}
