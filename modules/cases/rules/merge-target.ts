import type { CaseRefusal } from '../refusals.ts'
import type { CaseState } from '../words.ts'

const open: readonly CaseState[] = [
  'pending',
  'accepted',
  'assigned',
  'in-progress',
  'result-submitted',
  'answered',
]

/**
 * Why a case can not be merged into a parent; undefined when it can.
 * Rule: rights.md, merge: a parent with the same public matter. A case without a matter takes on its parent's.
 */
export function mergeRefusal(
  child: { id: string; matterId: string | null },
  parent: { id: string; state: CaseState; matterId: string | null; matterIsPublic: boolean } | undefined,
): CaseRefusal | undefined {
  if (!parent || parent.id === child.id || !open.includes(parent.state)) return 'cases/merge-target-wrong'
  const same = child.matterId === null || child.matterId === parent.matterId
  return parent.matterId !== null && parent.matterIsPublic && same ? undefined : 'cases/merge-matter-differs'
}
