/** What is left of a year, made from what was booked alone: today or years later it comes out the same. */
import { createHash } from 'node:crypto'
import type { Tx } from '../../../platform/db.ts'
import { decideExpiry, yearEnd, yearText } from '../rules/year.ts'
import { yearStanding } from './ledger-store.ts'

export interface YearAsked {
  readonly area: string
  readonly year: string
  /** What was spent until then went first. */
  readonly counted: Date
  readonly keeps: number
}

export async function yearList(tx: Tx, asked: YearAsked) {
  const standing = await yearStanding(tx, asked.area, yearEnd(asked.year), asked.counted)
  const text = yearText(asked, standing)
  return {
    lines: standing
      .map(({ accountId, ...row }) => ({ accountId, points: decideExpiry(row, asked.keeps), parts: [] }))
      .filter(({ points }) => points > 0),
    text,
    sha256: createHash('sha256').update(text).digest('hex'),
  }
}
