/** 事项目录 as a list that goes out into the street's own template. */
import { Type } from 'typebox'
import { type ListKind, staffRoles } from '../../../platform/sheets/list-kind.ts'
import * as contract from '../contract.ts'
import { matterCell, matterColumnTitles } from '../matter-cells.ts'
import { matterView } from './list-matters.ts'
import { catalogueOf } from './matter-store.ts'
import { clockTable } from './street-clocks.ts'

export const matterList: ListKind = {
  list: 'matters',
  words: { zh: '事项目录', en: 'Matters' },
  who: staffRoles,
  fields: contract.matterColumns.map((key) => ({ key, words: matterColumnTitles[key] })),
  filters: Type.Object({}, { additionalProperties: false }),
  async *rows({ tx, actor, at }, _filters, language) {
    const table = await clockTable(tx, actor.streetId, at)
    for (const matter of (await catalogueOf(tx, actor.streetId)).inOrder) {
      const told = { ...matterView(matter, table), keywords: matter.keywords }
      yield Object.fromEntries(
        contract.matterColumns.map((column) => [column, matterCell(column, told, language)]),
      )
    }
  },
}
