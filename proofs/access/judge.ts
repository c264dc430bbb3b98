/** Holds an answer against what the oracle says. */
import type { Say } from '../access-oracle.ts'
import type { Answer } from './http-caller.ts'

/** Refusals that mean "not you", as against "not so" or "not now". */
const accessCodes = new Set([
  'platform/not-signed-in',
  'platform/not-for-your-role',
  'platform/not-found',
  'cases/not-found',
  'cases/not-your-act',
  'cases/not-at-your-desk',
  'cases/not-the-holder',
  'cases/not-the-reporter',
  'cases/handler-may-not-check',
  'cases/handler-may-not-close',
  'cases/asker-may-not-approve',
  'cases/confidential',
  'cases/on-behalf-needs-staff',
  'accounts/not-found',
  'accounts/not-your-leave',
  'areas/not-found',
])

/** What a refusal of something that the person may not even know of must look like. */
const unseenCodes = new Set([
  'platform/not-for-your-role',
  'cases/not-found',
  'accounts/not-found',
  'accounts/desk-not-found',
  'areas/not-found',
  // The same for an area that is nowhere as for one of another street.
  'accounts/area-not-found',
  'areas/grouping-area-unknown',
  'safety/area-unknown',
  'platform/not-found',
])

export interface Verdict {
  readonly violation: string | undefined
  /** Right in the end, but the answer did not come from a question of rights: the probe's input should be better. */
  readonly beside: boolean
}

const fine: Verdict = { violation: undefined, beside: false }
const violation = (what: string): Verdict => ({ violation: what, beside: false })

/** `unseen`: the subject must look as if it did not exist. `list`: an empty answer is as good as a refusal. */
export function judge(expected: Say, answer: Answer, more: { unseen: boolean; list?: boolean }): Verdict {
  if (answer.status >= 500) return violation(`${answer.status} instead of an answer`)
  const done = answer.status < 400
  if (more.unseen && !done && !unseenCodes.has(answer.code))
    return violation(`${answer.code} tells that something unseen is there`)
  if (expected === 'unsaid') return fine
  if (expected === 'no') {
    if (done && !more.list) return violation('done by one who may not')
    return { violation: undefined, beside: !done && !accessCodes.has(answer.code) }
  }
  if (accessCodes.has(answer.code)) return violation(`refused (${answer.code}) to one who may`)
  return { violation: undefined, beside: !done }
}
