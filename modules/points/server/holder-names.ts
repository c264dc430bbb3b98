/** Who an account is of, as the staff may read it: people masked. */
import type { Tx } from '../../../platform/db.ts'
import { postIndex } from '../../accounts/server/index.ts'
import { areaIndex } from '../../areas/server/index.ts'
import { peopleById } from '../../people/server/index.ts'
import type { AccountRow } from './ledger-store.ts'

/** By account id; null where it is out of sight or has no name. */
export async function holderNames(
  tx: Tx,
  streetId: number,
  rows: readonly AccountRow[],
): Promise<Map<string, string | null>> {
  const people = await peopleById(
    tx,
    streetId,
    rows.filter(({ kind }) => kind === 'person').map(({ holder_id }) => holder_id),
  )
  const { organisations } = await postIndex(tx, streetId)
  const areas = await areaIndex(tx, streetId)
  const nameOf = (row: AccountRow) =>
    row.kind === 'person'
      ? people.get(row.holder_id)?.name_masked
      : row.organisation_id
        ? organisations.get(row.organisation_id)?.name
        : areas.byId.get(row.holder_id)?.name
  return new Map(rows.map((row) => [row.id, nameOf(row) ?? null]))
}
