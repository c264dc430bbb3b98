/** The beginning of a run: its list as it comes out of the ledger, and the points on it held back from then on. */
import type { Tx } from '../../../platform/db.ts'
import type { IndexedArea } from '../../areas/server/index.ts'
import type { ListLine } from '../rules/quarter.ts'
import { isYear } from '../rules/year.ts'
import { reserveTransfer } from './ledger.ts'
import { balancesOf } from './ledger-store.ts'
import { insertLines, insertRun } from './run-store.ts'
import { communityAccount } from './system-accounts.ts'

export interface RunBegun {
  readonly area: IndexedArea
  readonly quarter: string
  readonly cutoff: Date
  readonly rateFen: number
  readonly leastPoints: number
  readonly keeps: number
  readonly list: { readonly lines: readonly ListLine[]; readonly text: string; readonly sha256: string }
  /** Null where the system prepares it. */
  readonly by: string | null
}

interface Beginning {
  readonly tx: Tx
  readonly actor: { readonly accountId: string; readonly streetId: number }
  readonly at: Date
  newId(): string
}

/** The run's id; undefined when nobody has anything on it, `exists` when there is one already. */
export async function beginRun(call: Beginning, begun: RunBegun): Promise<string | 'exists' | undefined> {
  const { tx, actor, at } = call
  const { area, list } = begun
  const balances = await balancesOf(
    tx,
    list.lines.map(({ accountId }) => accountId),
  )
  // What somebody gave away since then cannot be held any more; the list still says what they had.
  const lines = list.lines
    .map(({ accountId, points, parts }) => ({
      account_id: accountId,
      points: Math.min(points, balances.get(accountId)?.available ?? 0),
      parts,
      hold_id: call.newId(),
    }))
    .filter(({ points }) => points > 0)
  if (lines.length === 0) return undefined
  const run = {
    id: call.newId(),
    areaId: area.id,
    area: area.path,
    quarter: begun.quarter,
    cutoff: begun.cutoff,
    rateFen: begun.rateFen,
    leastPoints: begun.leastPoints,
    keeps: begun.keeps,
    list: list.text,
    sha256: list.sha256,
    points: lines.reduce((sum, { points }) => sum + points, 0),
    by: begun.by,
    at,
  }
  if (!(await insertRun(tx, actor.streetId, run))) return 'exists'
  const year = isYear(begun.quarter)
  const to = await communityAccount(tx, year ? 'expired' : 'redeemed', 'points', area, at)
  for (const line of lines)
    await reserveTransfer(tx, {
      id: line.hold_id,
      cause: year ? 'expire' : 'redeem',
      lines: [
        { accountId: line.account_id, amount: -line.points },
        { accountId: to, amount: line.points },
      ],
      subject: { type: 'quarter-run', id: run.id },
      by: actor.accountId,
      at,
    })
  await insertLines(tx, actor.streetId, run, lines)
  return run.id
}
