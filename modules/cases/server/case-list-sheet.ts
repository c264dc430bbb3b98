/** The list of cases as seen, under the same filters, as a list that goes out into a template. */
import { Type } from 'typebox'
import type { OperationContract } from '../../../lib/contract.ts'
import type { Call } from '../../../platform/operation.ts'
import { type ListKind, staffRoles } from '../../../platform/sheets/list-kind.ts'
import { chainOf } from '../../areas/server/index.ts'
import { cellText, columnTitles } from '../case-cells.ts'
import * as contract from '../contract.ts'
import { caseRowsOf, type ExportCall } from './export-cases.ts'
import { namesOf } from './names.ts'
import { ownWords } from './street-clocks.ts'

const { cursor: _cursor, limit: _limit, ...filters } = contract.listCases.query.properties

export const caseList: ListKind = {
  list: 'cases',
  words: { zh: '诉求清单', en: 'Cases' },
  who: staffRoles.filter((role) => !role.endsWith('-admin')),
  fields: contract.exportColumns.map((key) => ({ key, words: columnTitles[key] })),
  filters: Type.Object(filters, { additionalProperties: false }),
  async *rows(call: Call<OperationContract>, asked, language) {
    const { areas } = await namesOf(call.tx, call.actor.streetId)
    const own = await ownWords(call.tx, call.actor.streetId, call.at)
    const chain = (areaId: string) => {
      const area = areas.byId.get(areaId)
      return area && chainOf(areas, area.path)
    }
    const wanted = asked as Parameters<typeof caseRowsOf>[1]
    for await (const row of caseRowsOf(call as unknown as ExportCall, wanted))
      yield Object.fromEntries(
        contract.exportColumns.map((column) => [column, cellText(column, row, language, chain, own)]),
      )
  },
}
