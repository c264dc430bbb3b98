/** Failed sign-ins of one account. */
export interface SignInRecord {
  failures: number
  lockedUntil: Date | null
}

// Rule: rules.md 13.4: five failures or more lock for 10 to 30 minutes.
export const failuresBeforeLock = 5
export const lockMinutes = 15

export function isLocked(record: SignInRecord, at: Date): boolean {
  return record.lockedUntil !== null && at < record.lockedUntil
}

/** Seconds until the lock opens, rounded up; 0 when it is open. */
export function secondsLocked(record: SignInRecord, at: Date): number {
  if (record.lockedUntil === null) return 0
  return Math.max(0, Math.ceil((record.lockedUntil.getTime() - at.getTime()) / 1000))
}

/** The record after one more failure. A lock that has passed begins a new count. */
export function afterFailure(record: SignInRecord, at: Date): SignInRecord {
  if (isLocked(record, at)) return record
  const failures = (record.lockedUntil === null ? record.failures : 0) + 1
  const locks = failures >= failuresBeforeLock
  return { failures, lockedUntil: locks ? new Date(at.getTime() + lockMinutes * 60_000) : null }
}
