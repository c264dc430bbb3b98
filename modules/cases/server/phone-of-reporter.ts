import { sql } from 'kysely'
import type { ContactFinder } from '../../messages/server/index.ts'

/** The phone that somebody without an account left with their case; none once it was erased. For the worker alone. */
export const phoneOfReporter: ContactFinder = async ({ tx, keys, streetId }, caseId) => {
  const row = await tx.maybe(
    sql<{
      phone: string | null
    }>`select phone_encrypted as phone from case_reporters where street_id = ${streetId} and case_id = ${caseId}`,
  )
  return row?.phone ? keys.open(`case_reporters.phone.${caseId}`, row.phone) : undefined
}
