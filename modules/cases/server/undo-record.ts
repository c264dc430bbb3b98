/** What an act of the desk keeps for being taken back, beside the case itself, in the same statement. */
import type { OperationContract } from '../../../lib/contract.ts'
import type { Call } from '../../../platform/operation.ts'
import type { CaseView } from '../contract.ts'
import type { PostFacts } from '../rules/decide-act.ts'
import { keepsUndo, type UndoFacts, undoRefusal, undoUntil } from '../rules/undo-act.ts'
import type { Act } from '../words.ts'
import type { CaseRow, UndoOnCase } from './case-row.ts'
import { isInstantColumn } from './case-statements.ts'
import type { CaseChange } from './case-store.ts'
import type { InBatch } from './in-batch.ts'
import type { Seen } from './seen-of.ts'

interface Changing {
  row: CaseRow
  set: CaseChange
  post: PostFacts | null
  /** Of the plan of the act: whether others were answered with it, and which merged cases went with it. */
  done: { final?: boolean; moved?: readonly string[] }
}

/**
 * Undefined for what can not be taken back. Two acts of one batch, as when many cases are accepted and given out, are
 * taken back as one.
 */
export function undoRecord<C extends OperationContract>(
  call: Call<C> & InBatch,
  act: Act,
  { row, set, post, done }: Changing,
): UndoOnCase | undefined {
  if (done.final || !keepsUndo(act, call.batch !== undefined)) return undefined
  const columns = Object.keys(set) as (keyof CaseRow)[]
  const before = Object.fromEntries(columns.map((column) => [column, row[column]]))
  const last = row.undo
  const goesOn =
    last !== null &&
    last.version === row.version &&
    last.batch !== null &&
    last.batch === call.batch?.id &&
    last.by === call.actor.accountId
  return {
    acts: goesOn ? [...last.acts, act] : [act],
    by: call.actor.accountId,
    post: post?.id ?? null,
    at: call.at.toISOString(),
    toldAt: (call.batch?.toldAt ?? call.at).toISOString(),
    version: row.version + 1,
    batch: call.batch?.id ?? null,
    before: goesOn ? { ...before, ...last.before } : before,
    moved: [...(goesOn ? last.moved : []), ...(done.moved ?? [])],
  }
}

/** The columns as they were, instants as instants. */
export function columnsBefore({ before }: UndoOnCase): CaseChange {
  return Object.fromEntries(
    Object.entries(before).map(([column, value]) => [
      column,
      typeof value === 'string' && isInstantColumn(column) ? new Date(value) : value,
    ]),
  )
}

export const undoFacts = (undo: UndoOnCase | null): UndoFacts | null =>
  undo && { ...undo, at: new Date(undo.at), toldAt: new Date(undo.toldAt) }

/** What this reader may take back now. */
export function undoView(row: CaseRow, { actor, at, settings }: Seen): CaseView['undo'] {
  const undo = undoFacts(row.undo)
  const refused = undoRefusal(undo, {
    accountId: actor.accountId,
    postIds: actor.posts.map(({ id }) => id),
    version: row.version,
    at,
    withinMinutes: settings.undoWithinMinutes,
  })
  if (undo === null || refused !== undefined) return null
  return { acts: [...undo.acts], until: undoUntil(undo, settings.undoWithinMinutes).toISOString() }
}
