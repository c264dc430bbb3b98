import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { displayNames } from '../../accounts/server/index.ts'
import * as contract from '../contract.ts'
import { factNamer, fieldNamer, listKinds, mayExport } from './list-kinds.ts'
import { endTemplate, type TemplateRow, templatesInOrder } from './template-store.ts'

export async function templateViews(
  tx: Tx,
  keys: Keys,
  rows: readonly TemplateRow[],
): Promise<contract.ListTemplateView[]> {
  const names = await displayNames(
    tx,
    keys,
    rows.map((row) => row.createdBy),
  )
  return rows.map((row) => ({
    id: row.id,
    list: row.list,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    createdBy: names.get(row.createdBy) ?? '',
    rowFields: [...row.fields.row],
    otherFields: [...row.fields.others],
    unknownFields: unknownOf(row),
  }))
}

function unknownOf({ list, fields }: TemplateRow): string[] {
  const kind = listKinds.find((one) => one.list === list)
  const known = kind ? fieldNamer(kind) : () => undefined
  return [...fields.row, ...fields.others].filter(
    (name) => known(name) === undefined && factNamer(name) === undefined,
  )
}

export const listTemplates = operation(contract.listTemplates, async ({ tx, actor, query, services }) => ({
  items: await templateViews(tx, services.keys, await templatesInOrder(tx, actor.streetId, query.list)),
}))

/** A system administrator, who makes the templates, sees all lists' fields; others those they may export. */
export const listListKinds = operation(contract.listListKinds, async ({ actor }) => ({
  items: listKinds
    .filter((kind) => actor.roles.includes('system-admin') || mayExport(actor, kind))
    .map(({ list, words, fields }) => ({
      list,
      words: { ...words },
      fields: fields.map((field) => ({ key: field.key, words: { ...field.words } })),
    })),
}))

export const removeTemplate = operation(contract.removeTemplate, async (call) => {
  const { tx, actor, at, params } = call
  if (!(await endTemplate(tx, actor.streetId, params.id, at))) throw new Refusal('sheets/not-found')
  call.audit({ subjectType: 'list-template', subjectId: params.id })
  return {}
})
