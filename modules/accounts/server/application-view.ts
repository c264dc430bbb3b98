import type { OperationContract } from '../../../lib/contract.ts'
import type { Call } from '../../../platform/operation.ts'
import { areaRefs } from '../../areas/server/index.ts'
import type { ApplicationView } from '../contract.ts'
import { displayNames } from './display-names.ts'
import type { ApplicationRow } from './recruit-store.ts'

/** In the same order. A resident is a masked phone; who they are is told when they are put in post. */
export async function applicationViews(
  { tx, actor, services }: Pick<Call<OperationContract>, 'tx' | 'actor' | 'services'>,
  rows: readonly ApplicationRow[],
): Promise<ApplicationView[]> {
  const names = await displayNames(
    tx,
    services.keys,
    rows.map(({ accountId }) => accountId),
  )
  const areas = await areaRefs(
    tx,
    actor.streetId,
    rows.map(({ areaId }) => areaId),
  )
  return rows.flatMap(({ id, accountId, areaId, pool, words, state, reason }) => {
    const area = areas.get(areaId)
    return area ? [{ id, area, pool, words, state, reason, displayName: names.get(accountId) ?? '' }] : []
  })
}
