/** May this act be taken back? Pure: the operation refuses by it, and the view offers by it. */
import type { CaseRefusal } from '../refusals.ts'
import type { Act } from '../words.ts'

/** What can be put back as if it had not been done; answers and refusals only while nobody was told of them. */
const undoable: Partial<Record<Act, 'always' | 'untold'>> = {
  accept: 'always',
  assign: 'always',
  merge: 'always',
  escalate: 'always',
  'send-down': 'always',
  decline: 'untold',
  'answer-now': 'untold',
}

/** Whether an act leaves behind what is needed to take it back. `held`: those it concerns are told only later. */
export const keepsUndo = (act: Act, held: boolean): boolean =>
  undoable[act] === 'always' || (undoable[act] === 'untold' && held)

export interface UndoFacts {
  readonly acts: readonly Act[]
  readonly by: string
  readonly post: string | null
  readonly at: Date
  /** From when on those whom it concerns are told. */
  readonly toldAt: Date
  /** The version that the act left. */
  readonly version: number
  readonly batch: string | null
}

export interface UndoAsked {
  readonly accountId: string
  /** Posts that the person holds now. */
  readonly postIds: readonly string[]
  /** The version of the case now. */
  readonly version: number
  readonly at: Date
  readonly withinMinutes: number
  /** Only what this batch did. */
  readonly batch?: string | undefined
}

// Rule: issue 5 item 9; ux.md, Confirm: undo where it can be.
/** Undefined: it may be taken back. */
export function undoRefusal(undo: UndoFacts | null, asked: UndoAsked): CaseRefusal | undefined {
  if (undo === null) return 'cases/nothing-to-undo'
  if (undo.version !== asked.version) return 'cases/undo-acted-since'
  if (asked.batch !== undefined && undo.batch !== asked.batch) return 'cases/undo-acted-since'
  if (undo.by !== asked.accountId) return 'cases/undo-not-yours'
  if (undo.post !== null && !asked.postIds.includes(undo.post)) return 'cases/undo-not-yours'
  if (asked.at > undoUntil(undo, asked.withinMinutes)) {
    const untold = undo.acts.some((act) => undoable[act] === 'untold')
    return untold && asked.at >= undo.toldAt ? 'cases/undo-told' : 'cases/undo-over'
  }
  return undefined
}

/** The last instant at which it may be taken back. */
export function undoUntil(undo: Pick<UndoFacts, 'acts' | 'at' | 'toldAt'>, withinMinutes: number): Date {
  const ends = undo.at.getTime() + withinMinutes * 60_000
  const untold = undo.acts.some((act) => undoable[act] === 'untold')
  return new Date(untold ? Math.min(ends, undo.toldAt.getTime() - 1) : ends)
}
