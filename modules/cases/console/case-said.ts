/** Parts of a case in the reader's language: its state as tone and word, who holds it, where it is. */
import { language, say, wordsNow } from '../../../ui/language.ts'
import { dayWords } from '../../../ui/time-words.ts'
import type { Tone } from '../../../ui/tones.ts'
import { holderText, isLongTerm, postText, stateText } from '../case-cells.ts'
import type { ByPost, CaseSummary } from '../contract.ts'
import { kindNames } from '../messages.ts'
import { words } from './case-screen-words.ts'

type Stated = Pick<CaseSummary, 'state' | 'clock' | 'reviewOn'>

/** Lateness belongs to the clock; the state's own shape stays calm. */
export function toneOf(row: Stated): Tone {
  if (isLongTerm(row)) return 'long-term'
  if (row.state === 'answered') return 'answered'
  if (row.state === 'closed' || row.state === 'declined' || row.state === 'merged') return 'closed'
  return row.state === 'in-progress' || row.state === 'result-submitted' ? 'moving' : 'waiting'
}

export const stateWord = (row: Stated): string => stateText(row, language.value, wordsNow)
export const postWords = (by: ByPost): string => postText(by, language.value)
export const holderWords = (row: Pick<CaseSummary, 'holder'>): string => holderText(row, language.value)
export const deskWords = ({ desk }: Pick<CaseSummary, 'desk'>): string =>
  say(words.deskIs, { desk: say(desk === 'community' ? words.deskCommunity : words.deskStreet) })
export const kindWords = ({ kind }: Pick<CaseSummary, 'kind'>): string => (kind ? say(kindNames[kind]) : '')

/** Which clock runs, in words. */
export const clockLabel = ({ clock }: Pick<CaseSummary, 'clock'>): string =>
  clock.which === null ? '' : say(clock.which === 'response' ? words.responseClock : words.finishClock)

export const ruleWords = ({ clock }: Pick<CaseSummary, 'clock'>): string | null =>
  clock.rule ? say(clock.rule) : null

/** A day of the street, '2026-09-25', in words. */
export const dayOfStreet = (day: string): string => dayWords(`${day}T00:00:00+08:00`)
