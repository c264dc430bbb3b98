import { systemAccountId } from '../../../platform/actor.ts'
import type { DisputeView } from '../contract.ts'
import type { CaseRow } from './case-row.ts'
import { byPost, organisationRef } from './names.ts'
import type { Seen } from './seen-of.ts'

/** The open dispute of a case for whoever may read its texts. */
export function disputeView(
  row: CaseRow,
  { actor, names }: Pick<Seen, 'actor' | 'names'>,
  texts: boolean,
): DisputeView | null {
  const { dispute } = row
  if (dispute === null || actor.kind !== 'staff') return null
  return {
    organisation: organisationRef(names, dispute.organisation),
    names: organisationRef(names, dispute.names),
    reason: texts ? dispute.reason : '',
    at: dispute.at,
    decideBy: dispute.decideBy,
    adjudicator: byPost(names, dispute.adjudicatorPost, dispute.adjudicator, systemAccountId),
    mine: dispute.adjudicator === actor.accountId,
    fallback: organisationRef(names, dispute.fallback),
  }
}
