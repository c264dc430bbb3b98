/** All SQL on the sources of orders from above; the ones that every street has come from code until it changes them. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { streetCache } from '../../../platform/street-cache.ts'
import { defaultSources, type UpstreamSourceFacts } from '../upstream-defaults.ts'

export type UpstreamSourceRow = UpstreamSourceFacts & { version: number }

export type Sources = ReadonlyMap<string, UpstreamSourceRow>

const columns = sql`code, name, name_en as "nameEn", kind, mapping, inside_amount as "insideAmount", inside_unit as "insideUnit",
  reply_template as "replyTemplate", rating_scale as "ratingScale", contact, active, version`

const cache = streetCache<Sources>(5_000, async (tx, streetId) => {
  const own = await tx.many(
    sql<UpstreamSourceRow>`select ${columns} from upstream_sources where street_id = ${streetId} order by code`,
  )
  const shipped = defaultSources.map((source) => ({ ...source, version: 0 }))
  return new Map([...shipped, ...own].map((source) => [source.code, source]))
})

/** By code; at most five seconds old. */
export const sourcesOf = (tx: Tx, streetId: number): Promise<Sources> => cache.get(tx, streetId)

export const forgetSources = (streetId: number): void => cache.forget(streetId)

export const lockSource = (tx: Tx, streetId: number, code: string): Promise<UpstreamSourceRow | undefined> =>
  tx.maybe(
    sql<UpstreamSourceRow>`select ${columns} from upstream_sources where street_id = ${streetId} and code = ${code} for update`,
  )

export async function putSource(
  tx: Tx,
  streetId: number,
  source: UpstreamSourceFacts,
  by: { id: string; accountId: string; at: Date },
): Promise<void> {
  const { code, name, nameEn, kind, insideAmount, insideUnit, replyTemplate, contact, active } = source
  await tx.run(sql`insert into upstream_sources (street_id, id, code, name, name_en, kind, mapping, inside_amount, inside_unit,
      reply_template, rating_scale, contact, active, changed_at, changed_by)
    values (${streetId}, ${by.id}, ${code}, ${name}, ${nameEn}, ${kind}, ${JSON.stringify(source.mapping)}, ${insideAmount},
      ${insideUnit}, ${replyTemplate}, ${[...source.ratingScale]}::text[], ${contact}, ${active}, ${by.at}, ${by.accountId})
    on conflict (street_id, code) do update set name = excluded.name, name_en = excluded.name_en, kind = excluded.kind,
      mapping = excluded.mapping, inside_amount = excluded.inside_amount, inside_unit = excluded.inside_unit,
      reply_template = excluded.reply_template, rating_scale = excluded.rating_scale, contact = excluded.contact,
      active = excluded.active, version = upstream_sources.version + 1, changed_at = excluded.changed_at,
      changed_by = excluded.changed_by`)
}
