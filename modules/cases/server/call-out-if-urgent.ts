/** The hook of whatever files or changes a case: an urgent one is called out right after the commit. */
import type { JobNote } from '../../../platform/operation.ts'
import { mustCallOut } from '../rules/call-out.ts'
import type { CaseRow } from './case-row.ts'

export const callTask = 'cases.callPeople'

/** Asks for a run down the call chain when the case became urgent just now. */
export function callOutIfUrgent(
  call: { at: Date; job(note: JobNote): void },
  before: CaseRow | null,
  after: CaseRow,
): void {
  if (mustCallOut(before, after)) call.job({ task: callTask, payload: { caseId: after.id }, runAt: call.at })
}
