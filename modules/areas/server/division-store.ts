/** Official division codes 行政区划: one table for all streets of an installation. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { Division } from '../rules/division-code.ts'

/** Names by code, of those of the codes that are there. */
export async function divisionNames(tx: Tx, codes: readonly string[]): Promise<Map<string, string>> {
  const found = await tx.many(
    sql<{ code: string; name: string }>`select code, name from divisions where code = any(${codes}::text[])`,
  )
  return new Map(found.map(({ code, name }) => [code, name]))
}

/** Adds those that are not there yet. Returns the codes that were added. */
export async function addDivisions(tx: Tx, divisions: readonly Division[]): Promise<Set<string>> {
  const added = await tx.many(
    sql<{ code: string }>`insert into divisions (code, name, kind, parent_code)
      select r.code, r.name, r.kind, r."parentCode"
      from jsonb_to_recordset(${JSON.stringify(divisions)}::jsonb)
        as r(code text, name text, kind text, "parentCode" text)
      on conflict (code) do nothing returning code`,
  )
  return new Set(added.map(({ code }) => code))
}

export async function dropDivisions(tx: Tx, codes: readonly string[]): Promise<void> {
  await tx.run(sql`delete from divisions where code = any(${codes}::text[])`)
}

/** Right below a code, in the order of codes. */
export function divisionsBelow(tx: Tx, code: string): Promise<{ code: string; name: string }[]> {
  return tx.many(
    sql<{ code: string; name: string }>`select code, name from divisions where parent_code = ${code}
      order by code limit 1000`,
  )
}
