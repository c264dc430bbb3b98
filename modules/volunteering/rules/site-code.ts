/** A keyed hash of a text, base64url: the key stands outside the database. */
export type KeyedHash = (text: string) => string

/** A code is shown for one step and taken for one more: it is never older than sixty seconds. */
// Rule: issue point 3, rules.md §8: a rotating code on site of sixty seconds at most.
export const stepMs = 30_000

/** Wrong codes that one person may try for a shift in ten minutes. */
export const codeTries = 10
export const codeTryWindowSeconds = 600

/** Of six digits. It follows from a key outside the database, so there is nothing to read out or to write in. */
function codeAt(hash: KeyedHash, shiftId: string, step: number): string {
  const bytes = Buffer.from(hash(`${shiftId}:${step}`), 'base64url')
  return String(bytes.readUInt32BE(0) % 1_000_000).padStart(6, '0')
}

/** What the board on site shows now, and for how long. */
export function shownCode(hash: KeyedHash, shiftId: string, at: Date): { code: string; nextAt: Date } {
  const step = Math.floor(at.getTime() / stepMs)
  return { code: codeAt(hash, shiftId, step), nextAt: new Date((step + 1) * stepMs) }
}

export function isSiteCode(hash: KeyedHash, shiftId: string, given: string, at: Date): boolean {
  const step = Math.floor(at.getTime() / stepMs)
  const code = given.normalize('NFKC').replace(/\s/g, '')
  return code === codeAt(hash, shiftId, step) || code === codeAt(hash, shiftId, step - 1)
}

/** How long before its start and after its end a shift's codes are taken. */
const earlyMs = 60 * 60_000
const lateMs = 3 * 60 * 60_000

export function isOnSiteTime(shift: { starts_at: Date; ends_at: Date }, at: Date): boolean {
  return (
    at.getTime() >= shift.starts_at.getTime() - earlyMs && at.getTime() <= shift.ends_at.getTime() + lateMs
  )
}
