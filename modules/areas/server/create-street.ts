import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import { dayOf } from '../../../lib/time.ts'
import { systemActor } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { IndexedArea } from './area-store.ts'
import { pathLabel, renewAreaVersion } from './area-writes.ts'

export interface NewStreet {
  /** Division code, usually of nine digits. */
  readonly code: string
  readonly name: string
  readonly demo: boolean
  /** From the top down; the first is the level of the street itself. */
  readonly levels: readonly { readonly level: string; readonly name: string; readonly nameEn: string }[]
  readonly at: Date
}

/**
 * Makes a street with its levels and its root area, whose path is 's' + code. The transaction begins without a
 * context and afterwards stands in the new street as the system, so that its caller can go on filling it.
 * @throws Error when the code is taken or there is no level
 */
export async function createStreet(
  tx: Tx,
  street: NewStreet,
): Promise<{ streetId: number; root: IndexedArea }> {
  const [rootLevel] = street.levels
  if (!rootLevel) throw new Error('a street needs at least one level')
  if (await findStreet(tx, street.code)) throw new Error(`street ${street.code} is there already`)
  const path = pathLabel(`s${street.code}`)
  const { streetId } = await tx.one(
    sql<{ streetId: number }>`insert into streets (code, name, demo, created_at)
      values (${street.code}, ${street.name}, ${street.demo}, ${street.at}) returning street_id as "streetId"`,
  )
  await tx.enter(systemActor(streetId, path))
  const levels = street.levels.map((level, position) => ({ ...level, position }))
  await tx.run(
    sql`insert into area_levels (street_id, level, name, name_en, position)
      select ${streetId}::int, r.level, r.name, r."nameEn", r.position
      from jsonb_to_recordset(${JSON.stringify(levels)}::jsonb)
        as r(level text, name text, "nameEn" text, position int)`,
  )
  const root: IndexedArea = {
    id: newId(street.at.getTime()),
    code: street.code,
    level: rootLevel.level,
    name: street.name,
    parentId: null,
    path,
  }
  await tx.run(
    sql`insert into areas (street_id, id, code, level, name, path, valid_from)
      values (${streetId}, ${root.id}, ${root.code}, ${root.level}, ${root.name}, ${path}::ltree, ${dayOf(street.at)})`,
  )
  await renewAreaVersion(tx, streetId, street.at)
  return { streetId, root }
}

export interface StreetRow {
  readonly streetId: number
  readonly code: string
  readonly name: string
  readonly demo: boolean
}

/** The street of a division code; needs no context. */
export function findStreet(tx: Tx, code: string): Promise<StreetRow | undefined> {
  return tx.maybe(
    sql<StreetRow>`select street_id as "streetId", code, name, demo from streets where code = ${code}`,
  )
}
