/** What comes too late, or a second time. */
import type { CaseRefusal } from '../refusals.ts'
import type { Act } from '../words.ts'

const hourMs = 3_600_000

interface TimeFacts {
  readonly assignedAt: Date | null
  readonly closedAt: Date | null
  readonly longTerm: boolean
  readonly rated: boolean
  readonly found: boolean
}

/** Of a street's settings those that end something (decide-act.ts). */
interface TimeSettings {
  readonly returnWithinHours: number
  readonly disputeWithinHours: number
  readonly rateWithinDays: number
  readonly reopenWithinDays: number
}

export function timeRefusal(
  act: Act,
  facts: TimeFacts,
  at: Date,
  settings: TimeSettings,
): CaseRefusal | undefined {
  if (act === 'return' && facts.assignedAt !== null) {
    const hours = (at.getTime() - facts.assignedAt.getTime()) / hourMs
    return hours > settings.returnWithinHours ? 'cases/return-too-late' : undefined
  }
  if (act === 'dispute' && facts.assignedAt !== null) {
    const hours = (at.getTime() - facts.assignedAt.getTime()) / hourMs
    return hours > settings.disputeWithinHours ? 'cases/dispute-too-late' : undefined
  }
  if (act === 'reopen') {
    const { closedAt, longTerm } = facts
    if (closedAt === null || longTerm || settings.reopenWithinDays === 0) return undefined
    const days = (at.getTime() - closedAt.getTime()) / (24 * hourMs)
    return days > settings.reopenWithinDays ? 'cases/reopen-too-late' : undefined
  }
  if (act === 'find-unreasonable') return facts.found ? 'cases/finding-there' : undefined
  if (act === 'rate' || act === 'record-rating') {
    if (facts.rated) return 'cases/already-rated'
    if (
      facts.closedAt !== null &&
      at.getTime() > facts.closedAt.getTime() + settings.rateWithinDays * 24 * hourMs
    )
      return 'cases/rating-closed'
  }
  return undefined
}
