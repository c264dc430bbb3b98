/** 裁定: whose duty it is. The case goes there with its clock running on, and the decision becomes a precedent. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { chainOf } from '../../areas/server/index.ts'
import { tell } from '../../messages/server/index.ts'
import * as contract from '../contract.ts'
import { organisationMayTake, outsideDutyWords } from '../rules/duty-list.ts'
import type { CaseRow } from './case-row.ts'
import { insertPrecedent } from './dispute-store.ts'
import type { Names } from './names.ts'
import { performAct } from './perform-act.ts'
import { runningClock } from './running-clock.ts'

/** While work on it has not come to a result it goes to whose duty it is; afterwards the decision only counts for the next. */
const moves = new Set<CaseRow['state']>(['accepted', 'assigned', 'in-progress'])

export const adjudicateDuty = operation(contract.adjudicateDuty, (call) =>
  performAct(call, 'adjudicate', async ({ row, names, post }) => {
    const { tx, at, actor, body } = call
    const { dispute } = row
    if (dispute === null) throw new Refusal('cases/nothing-disputed')
    const { organisationId, reason, scope = 'community' } = body
    const organisation = names.people.organisations.get(organisationId)
    if (!organisation?.active) throw new Refusal('cases/organisation-unknown')
    const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
    if (matter && !organisationMayTake(names.matters.duties, organisation.kind, matter.code))
      throw new Refusal('cases/outside-duty-list', {
        fill: outsideDutyWords(names.matters.duties, organisation.kind, matter.code),
      })
    if (matter)
      await insertPrecedent(tx, row.street_id, {
        id: call.newId(),
        matterId: matter.id,
        ...precedentArea(row, names, scope),
        organisationId,
        objectorId: dispute.organisation,
        caseId: row.id,
        reason,
        decidedBy: actor.accountId,
        decidedPost: post?.id ?? null,
        decidedAt: at,
      })
    const goes = moves.has(row.state) && row.organisation_id !== organisationId
    const concerned = [...new Set([dispute.organisation, organisationId])]
    tell(call, [
      {
        event: 'case.dispute-decided',
        reader: 'holder',
        to: [...names.people.posts.values()]
          .filter(
            (one) => one.current && one.organisationId !== null && concerned.includes(one.organisationId),
          )
          .map(({ accountId }) => ({ account: accountId })),
        about: { type: 'case', id: row.id, area: row.area },
        facts: { number: row.number },
        urgency: row.urgency,
        dedupe: at.toISOString(),
      },
    ])
    return {
      ...(goes ? { to: 'assigned' as const } : {}),
      set: {
        dispute: null,
        ...(goes
          ? {
              ...(await runningClock(call, row)).set,
              organisation_id: organisationId,
              holder_post_id: null,
              holder_account_id: null,
              assigned_at: at,
              hops: row.hops + 1,
              shared_organisations: row.shared_organisations.filter(
                (one) => one !== organisationId && one !== dispute.organisation,
              ),
            }
          : {}),
      },
      words: reason,
      detail: {
        organisation: organisationId,
        objector: dispute.organisation,
        upheld: organisationId !== dispute.organisation,
        scope,
      },
      internal: true,
    }
  }),
)

/** The community of the place, or the whole street. */
function precedentArea(row: CaseRow, { areas }: Names, scope: contract.PrecedentScope) {
  const community = scope === 'community' ? chainOf(areas, row.area)[1] : undefined
  const area = community ?? areas.root
  return { areaId: area.id, area: area.path }
}
