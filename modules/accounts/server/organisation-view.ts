import type { Tx } from '../../../platform/db.ts'
import { areaRefs } from '../../areas/server/index.ts'
import type { OrganisationView } from '../contract.ts'
import type { OrganisationRow } from './organisation-store.ts'

/** The view of each row, in the same order; areas are looked up in one round trip. */
export async function organisationViews(
  tx: Tx,
  streetId: number,
  rows: readonly OrganisationRow[],
): Promise<OrganisationView[]> {
  const areas = await areaRefs(
    tx,
    streetId,
    rows.flatMap((row) => row.areaIds),
  )
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    active: row.active,
    signsIn: row.signsIn,
    answersNeedApproval: row.answersNeedApproval,
    version: row.version,
    areas: row.areaIds.flatMap((id) => {
      const area = areas.get(id)
      return area === undefined ? [] : [area]
    }),
  }))
}
