/** All SQL on the matters catalogue and the duty lists. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { streetCache } from '../../../platform/street-cache.ts'
import type { MatterClock } from '../rules/start-clocks.ts'
import type { DutyRule } from '../seeds/read-catalogue.ts'
import type { CaseKind, Urgency } from '../words.ts'

export interface MatterRow {
  id: string
  standard: string
  code: string
  class_code: string
  class_name: string
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
    >`select id, standard, code, class_code, class_name, name, name_en, resident_words, keywords, level, kind, urgency,
        is_public, sensitive, on_site_check, local_extension, clock, valid_to is null as current
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
