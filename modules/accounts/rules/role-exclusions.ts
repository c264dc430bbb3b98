import type { Role } from '../../../lib/contract.ts'

const administrators: readonly Role[] = ['system-admin', 'security-admin', 'audit-admin']

/** Whether one person may hold all these roles at the same time. */
// Rule: rights.md, "Roles": no two of the three administrator roles, nor one of them with any other role.
export function mayHoldTogether(roles: readonly Role[]): boolean {
  const distinct = new Set(roles)
  return distinct.size < 2 || !administrators.some((role) => distinct.has(role))
}
