/** 派单异议: the organisation objects; a fallback or the objector itself handles meanwhile, and the clock runs. */
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { tell } from '../../messages/server/index.ts'
import * as contract from '../contract.ts'
import { adjudicateWithinHours } from '../dispute-settings.ts'
import { adjudicatorsOf, fallbackFor } from '../rules/dispute.ts'
import type { DisputeOnCase } from './case-row.ts'
import { fallbacks } from './dispute-store.ts'
import { performAct } from './perform-act.ts'

const hourMs = 3_600_000

export const disputeDuty = operation(contract.disputeDuty, (call) =>
  performAct(call, 'dispute', async ({ row, names, post }) => {
    const { tx, at, actor, body } = call
    const objector = row.organisation_id
    const named = body.organisationId ?? null
    if (objector === null) throw new Refusal('cases/not-the-holder')
    if (named !== null && (named === objector || !names.people.organisations.get(named)?.active))
      throw new Refusal('cases/organisation-unknown')
    const barred = [...row.assigned_by, actor.accountId]
    const [adjudicator] = adjudicatorsOf([...names.people.posts.values()], row.area, barred)
    if (adjudicator === undefined) throw new Refusal('cases/no-adjudicator')
    const matter = row.matter_id === null ? undefined : names.matters.byId.get(row.matter_id)
    const meanwhile = fallbackFor(await fallbacks(tx, row.street_id), matter?.code ?? '', objector)
    const fallback =
      meanwhile !== null && names.people.organisations.get(meanwhile)?.active ? meanwhile : null
    const hours = await readSetting(tx, row.street_id, adjudicateWithinHours, at)
    const dispute: DisputeOnCase = {
      organisation: objector,
      names: named,
      byAccount: actor.accountId,
      byPost: post?.id ?? null,
      reason: body.reason,
      at: at.toISOString(),
      decideBy: new Date(at.getTime() + hours * hourMs).toISOString(),
      adjudicator: adjudicator.accountId,
      adjudicatorPost: adjudicator.id,
      fallback,
    }
    tell(call, [
      {
        event: 'case.disputed',
        reader: 'desk',
        to: [{ account: adjudicator.accountId }],
        about: { type: 'case', id: row.id, area: row.area },
        facts: { number: row.number, due: dispute.decideBy },
        urgency: row.urgency,
        dedupe: dispute.at,
      },
    ])
    return {
      ...(fallback === null ? {} : { to: 'assigned' as const }),
      set: {
        dispute,
        ...(fallback === null
          ? {}
          : {
              organisation_id: fallback,
              holder_post_id: null,
              holder_account_id: null,
              // The objector keeps it in sight: the decision is about them.
              shared_organisations: [
                ...new Set([...row.shared_organisations.filter((one) => one !== fallback), objector]),
              ],
            }),
      },
      words: body.reason,
      detail: { organisation: objector, names: named, fallback, until: dispute.decideBy },
      internal: true,
    }
  }),
)
