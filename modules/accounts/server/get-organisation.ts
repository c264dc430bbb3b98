import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { organisationDetail } from './organisation-detail.ts'

export const getOrganisation = operation(
  contract.getOrganisation,
  async ({ tx, services, actor, params }) => {
    const found = await organisationDetail(tx, services.keys, actor.streetId, params.id)
    if (found === undefined) throw new Refusal('accounts/not-found')
    return found
  },
)
