/** How long a session lives: without use, and in all. */
export interface SessionLimits {
  idleMinutes: number
  absoluteMinutes: number
}

const month = 30 * 24 * 60

// Rule: rules.md 13.4: staff leave after 30 idle minutes. A resident's phone is their own, and a code costs a text
// message each time, so theirs lasts.
const limits: Readonly<Record<'staff' | 'resident', SessionLimits>> = {
  staff: { idleMinutes: 30, absoluteMinutes: 12 * 60 },
  resident: { idleMinutes: month, absoluteMinutes: month },
}

/**
 * Sessions that one account may have at a time; a further sign-in ends the oldest. A desk, a phone, a wall screen and
 * two to spare.
 */
// Rule: OWASP ASVS 5.0, 7.1.2: a number of sessions at a time is set, written down, and what happens beyond it too.
export const sessionsPerAccount = 5

export function sessionLimits(kind: 'staff' | 'resident'): SessionLimits {
  return limits[kind]
}
