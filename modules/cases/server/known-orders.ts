import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'

/** Of these orders the ones that are there, as `source number`; one statement for any number of them. */
export async function knownOrderNumbers(
  tx: Tx,
  streetId: number,
  orders: readonly { code: string; number: string }[],
): Promise<Set<string>> {
  const rows = await tx.many(
    sql<{ key: string }>`select c.outside_source || ' ' || c.outside_number as key from cases c
      join unnest(${orders.map(({ code }) => code)}::text[], ${orders.map(({ number }) => number)}::text[]) as o(source, number)
        on c.outside_source = o.source and c.outside_number = o.number
      where c.street_id = ${streetId}`,
  )
  return new Set(rows.map(({ key }) => key))
}
