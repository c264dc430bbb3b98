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

export function sessionLimits(kind: 'staff' | 'resident'): SessionLimits {
  return limits[kind]
}
