/** Slips: the sealed query code of a case, and who finds a case by it without being signed in. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

export async function findSlipCode(tx: Tx, streetId: number, caseId: string): Promise<string | undefined> {
  const row = await tx.maybe(
    sql<{ code: string }>`select code_encrypted as code from case_slips
      where street_id = ${streetId} and case_id = ${caseId}`,
  )
  return row?.code
}

/** False when the case got its slip from somebody else at the same moment. */
export async function addSlip(
  tx: Tx,
  slip: { streetId: number; caseId: string; sealed: string; index: string; at: Date },
): Promise<boolean> {
  const { streetId, caseId, sealed, index, at } = slip
  const added = await tx.run(
    sql`insert into case_slips (street_id, case_id, code_encrypted, code_index, created_at)
      values (${streetId}, ${caseId}, ${sealed}, ${index}, ${at}) on conflict do nothing`,
  )
  return added === 1
}

/** Across streets, for whoever asks is not signed in. */
export function caseOfSlip(
  tx: Tx,
  index: string,
): Promise<{ street_id: number; case_id: string } | undefined> {
  return tx.maybe(
    sql<{ street_id: number; case_id: string }>`select street_id, case_id from case_of_slip(${index})`,
  )
}

export async function streetName(tx: Tx, streetId: number): Promise<string> {
  const row = await tx.one(sql<{ name: string }>`select name from streets where street_id = ${streetId}`)
  return row.name
}

/** Where the street's tree begins; readable with the street alone. */
export async function rootPath(tx: Tx, streetId: number): Promise<string> {
  const row = await tx.one(
    sql<{ path: string }>`select path::text from areas where street_id = ${streetId} and parent_id is null`,
  )
  return row.path
}
