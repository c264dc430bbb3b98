/** What a staff password must be. Decision 0016 says why it may stay and has no history. */
import { isCommonPassword } from './common-password.ts'

export type PasswordFault = 'too-short' | 'too-few-classes' | 'holds-username' | 'too-common'

const leastCharacters = 10
const leastClasses = 3
const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}\s]/u]

/**
 * What is wrong with a password, if anything. Length counts characters, not bytes; Chinese characters are of the
 * fourth class.
 */
// Rule: GB/T 22239-2019 8.1.4.1, level 3 (rules.md 13.2): at least 10 characters of 3 classes.
export function decidePassword(
  password: string,
  username: string,
): { ok: true } | { ok: false; fault: PasswordFault } {
  if ([...password].length < leastCharacters) return { ok: false, fault: 'too-short' }
  if (classes.filter((one) => one.test(password)).length < leastClasses)
    return { ok: false, fault: 'too-few-classes' }
  if (password.toLowerCase().includes(username.toLowerCase())) return { ok: false, fault: 'holds-username' }
  if (isCommonPassword(password)) return { ok: false, fault: 'too-common' }
  return { ok: true }
}
