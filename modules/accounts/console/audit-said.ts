import { say } from '../../../ui/language.ts'
import { words } from './audit-screen-words.ts'

/** Outcomes are few; one that is new keeps its code. */
export const outcomeWord = (outcome: string): string =>
  outcome === 'done' || outcome === 'refused' || outcome === 'checked' ? say(words[outcome]) : outcome
