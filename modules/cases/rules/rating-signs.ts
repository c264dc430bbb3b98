/**
 * Signs that ratings were coaxed or given for others. A sign accuses nobody: it asks for a call by somebody who does not
 * know the rating. What is written down at a desk or in a call-back is many people's by its nature and never a sign.
 * Rule: edge.md 4.5: one phone or session for many, a burst before a cut-off; nothing is deleted.
 */
import { addDays, dayOf } from '../../../lib/time.ts'
import type { RatingSign, RatingWay } from '../trust-words.ts'

export interface RatingTrace {
  readonly caseId: string
  readonly at: Date
  readonly way: RatingWay
  /** Whose word it is: the account, else the contact that was written down. */
  readonly person: string
  readonly phone: string | null
  readonly session: string | null
  readonly organisation: string | null
  /** Satisfied or mostly. */
  readonly content: boolean
}

export const signLimits = {
  /** So many different people through one phone or session within a day. */
  people: 3,
  withinHours: 24,
  /** So much praise for one organisation within so many minutes. */
  burst: 8,
  burstMinutes: 20,
  /** Figures are taken at the end of the month: its last days are before a cut-off. */
  cutOffDays: 2,
} as const

const minuteMs = 60_000
const byThemselves: readonly RatingWay[] = ['app', 'link']
const within = (one: RatingTrace, other: RatingTrace, minutes: number): boolean =>
  Math.abs(one.at.getTime() - other.at.getTime()) <= minutes * minuteMs

/** The last days of a month, of the street's time. */
export function beforeCutOff(at: Date): boolean {
  const today = dayOf(at)
  return addDays(today, signLimits.cutOffDays).slice(0, 7) !== today.slice(0, 7)
}

export interface Flagged {
  readonly sign: RatingSign
  /** Every rating that makes the sign, the new one among them. */
  readonly caseIds: readonly string[]
}

/** `recent` holds the ratings before this one, in any order. */
export function signsOf(now: RatingTrace, recent: readonly RatingTrace[]): Flagged[] {
  if (!byThemselves.includes(now.way)) return []
  const all = [now, ...recent.filter((one) => one.caseId !== now.caseId && byThemselves.includes(one.way))]
  const flagged = (sign: RatingSign, makers: readonly RatingTrace[]): Flagged => ({
    sign,
    caseIds: makers.map(({ caseId }) => caseId),
  })
  const through = (key: 'phone' | 'session', sign: RatingSign): Flagged[] => {
    if (now[key] === null) return []
    const same = all.filter((one) => one[key] === now[key] && within(one, now, signLimits.withinHours * 60))
    const people = new Set(same.map(({ person }) => person))
    return people.size >= signLimits.people ? [flagged(sign, same)] : []
  }
  const praise = all.filter(
    (one) =>
      now.organisation !== null &&
      one.organisation === now.organisation &&
      one.content &&
      within(one, now, signLimits.burstMinutes),
  )
  const burst = now.content && beforeCutOff(now.at) && praise.length >= signLimits.burst
  return [
    ...through('phone', 'one-phone'),
    ...through('session', 'one-session'),
    ...(burst ? [flagged('burst', praise)] : []),
  ]
}
