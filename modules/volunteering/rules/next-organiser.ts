import type { Day } from '../../../lib/time.ts'

export interface Turn {
  readonly organisationId: string
  readonly on: Day
}

/**
 * Whose turn it is: of those who organised here before, whoever did it longest ago. Undefined while fewer than two take
 * turns.
 */
// Rule: systems.md 003-25: a rotating unit as organiser.
export function nextOrganiser(turns: readonly Turn[]): string | undefined {
  const last = new Map<string, Day>()
  for (const { organisationId, on } of turns)
    if ((last.get(organisationId) ?? '') < on) last.set(organisationId, on)
  if (last.size < 2) return undefined
  return [...last].sort((a, b) => a[1].localeCompare(b[1]) || a[0].localeCompare(b[0]))[0]?.[0]
}
