/**
 * The clocks of a petition 信访, and which acts of the loop it leaves room for.
 * Rule: 信访工作条例 (2022) art. 22, 23, 34 (rules.md §16): fifteen natural days from receipt until the petitioner is told in
 * writing who takes it on, sixty from then until it is settled, thirty more once with approval.
 */
import { addDays, type Day, startOfDay } from '../../../lib/time.ts'
import { petitionRuleWords } from '../petition-words.ts'
import type { CaseRefusal } from '../refusals.ts'
import type { Act } from '../words.ts'
import type { ClockSpan } from './clock.ts'
import { deadlineOf, withProvisionalNote } from './start-clocks.ts'
import type { Transition } from './transition.ts'
import type { WorkingCalendar } from './working-days.ts'

export const noticeSpan: ClockSpan = { amount: 15, unit: 'natural-days' }
export const settleSpan: ClockSpan = { amount: 60, unit: 'natural-days' }
export const extensionSpan: ClockSpan = { amount: 30, unit: 'natural-days' }

export interface PetitionClocks {
  /** Until when the petitioner hears in writing. */
  readonly noticeBy: Date
  /** Until when it is settled; before anybody took it on, counted from the last day on which that may be told. */
  readonly settleBy: Date
  readonly words: { readonly zh: string; readonly en: string }
  readonly provisional: boolean
}

/** `takenOn`: the day on which it was told that it is taken on; null until then. */
export function petitionClocks(
  receivedOn: Day,
  takenOn: Day | null,
  calendar: WorkingCalendar,
): PetitionClocks {
  const notice = deadlineOf(startOfDay(receivedOn), noticeSpan, calendar)
  const settle = deadlineOf(
    startOfDay(takenOn ?? addDays(receivedOn, noticeSpan.amount)),
    settleSpan,
    calendar,
  )
  const missing = settle.missingYear ?? notice.missingYear
  return {
    noticeBy: notice.at,
    settleBy: settle.at,
    words: missing === undefined ? petitionRuleWords : withProvisionalNote(petitionRuleWords, missing),
    provisional: missing !== undefined,
  }
}

/** The last instant to which a petition may be put off: thirty natural days after its deadline, and only once. */
export const latestPetitionEnd = (settleBy: Date, calendar: WorkingCalendar): Date =>
  deadlineOf(settleBy, extensionSpan, calendar).at

/** What an act needs to know of a petition. */
export interface PetitionFacts {
  /** The organisation that may decide has taken it on. */
  readonly takenOn: boolean
  readonly extended: boolean
}

type ActRow = Pick<Transition, 'act' | 'onlyPetition'>

/** What else may be done on a petition, beside its own acts: nothing that would run it as an ordinary order. */
const alsoOnPetitions: ReadonlySet<Act> = new Set(['add', 'approve', 'refuse', 'supervise', 'unmask'])

/** Whether an act can ever be done on this case: acts of a petition on a petition alone, and few others there. */
export const petitionAllows = ({ act, onlyPetition }: ActRow, petition: PetitionFacts | null): boolean =>
  petition === null ? !onlyPetition : onlyPetition === true || alsoOnPetitions.has(act)

/** Why an act may not be done now; the state of the case is asked for elsewhere. */
export function petitionRefusal(row: ActRow, petition: PetitionFacts | null): CaseRefusal | undefined {
  if (!petitionAllows(row, petition)) return petition === null ? 'cases/not-petition' : 'cases/is-petition'
  if (petition === null) return undefined
  const { takenOn, extended } = petition
  if (row.act === 'notice-petition') return takenOn ? 'cases/wrong-state' : undefined
  if (row.act !== 'extend-petition' && row.act !== 'settle-petition') return undefined
  if (!takenOn) return 'cases/wrong-state'
  return row.act === 'extend-petition' && extended ? 'cases/petition-extended' : undefined
}
