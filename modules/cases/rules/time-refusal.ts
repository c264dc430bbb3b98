/** What comes too late, or a second time. */
import type { CaseRefusal } from '../refusals.ts'
import type { Act } from '../words.ts'
import type { ActSettings, CaseFacts } from './decide-act.ts'

const hourMs = 3_600_000

export function timeRefusal(
  act: Act,
  facts: Pick<CaseFacts, 'assignedAt' | 'closedAt' | 'longTerm' | 'rated' | 'found'>,
  at: Date,
  settings: ActSettings,
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
