/** All SQL on the matters catalogue and the duty lists. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { streetCache } from '../../../platform/street-cache.ts'
import type { ExtraFields } from '../extra-fields.ts'
import type { MatterFacts } from '../rules/check-matter-rows.ts'
import type { MatterClock } from '../rules/start-clocks.ts'
import type { DutyRule } from '../seeds/read-catalogue.ts'
import type { CaseKind, Urgency } from '../words.ts'

export interface MatterRow {
  id: string
  standard: string
  code: string
  class_code: string
  class_name: string
  class_name_en: string | null
  name: string
  name_en: string
  resident_words: string | null
  keywords: string[]
  level: 'grid' | 'community' | 'street' | 'department'
  kind: CaseKind
  urgency: Urgency
  is_public: boolean
  sensitive: boolean
  on_site_check: boolean
  local_extension: boolean
  extra_fields: ExtraFields | null
  clock: MatterClock | null
}

export interface Catalogue {
  inOrder: readonly MatterRow[]
  byId: ReadonlyMap<string, MatterRow>
  byCode: ReadonlyMap<string, MatterRow>
  duties: readonly DutyRule[]
}

const cache = streetCache<Catalogue>(5_000, async (tx, streetId) => {
  const rows = await tx.many(
    sql<
      MatterRow & { current: boolean }
    >`select id, standard, code, class_code, class_name, class_name_en, name, name_en, resident_words, keywords, level, kind,
        urgency, is_public, sensitive, on_site_check, local_extension, extra_fields, clock, valid_to is null as current
      from matters where street_id = ${streetId} order by local_extension desc, code`,
  )
  const duties = await tx.many(
    sql<DutyRule>`select level, organisation_kind as "organisationKind", matter_prefix as "matterPrefix", duty, turn_to as "turnTo",
        basis_zh as "basisZh", basis_en as "basisEn"
      from duty_rules where street_id = ${streetId}`,
  )
  const current = rows.filter((row) => row.current)
  return {
    inOrder: current,
    byId: new Map(rows.map((row) => [row.id, row])),
    byCode: new Map(current.map((row) => [row.code, row])),
    duties,
  }
})

export const catalogueOf = (tx: Tx, streetId: number): Promise<Catalogue> => cache.get(tx, streetId)

/** After a change of the catalogue in this process; others read it anew within seconds. */
export const forgetCatalogue = (streetId: number): void => cache.forget(streetId)

/** The versions in force, straight from the database and held until the transaction ends. */
export const currentMatters = (tx: Tx, streetId: number): Promise<MatterRow[]> =>
  tx.many(
    sql<MatterRow>`select id, standard, code, class_code, class_name, class_name_en, name, name_en, resident_words, keywords, level, kind,
        urgency, is_public, sensitive, on_site_check, local_extension, extra_fields, clock
      from matters where street_id = ${streetId} and valid_to is null order by code for update`,
  )

export interface MatterVersion extends MatterFacts {
  id: string
  /** The version that this one ends; null for a new matter. */
  replaces: string | null
}

/**
 * Ends the replaced versions on this day and begins the new ones, which keep what a spreadsheet does not hold. A
 * version that began today is changed in place: a day has one version of a matter.
 */
export async function putMattersInForce(
  tx: Tx,
  streetId: number,
  day: string,
  versions: readonly MatterVersion[],
): Promise<void> {
  const rows = sql`json_to_recordset(${JSON.stringify(versions)}::json) as r(id uuid, replaces uuid, code text, "classCode" text,
    "className" text, name text, "nameEn" text, "residentWords" text, keywords json, level text, kind text, urgency text,
    "isPublic" boolean, sensitive boolean, "onSiteCheck" boolean, "extraFields" json, "classNameEn" text)`
  const words = sql`array(select json_array_elements_text(r.keywords))`
  await tx.run(sql`update matters m set class_code = r."classCode", class_name = r."className", name = r.name, name_en = r."nameEn",
      resident_words = r."residentWords", keywords = ${words}, level = r.level, kind = r.kind, urgency = r.urgency,
      is_public = r."isPublic", sensitive = r.sensitive, on_site_check = r."onSiteCheck",
      extra_fields = r."extraFields", class_name_en = r."classNameEn"
    from ${rows} where m.street_id = ${streetId} and m.id = r.replaces and m.valid_from = ${day}::date`)
  await tx.run(sql`insert into matters (street_id, id, standard, code, class_code, class_name, class_name_en, name, name_en, resident_words, keywords,
      level, kind, urgency, is_public, sensitive, on_site_check, local_extension, extra_fields, clock, valid_from)
    select ${streetId}, r.id, coalesce(m.standard, 'local'), r.code, r."classCode", r."className", r."classNameEn", r.name, r."nameEn",
      r."residentWords", ${words}, r.level, r.kind, r.urgency, r."isPublic", r.sensitive, r."onSiteCheck",
      coalesce(m.local_extension, true), r."extraFields", m.clock, ${day}::date
    from ${rows} left join matters m on m.street_id = ${streetId} and m.id = r.replaces
    where m.id is null or m.valid_from < ${day}::date`)
  await tx.run(sql`update matters set valid_to = ${day}::date where street_id = ${streetId} and valid_from < ${day}::date
    and valid_to is null and id in (select r.replaces from ${rows})`)
}
