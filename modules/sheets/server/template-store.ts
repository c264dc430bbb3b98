/** All SQL on templates. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { TemplateFields } from '../../../platform/sheets/fill-template.ts'

export interface TemplateRow {
  readonly id: string
  readonly list: string
  readonly name: string
  readonly fields: TemplateFields
  readonly createdBy: string
  readonly createdAt: Date
}

const columns = sql`id, list, name, fields, created_by as "createdBy", created_at as "createdAt"`

export function templatesInOrder(tx: Tx, streetId: number, list: string | undefined): Promise<TemplateRow[]> {
  return tx.many(sql<TemplateRow>`select ${columns} from list_templates where street_id = ${streetId}
    and removed_at is null and (${list ?? null}::text is null or list = ${list ?? null}) order by list, name, id`)
}

export function findTemplate(
  tx: Tx,
  streetId: number,
  id: string,
): Promise<(TemplateRow & { content: Buffer }) | undefined> {
  return tx.maybe(sql<TemplateRow & { content: Buffer }>`select ${columns}, content from list_templates
    where street_id = ${streetId} and id = ${id} and removed_at is null`)
}

export async function insertTemplate(
  tx: Tx,
  streetId: number,
  template: TemplateRow & { content: Buffer },
): Promise<void> {
  await tx.run(sql`insert into list_templates (street_id, id, list, name, content, fields, created_by, created_at)
    values (${streetId}, ${template.id}, ${template.list}, ${template.name}, ${template.content},
      ${JSON.stringify(template.fields)}::jsonb, ${template.createdBy}, ${template.createdAt})`)
}

/** False when it is not there or was taken out of use before. */
export async function endTemplate(tx: Tx, streetId: number, id: string, at: Date): Promise<boolean> {
  const changed = await tx.run(sql`update list_templates set removed_at = ${at}
    where street_id = ${streetId} and id = ${id} and removed_at is null`)
  return changed === 1
}
