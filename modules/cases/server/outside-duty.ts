import { onDutyList, outsideDutyWords } from '../rules/duty-list.ts'
import type { CaseRow } from './case-row.ts'
import type { Names } from './names.ts'

/** The rule by which the community's duty list does not hold a case's matter; undefined where it does. */
export function ruleOutside(row: CaseRow, { matters }: Names): { zh: string; en: string } | undefined {
  const matter = row.matter_id === null ? undefined : matters.byId.get(row.matter_id)
  if (!matter || onDutyList(matters.duties, 'community', matter.code)) return undefined
  const { ruleZh, ruleEn } = outsideDutyWords(matters.duties, 'community', matter.code)
  return { zh: `不在社区职责清单：${ruleZh}`, en: `Not on the community’s duty list: ${ruleEn}` }
}
