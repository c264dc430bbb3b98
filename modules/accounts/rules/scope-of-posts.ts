import type { Role } from '../../../lib/contract.ts'

/** What a scope needs to know of a post; the platform's Post has it. */
export interface ScopedPost {
  role: Role
  areaPath: string | null
  organisationId: string | null
}

// Rule: rights.md, "Roles and what they see". The three administrators see no case at all.
const areaRoles: readonly Role[] = [
  'micro-grid-member',
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
  'viewer',
]
const organisationRoles: readonly Role[] = ['handler', 'organisation-lead']

/**
 * The union of what posts let a person see: the tops of area subtrees (a path under another one is left out) and
 * organisations, each once and in order.
 */
export function scopeOfPosts(posts: readonly ScopedPost[]): { areas: string[]; organisations: string[] } {
  const areas = new Set<string>()
  const organisations = new Set<string>()
  for (const post of posts) {
    if (post.areaPath !== null && areaRoles.includes(post.role)) areas.add(post.areaPath)
    if (post.organisationId !== null && organisationRoles.includes(post.role))
      organisations.add(post.organisationId)
  }
  const isUnderAnother = (path: string) => [...areas].some((top) => path.startsWith(`${top}.`))
  return {
    areas: [...areas].filter((path) => !isUnderAnother(path)).sort(),
    organisations: [...organisations].sort(),
  }
}
