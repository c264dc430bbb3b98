/**
 * The values of a street's settings (lib/setting.ts). Every change is a dated row that stays; an undo is a row too.
 * They are kept in the process for a moment, so a change reaches every process within that moment.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Static, TInteger, TSchema } from 'typebox'
import { Check } from 'typebox/value'
import type { StreetSetting } from '../lib/setting.ts'
import type { Tx } from './db.ts'
import { streetCache } from './street-cache.ts'

const keptMs = 3_000

/** A change that still counts. Without a value the street went back to what the program ships. */
interface ChangeInForce {
  readonly isSet: boolean
  readonly value: unknown
  readonly from: number
}

/** Changes by key, the latest to come into force first. */
type StreetValues = ReadonlyMap<string, readonly ChangeInForce[]>

const cache = streetCache<StreetValues>(keptMs, async (tx, streetId) => {
  const { seen, changes } = await tx.one(
    sql<{
      seen: string | null
      changes: { key: string; act: string; value: unknown; from: number }[]
    }>`select current_setting('app.street', true) as seen, coalesce((
        select json_agg(json_build_object('key', s.key, 'act', s.act, 'value', s.value,
          'from', extract(epoch from s.in_force_from) * 1000)
          order by s.key, s.in_force_from desc, s.changed_at desc, s.id desc)
        from street_settings s
        where s.street_id = ${streetId} and s.act <> 'undo' and not exists (
          select 1 from street_settings u where u.street_id = s.street_id and u.undoes = s.id)), '[]') as changes`,
  )
  // Outside the street row security shows nothing, and nothing must not be kept as what the street says.
  if (seen !== String(streetId)) throw new Error('the settings of a street are read inside that street')
  const values = new Map<string, ChangeInForce[]>()
  for (const { key, act, value, from } of changes) {
    const list = values.get(key) ?? []
    list.push({ isSet: act === 'set', value, from: Number(from) })
    values.set(key, list)
  }
  return values
})

/** Whether a stored value fits its setting, asked once for each value kept. */
const fits = new WeakMap<ChangeInForce, boolean>()

/**
 * What a setting says in a street at an instant: the change that came into force last, or the fallback where there is
 * none, where the street went back to it, or where what is stored no longer fits the schema.
 * At most one small query a process, a street and three seconds. The transaction must be inside that street.
 */
export async function readSetting<S extends TSchema>(
  tx: Tx,
  streetId: number,
  setting: StreetSetting<S>,
  at: Date,
): Promise<Static<S>> {
  const changes = (await cache.get(tx, streetId)).get(setting.key)
  const change = changes?.find(({ from }) => from <= at.getTime())
  if (change === undefined || !change.isSet) return setting.fallback
  let good = fits.get(change)
  if (good === undefined) {
    good = Check(setting.schema, change.value)
    fits.set(change, good)
  }
  return good ? (change.value as Static<S>) : setting.fallback
}

/**
 * The same in SQL, at an instant of each row, for a condition over many rows: what a whole number was then. Only for numbers; a
 * stored value is not checked against the schema again.
 */
export function settingOnRow(
  setting: StreetSetting<TInteger>,
  instant: RawBuilder<unknown>,
): RawBuilder<number> {
  return sql<number>`coalesce((select case when s.act = 'set' then (s.value #>> '{}')::int end from street_settings s
    where s.street_id = nullif(current_setting('app.street', true), '')::int and s.key = ${setting.key} and s.act <> 'undo'
      and s.in_force_from <= ${instant} and not exists (
        select from street_settings u where u.street_id = s.street_id and u.key = s.key and u.undoes = s.id)
    order by s.in_force_from desc, s.changed_at desc, s.id desc limit 1), ${setting.fallback})`
}

/** For a change made in this process: call it when the change is committed (`call.afterwards`). */
export function forgetSettings(streetId: number): void {
  cache.forget(streetId)
}
