/** Figures given by the street as lists bring them in, take them out again and carry them out. */
import { sql } from 'kysely'
import type { Day } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { NewFigure } from './area-writes.ts'

/** What a figure says, apart from what it is about. */
export interface FigureWords {
  readonly value: number
  readonly unit: string
  readonly source: string
}
/** A figure of an area is one name, one scope, one day. */
export interface FigureKey {
  readonly areaId: string
  readonly name: string
  readonly scope: string
  readonly onDay: Day
}

export const keyOfFigure = ({ areaId, name, scope, onDay }: FigureKey): string =>
  JSON.stringify([areaId, name, scope, onDay])

/** Those of the keys that are there, by key: one statement for a whole list. */
export async function figuresAt(
  tx: Tx,
  streetId: number,
  keys: readonly FigureKey[],
): Promise<Map<string, NewFigure>> {
  const found = await tx.many(
    sql<NewFigure>`select f.area_id as "areaId", f.name, f.scope, f.on_day as "onDay",
        f.value::float8 as value, f.unit, f.source
      from area_figures f join jsonb_to_recordset(${listOf(keys)}::jsonb)
          as r("areaId" uuid, name text, scope text, "onDay" date)
        on f.area_id = r."areaId" and f.name = r.name and f.scope = r.scope and f.on_day = r."onDay"
      where f.street_id = ${streetId}`,
  )
  return new Map(found.map((figure) => [keyOfFigure(figure), figure]))
}

export async function deleteFigures(tx: Tx, streetId: number, keys: readonly FigureKey[]): Promise<void> {
  await tx.run(
    sql`delete from area_figures f using jsonb_to_recordset(${listOf(keys)}::jsonb)
        as r("areaId" uuid, name text, scope text, "onDay" date)
      where f.street_id = ${streetId} and f.area_id = r."areaId" and f.name = r.name
        and f.scope = r.scope and f.on_day = r."onDay"`,
  )
}

const listOf = (keys: readonly FigureKey[]): string =>
  JSON.stringify(keys.map(({ areaId, name, scope, onDay }) => ({ areaId, name, scope, onDay })))
