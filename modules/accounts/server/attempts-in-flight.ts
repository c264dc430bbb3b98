/**
 * Attempts whose outcome is not counted yet. A failure is counted only after its transaction was rolled back; until
 * then it would be invisible to the guesses made beside it, and a hundred at once would all be tried.
 */
const inFlight = new Map<string, number>()

/** Enters one attempt and returns how many now run for the key, this one included. */
export function enterAttempt(key: string): number {
  const count = (inFlight.get(key) ?? 0) + 1
  inFlight.set(key, count)
  return count
}

export function leaveAttempt(key: string): void {
  const count = (inFlight.get(key) ?? 1) - 1
  if (count > 0) inFlight.set(key, count)
  else inFlight.delete(key)
}
