import type { Role } from '../../../lib/contract.ts'

// Rule: rights.md, column "Contacts of the reporter": every role that may see them in clear.
const unmasking: readonly Role[] = [
  'grid-worker',
  'grid-head',
  'clerk',
  'secretary',
  'dispatcher',
  'duty-head',
  'verifier',
  'supervisor',
  'handler',
  'organisation-lead',
]

/** Whether the holder of these roles must sign in with a second factor: those that may unmask must. */
export function needsSecondFactor(roles: readonly Role[]): boolean {
  return roles.some((role) => unmasking.includes(role))
}
