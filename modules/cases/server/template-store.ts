/** All SQL on templates for replies: every version stays, the newest counts. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { TemplateAct } from '../template-words.ts'

export interface TemplateRow {
  street_id: number
  id: string
  version: number
  title: string
  acts: TemplateAct[]
  matter_codes: string[]
  words: string
  retired: boolean
  written_by: string
  written_post: string | null
  written_at: Date
}

/** Each in its newest version, those in use first, by title. */
export const newestTemplates = (tx: Tx, streetId: number): Promise<TemplateRow[]> =>
  tx.many(
    sql<TemplateRow>`select * from (select distinct on (id) * from reply_templates where street_id = ${streetId}
        order by id, version desc) newest
      order by retired, title, id`,
  )

export const newestTemplate = (tx: Tx, streetId: number, id: string): Promise<TemplateRow | undefined> =>
  tx.maybe(
    sql<TemplateRow>`select * from reply_templates where street_id = ${streetId} and id = ${id}
      order by version desc limit 1`,
  )

/** The newest first. */
export const templateVersions = (tx: Tx, streetId: number, id: string): Promise<TemplateRow[]> =>
  tx.many(
    sql<TemplateRow>`select * from reply_templates where street_id = ${streetId} and id = ${id} order by version desc`,
  )

/** @throws Refusal cases/stale-version when somebody else wrote the same version first */
export async function insertTemplate(tx: Tx, row: TemplateRow): Promise<void> {
  const written =
    await tx.run(sql`insert into reply_templates (street_id, id, version, title, acts, matter_codes, words,
      retired, written_by, written_post, written_at)
    values (${row.street_id}, ${row.id}, ${row.version}, ${row.title}, ${row.acts}::text[], ${row.matter_codes}::text[],
      ${row.words}, ${row.retired}, ${row.written_by}, ${row.written_post}, ${row.written_at}) on conflict do nothing`)
  if (written === 0) throw new Refusal('cases/stale-version')
}
