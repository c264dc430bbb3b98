/** All SQL on one-time codes. Phones stand here as blind indexes and codes as keyed hashes. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

export interface SmsCodeRow {
  id: string
  codeHash: string
  sentAt: Date
  expiresAt: Date
  tries: number
  usedAt: Date | null
}

/** The code that was sent last: an older one is no longer good. */
export function newestCode(tx: Tx, phoneIndex: string): Promise<SmsCodeRow | undefined> {
  return tx.maybe(sql<SmsCodeRow>`select id, code_hash as "codeHash", sent_at as "sentAt", expires_at as "expiresAt",
    tries, used_at as "usedAt" from sms_codes where phone_index = ${phoneIndex} order by sent_at desc, id desc limit 1`)
}

export async function insertCode(
  tx: Tx,
  code: { phoneIndex: string; id: string; codeHash: string; sentAt: Date; expiresAt: Date },
): Promise<void> {
  await tx.run(sql`insert into sms_codes (phone_index, id, code_hash, sent_at, expires_at)
    values (${code.phoneIndex}, ${code.id}, ${code.codeHash}, ${code.sentAt}, ${code.expiresAt})`)
}

/** Counts a wrong try, up to `limit`; returns how many there are now. */
export async function countTry(tx: Tx, phoneIndex: string, id: string, limit: number): Promise<number> {
  const row = await tx.one(
    sql<{
      tries: number
    }>`update sms_codes set tries = least(tries + 1, ${limit}) where phone_index = ${phoneIndex} and id = ${id}
      returning tries`,
  )
  return row.tries
}

/** Uses up a code; false when it was used before. */
export async function useCode(tx: Tx, phoneIndex: string, id: string, at: Date): Promise<boolean> {
  const changed = await tx.run(sql`update sms_codes set used_at = ${at}
    where phone_index = ${phoneIndex} and id = ${id} and used_at is null`)
  return changed === 1
}
