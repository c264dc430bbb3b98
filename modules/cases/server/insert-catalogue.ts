/** Fills a new street's catalogue of matters and duty list, and the calendar of the database, from the seed files. */
import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { shippedCalendar } from '../rules/working-days.ts'
import { loadCatalogue } from '../seeds/load-catalogue.ts'

/** Adds what is missing; run again it changes nothing. Codes are `GB06010` for the standard, `LX01001` for the extension. */
export async function insertCatalogue(
  tx: Tx,
  streetId: number,
  at: Date,
): Promise<{ matters: number; duties: number }> {
  const { matters, duties } = loadCatalogue()
  const rows = matters.map((matter) => ({
    id: newId(at.getTime()),
    standard: matter.standard,
    code: matter.key,
    class_code: matter.classCode,
    class_name: matter.classNameZh,
    class_name_en: matter.classNameEn,
    name: matter.nameZh,
    name_en: matter.nameEn,
    resident_words: matter.shownToResidents ? matter.residentWords : null,
    keywords: matter.keywords,
    level: matter.level,
    kind: matter.kind,
    urgency: matter.urgency,
    is_public: matter.public,
    sensitive: matter.sensitive,
    on_site_check: matter.onSiteCheck,
    local_extension: matter.extension,
    extra_fields: matter.extraFields,
  }))
  const added = await tx.run(
    sql`insert into matters (street_id, id, standard, code, class_code, class_name, class_name_en, name, name_en, resident_words,
        keywords, level, kind, urgency, is_public, sensitive, on_site_check, local_extension, extra_fields, valid_from)
      select ${streetId}, r.id, r.standard, r.code, r.class_code, r.class_name, r.class_name_en, r.name, r.name_en, r.resident_words,
        array(select json_array_elements_text(r.keywords)), r.level, r.kind, r.urgency, r.is_public, r.sensitive, r.on_site_check,
        r.local_extension, r.extra_fields, ${dayOf(at)}::date
      from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, standard text, code text, class_code text, class_name text,
        class_name_en text, name text, name_en text, resident_words text, keywords json, level text, kind text, urgency text, is_public boolean,
        sensitive boolean, on_site_check boolean, local_extension boolean, extra_fields json)
      where not exists (select 1 from matters m where m.street_id = ${streetId} and m.standard = r.standard and m.code = r.code)`,
  )
  const duty = await tx.run(
    sql`insert into duty_rules (street_id, level, organisation_kind, matter_prefix, duty, turn_to, basis_zh, basis_en)
      select ${streetId}, r.level, r."organisationKind", r."matterPrefix", r.duty, r."turnTo", r."basisZh", r."basisEn"
      from jsonb_to_recordset(${JSON.stringify(duties)}::jsonb) as r(level text, "organisationKind" text, "matterPrefix" text, duty text,
        "turnTo" text, "basisZh" text, "basisEn" text)
      on conflict do nothing`,
  )
  await insertCalendar(tx)
  return { matters: added, duties: duty }
}

/** The announced years that ship with the product; later years are imported by an administrator. */
export async function insertCalendar(tx: Tx): Promise<void> {
  await tx.run(
    sql`insert into calendar_years (year, source) select y, ${shippedCalendar.source} from unnest(${[...shippedCalendar.years]}::int[]) y
      on conflict do nothing`,
  )
  await tx.run(
    sql`insert into calendar_days (day, working, name) select r.day, r.working, r.name
      from jsonb_to_recordset(${JSON.stringify(shippedCalendar.exceptions)}::jsonb) as r(day date, working boolean, name text)
      on conflict do nothing`,
  )
}
