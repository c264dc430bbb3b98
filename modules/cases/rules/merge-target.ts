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

/** What makes two matters the same; each version of the catalogue gives them ids of its own. */
export interface MatterKey {
  standard: string
  code: string
}

/**
 * Why a case can not be merged into a parent; undefined when it can.
 * Rule: rights.md, merge: a parent with the same public matter. A case without a matter takes on its parent's.
 * Rule: issue 3 item 1: what one person said to two lines above is one word that came twice (`sameWord`); joining it shows
 * nobody else's matter, so a private one may be joined too.
 */
export function mergeRefusal(
  child: { id: string; matter: MatterKey | null },
  parent: { id: string; state: CaseState; matter: (MatterKey & { isPublic: boolean }) | null } | undefined,
  sameWord = false,
): CaseRefusal | undefined {
  if (!parent || parent.id === child.id || !open.includes(parent.state)) return 'cases/merge-target-wrong'
  const { matter } = parent
  if (sameWord) return undefined
  if (matter === null || !matter.isPublic) return 'cases/merge-matter-differs'
  const same =
    child.matter === null || (child.matter.standard === matter.standard && child.matter.code === matter.code)
  return same ? undefined : 'cases/merge-matter-differs'
}
