/** What somebody without an account may rate by number and code: what was answered to them. */
import type { CaseState } from '../words.ts'

/**
 * A merged case is answered with the case it went into and keeps a rating of its own (issue 5, point 6). A petition has its
 * own ways to complain and a duty task nobody to ask.
 */
export function asksForRating(row: {
  readonly state: CaseState
  readonly answered_at: Date | null
  readonly petition: unknown
  readonly task: unknown
}): boolean {
  if (row.petition !== null || row.task !== null) return false
  return (
    row.state === 'answered' || row.state === 'closed' || (row.state === 'merged' && row.answered_at !== null)
  )
}
