/** All SQL on swaps of shifts. */
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db.ts'
import type { SwapState } from '../rules/roster-swap.ts'

export interface SwapRow {
  readonly id: string
  readonly deskId: string
  readonly shiftId: string
  readonly returnShiftId: string | null
  readonly askedBy: string
  readonly withAccount: string
  readonly state: SwapState
  readonly reason: string | null
  readonly askedAt: Date
  readonly settledBy: string | null
}

const selectSwaps = sql`select id, desk_area_id as "deskId", shift_id as "shiftId", return_shift_id as "returnShiftId",
  asked_by as "askedBy", with_account as "withAccount", state, reason, asked_at as "askedAt", settled_by as "settledBy"
  from shift_swaps`

/** Swaps of a desk that this person may see, the open ones first. */
export function swapsOfDesk(tx: Tx, streetId: number, deskId: string): Promise<SwapRow[]> {
  return tx.many(sql<SwapRow>`${selectSwaps} where street_id = ${streetId} and desk_area_id = ${deskId}
    order by state in ('asked', 'agreed') desc, asked_at desc, id limit 50`)
}

/** Open swaps of a person, and those that wait at these desks to be settled. */
export function openSwaps(
  tx: Tx,
  streetId: number,
  accountId: string,
  deskIds: readonly string[],
): Promise<SwapRow[]> {
  return tx.many(sql<SwapRow>`${selectSwaps} where street_id = ${streetId} and state in ('asked', 'agreed')
    and (asked_by = ${accountId} or with_account = ${accountId}
      or (state = 'agreed' and desk_area_id = any(${[...deskIds]}::uuid[])))
    order by asked_at, id limit 50`)
}

export function lockSwap(tx: Tx, streetId: number, id: string): Promise<SwapRow | undefined> {
  return tx.maybe(sql<SwapRow>`${selectSwaps} where street_id = ${streetId} and id = ${id} for update`)
}

export async function insertSwap(
  tx: Tx,
  streetId: number,
  deskPath: string,
  swap: Omit<SwapRow, 'settledBy'>,
): Promise<void> {
  await tx.run(sql`insert into shift_swaps (street_id, id, desk_area_id, desk_path, shift_id, return_shift_id, asked_by,
      with_account, state, reason, asked_at)
    values (${streetId}, ${swap.id}, ${swap.deskId}, ${deskPath}::ltree, ${swap.shiftId}, ${swap.returnShiftId},
      ${swap.askedBy}, ${swap.withAccount}, ${swap.state}, ${swap.reason}, ${swap.askedAt})`)
}

/** The other's answer, or the asker's taking back. */
export async function answerSwapRow(
  tx: Tx,
  streetId: number,
  id: string,
  state: SwapState,
  at: Date,
): Promise<void> {
  await tx.run(sql`update shift_swaps set state = ${state}, answered_at = ${at}
    where street_id = ${streetId} and id = ${id}`)
}

export async function settleSwapRow(
  tx: Tx,
  streetId: number,
  id: string,
  state: SwapState,
  by: { at: Date; accountId: string },
): Promise<void> {
  await tx.run(sql`update shift_swaps set state = ${state}, settled_at = ${by.at}, settled_by = ${by.accountId}
    where street_id = ${streetId} and id = ${id}`)
}
