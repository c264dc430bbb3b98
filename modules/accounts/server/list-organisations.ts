import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { organisationsInOrder } from './organisation-store.ts'
import { organisationViews } from './organisation-view.ts'

/** All of them on one page: a street has some hundred at most. */
export const listOrganisations = operation(contract.listOrganisations, async ({ tx, query, actor }) => {
  const rows = await organisationsInOrder(tx, actor.streetId, query.q)
  return { items: await organisationViews(tx, actor.streetId, rows), nextCursor: null }
})
