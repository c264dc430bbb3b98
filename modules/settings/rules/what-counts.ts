/**
 * Which change of a setting counts at an instant. The reading of platform/street-settings.ts asks the database the
 * same; a test holds the two to one answer.
 */
export interface SettingChange {
  readonly id: string
  readonly act: 'set' | 'reset'
  readonly value: unknown
  readonly from: Date
  readonly changedAt: Date
  readonly changedBy: string
  readonly undone: { readonly at: Date; readonly by: string } | null
}

/** The latest to come into force first; of two from the same instant the one made later. */
export function inOrder(changes: readonly SettingChange[]): SettingChange[] {
  return [...changes].sort(
    (a, b) =>
      b.from.getTime() - a.from.getTime() ||
      b.changedAt.getTime() - a.changedAt.getTime() ||
      (a.id < b.id ? 1 : -1),
  )
}

/** The change that counts at an instant; undefined where nothing was ever set, or all of it undone. */
export function changeInForce(changes: readonly SettingChange[], at: Date): SettingChange | undefined {
  return inOrder(changes).find(({ undone, from }) => undone === null && from <= at)
}

/** Changes that are not undone and whose time is still to come, the next first. */
export function changesToCome(changes: readonly SettingChange[], at: Date): SettingChange[] {
  return inOrder(changes)
    .filter(({ undone, from }) => undone === null && from > at)
    .reverse()
}

/** Values are JSON: the same when their parts are, in whatever order an object names them. */
export function sameValue(a: unknown, b: unknown): boolean {
  return inOneSpelling(a) === inOneSpelling(b)
}

function inOneSpelling(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
