import type { Desk } from '../words.ts'

/**
 * Where a new case waits. Rule: rights.md: the community desk of its place; without a place, or when only departments
 * can settle its matter, the street desk. A case without a matter is for the community to look at first.
 */
export function startingDesk(facts: { hasPlace: boolean; matterLevel: string | null }): Desk {
  if (!facts.hasPlace) return 'street'
  return facts.matterLevel === 'department' ? 'street' : 'community'
}
