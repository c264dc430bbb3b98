import type { PetitionView } from '../contract.ts'
import type { CaseRow } from './case-row.ts'

/** What staff and the petitioner read of a petition; null for an ordinary case. */
export function petitionView({
  petition,
  response_due_at,
  due_at,
  extended_from,
}: CaseRow): PetitionView | null {
  if (petition === null || response_due_at === null || due_at === null) return null
  return {
    number: petition.number,
    outsideNumber: petition.outsideNumber,
    form: petition.form,
    receivedOn: petition.receivedOn,
    passedTo: petition.passedTo,
    passedOn: petition.passedOn,
    notice: petition.notice,
    toldOn: petition.toldOn,
    opinion: petition.opinion,
    settledOn: petition.settledOn,
    extended: extended_from !== null,
    noticeBy: response_due_at.toISOString(),
    settleBy: due_at.toISOString(),
    takenOn: petition.notice === 'taken-on',
  }
}
