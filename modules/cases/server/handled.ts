import type { CaseRow } from './case-row.ts'
import type { CaseChange } from './case-store.ts'

/** Marks a person, and the organisation whose order it is, as handlers: they may neither check nor close. */
export function handled(
  row: CaseRow,
  accountId: string,
): Pick<CaseChange, 'handled_by' | 'handled_organisations'> {
  const organisations = row.organisation_id === null ? [] : [row.organisation_id]
  return {
    handled_by: [...new Set([...row.handled_by, accountId])],
    handled_organisations: [...new Set([...row.handled_organisations, ...organisations])],
  }
}
