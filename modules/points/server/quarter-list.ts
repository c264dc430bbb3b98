/** The list of a run, made from the ledger alone: today or years later it comes out the same. */
import { createHash } from 'node:crypto'
import type { Tx } from '../../../platform/db.ts'
import { allocatePoints } from '../rules/allocate-points.ts'
import { type ListLine, listText } from '../rules/quarter.ts'
import { awardsBefore } from './earning-store.ts'
import { standingAt } from './ledger-store.ts'

export interface QuarterAsked {
  readonly area: string
  readonly quarter: string
  readonly cutoff: Date
  readonly rateFen: number
  readonly leastPoints: number
}

export interface QuarterList {
  readonly lines: readonly ListLine[]
  readonly text: string
  readonly sha256: string
}

/** Everybody with the least points at the cutoff, and whose reserve pays for which of them. */
export async function quarterList(tx: Tx, streetId: number, asked: QuarterAsked): Promise<QuarterList> {
  const standing = (await standingAt(tx, asked.area, 'points', asked.cutoff)).filter(
    ({ amount }) => amount >= asked.leastPoints,
  )
  const awards = new Map<string, { points: number; reserveId: string | null }[]>()
  const ids = standing.map(({ account_id }) => account_id)
  for (const { account_id, points, reserve_id } of await awardsBefore(tx, streetId, ids, asked.cutoff))
    awards.set(account_id, [...(awards.get(account_id) ?? []), { points, reserveId: reserve_id }])
  const lines = standing.map(({ account_id, amount }): ListLine => {
    const earned = awards.get(account_id) ?? []
    const gone = Math.max(0, earned.reduce((sum, { points }) => sum + points, 0) - amount)
    const parts = allocatePoints(earned, gone, amount)
    return {
      accountId: account_id,
      points: amount,
      parts: parts.map((part) => ({ ...part, fen: part.points * asked.rateFen })),
    }
  })
  const text = listText(asked, lines)
  return { lines, text, sha256: createHash('sha256').update(text).digest('hex') }
}
