/** All SQL on what people did for one another: the facts of pairs. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { PairService } from '../rules/pair-patterns.ts'
import { isHonour } from './evidence-store.ts'

export type PairServiceRow = PairService & { readonly area: string }

const minutes = sql`coalesce(floor(extract(epoch from s.ended_at - s.started_at) / 60)::int, 0)`

/** Services for one named person that began after an instant, of pairs with something on notice; the newest first. */
export const pairServices = (
  tx: Tx,
  streetId: number,
  areas: readonly string[],
  since: Date,
): Promise<PairServiceRow[]> =>
  tx.many(
    sql<PairServiceRow>`select s.id, s.area::text as area, s.person_id as by, s.served_id as served, ${minutes} as minutes,
        s.state = 'entered' as entered,
        exists (select from service_evidence e where e.street_id = s.street_id and e.session_id = s.id and e.kind = 'confirmed'
          and e.capacity = 'served') as "confirmedByServed"
      from service_sessions s
      where s.street_id = ${streetId} and s.served_id is not null and s.state in ('published', 'entered') and s.started_at >= ${since}
        and s.area <@ any(${[...areas]}::ltree[])
        and exists (select from service_sessions o where o.street_id = s.street_id and o.state = 'published' and o.served_id is not null
          and ((o.person_id = s.person_id and o.served_id = s.served_id) or (o.person_id = s.served_id and o.served_id = s.person_id)))
      order by s.started_at desc, s.id limit 5000`,
  )

export interface SeenRow {
  person_id: string
  /** Null where it was an activity for many. */
  served_id: string | null
  minutes: number
}

/** What these people did after an instant and others saw, by whom they served. */
export const seenSince = (
  tx: Tx,
  streetId: number,
  people: readonly string[],
  since: Date,
): Promise<SeenRow[]> =>
  tx.many(
    sql<SeenRow>`select s.person_id, s.served_id, sum(${minutes})::int as minutes from service_sessions s
      where s.street_id = ${streetId} and s.person_id = any(${[...people]}::uuid[]) and s.state in ('published', 'entered')
        and s.started_at >= ${since} and not (${isHonour(sql`s`)})
      group by s.person_id, s.served_id`,
  )
