/** The accounts of sponsors, shops, communities and the world outside, opened when they are first needed. */
import type { Tx } from '../../../platform/db.ts'
import { areaIndex, type IndexedArea } from '../../areas/server/index.ts'
import type { Unit } from '../ledger-words.ts'
import { openAccount } from './ledger.ts'

async function ofStreet(tx: Tx, streetId: number): Promise<IndexedArea> {
  return (await areaIndex(tx, streetId)).root
}

/** What a sponsor gave and is not promised yet; or the vouchers in its name that are still good; or what a shop is owed. */
export async function moneyAccount(
  tx: Tx,
  streetId: number,
  kind: 'reserve' | 'vouchers' | 'organisation',
  organisationId: string,
  at: Date,
): Promise<string> {
  const { path } = await ofStreet(tx, streetId)
  return openAccount(tx, { kind, unit: 'fen', holderId: organisationId, area: path, organisationId }, at)
}

/** The world outside the ledger, from which donations come and to which shops are paid. */
export async function outsideAccount(tx: Tx, streetId: number, at: Date): Promise<string> {
  const { id, path } = await ofStreet(tx, streetId)
  return openAccount(tx, { kind: 'outside', unit: 'fen', holderId: id, area: path }, at)
}

export function communityAccount(
  tx: Tx,
  kind: 'issuance' | 'redeemed' | 'expired' | 'pool',
  unit: Unit,
  community: IndexedArea,
  at: Date,
): Promise<string> {
  return openAccount(tx, { kind, unit, holderId: community.id, area: community.path }, at)
}
