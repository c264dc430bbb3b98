/**
 * One act on one case, the same for all: lock → version → may they? → the act's own plan → case, entry, audit and
 * event in the same transaction → the case as the actor now sees it.
 */
import type { OperationContract } from '../../../lib/contract.ts'
import { type Actor, supervisedAreas, systemAccountId } from '../../../platform/actor.ts'
import type { Audience, Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { CaseView } from '../contract.ts'
import { decideAct, liesUnder, type PostFacts } from '../rules/decide-act.ts'
import type { Act, CaseState } from '../words.ts'
import { callOutIfUrgent } from './call-out-if-urgent.ts'
import type { CaseRow } from './case-row.ts'
import {
  type CaseChange,
  type CaseParts,
  changeCase,
  countOwnFiles,
  lockCase,
  type NewEntry,
} from './case-store.ts'
import { caseView, factsOf } from './case-view.ts'
import { dutyFacts } from './duty-facts.ts'
import type { InBatch } from './in-batch.ts'
import { endMergedCases } from './merged-closing.ts'
import { type Names, namesOf } from './names.ts'
import { seenOf } from './seen-of.ts'
import { actSettings } from './street-clocks.ts'
import { tellOfAct } from './tell-people.ts'
import { undoRecord } from './undo-record.ts'

/** What the act's plan is given. */
export interface Acting {
  row: CaseRow
  /** The narrowest post that permits the act; null for a resident. */
  post: PostFacts | null
  names: Names
  call: Call<OperationContract>
}

/** What an act does, decided by its own file. */
export interface Plan {
  /** The next state; left out when the case stays where it is. */
  to?: CaseState
  set?: Omit<CaseChange, 'state' | 'version' | 'street_id' | 'id'>
  words?: string | undefined
  detail?: Record<string, string | number | boolean | null>
  fileIds?: readonly string[]
  /** For staff only. */
  internal?: boolean
  /** A second entry of the system, such as the closing that follows a rating. */
  followedBy?: { act: Act; to: CaseState; detail?: Record<string, string | number | boolean | null> }
  /** Others were answered with it: it can not be taken back. */
  final?: boolean
  /** Cases merged into this one that went with it into its parent. */
  moved?: readonly string[]
}

/** Runs an act. Throws the refusal that the rules or the plan give; then nothing is written. */
export async function performAct<C extends OperationContract>(
  call: Call<C> & InBatch,
  act: Act,
  plan: (acting: Acting) => Promise<Plan> | Plan,
): Promise<CaseView> {
  const { tx, actor, at } = call
  const { id } = call.params as { id: string }
  const row = await lockCase(tx, actor.streetId, id)
  if (!row) throw new Refusal('cases/not-found')
  if (call.ifMatch !== undefined && call.ifMatch !== row.version) throw new Refusal('cases/stale-version')
  const settings = {
    ...(await actSettings(tx, actor.streetId, at)),
    duty: await dutyFacts(tx, actor, at),
  }
  const decision = decideAct(act, factsOf(row), actor, at, settings)
  if (!decision.ok) throw new Refusal(decision.why)
  const names = await namesOf(tx, actor.streetId)
  const done = await plan({
    row,
    post: decision.post,
    names,
    call: call as unknown as Call<OperationContract>,
  })
  await refuseForeignFiles(call, done.fileIds ?? [])
  const entries = entriesOfAct(call, act, row, decision.post, done)
  const to = done.followedBy?.to ?? done.to ?? row.state
  const ends = (to === 'closed') !== (row.state === 'closed')
  const set: CaseChange = { ...done.set, state: to }
  const undo = undoRecord(call, act, { row, set, post: decision.post, done })
  const after = await changeCase(tx, row, undo ? { ...set, undo } : set, entries, done.fileIds)
  if (ends) await endMergedCases(call, after.row, names.areas.root.path)
  call.audit({
    subjectType: 'case',
    subjectId: id,
    postId: decision.post?.id ?? null,
    detail: { act, from: row.state, to },
  })
  // An act may move the case out of the actor's own sight; what it became is then told from before.
  const seenRow = withinScope(after.row, actor) ? after.row : { ...row, state: to, version: row.version + 1 }
  call.event({ type: `case.${act}`, subjectId: id, audience: audienceOf(seenRow, row) })
  await tellOfAct(call, names.people, { act, before: row, after: after.row })
  callOutIfUrgent(call, row, after.row)
  return viewOf(call, seenRow, after.parts, names)
}

function entriesOfAct<C extends OperationContract>(
  call: Call<C>,
  act: Act,
  row: CaseRow,
  post: PostFacts | null,
  done: Plan,
): NewEntry[] {
  const shared = { at: call.at, file_ids: [...(done.fileIds ?? [])], internal: done.internal ?? false }
  const first: NewEntry = {
    ...shared,
    id: call.newId(),
    act,
    actor_id: call.actor.accountId,
    post_id: post?.id ?? null,
    from_state: row.state,
    to_state: done.to ?? null,
    words: done.words ?? null,
    detail: done.detail ?? {},
  }
  if (!done.followedBy) return [first]
  const second: NewEntry = {
    id: call.newId(),
    at: call.at,
    act: done.followedBy.act,
    actor_id: systemAccountId,
    post_id: null,
    from_state: done.to ?? row.state,
    to_state: done.followedBy.to,
    words: null,
    detail: done.followedBy.detail ?? {},
    file_ids: [],
    internal: false,
  }
  return [first, second]
}

/** A file may be attached only by whoever uploaded it. */
export async function refuseForeignFiles<C extends OperationContract>(
  call: Call<C>,
  fileIds: readonly string[],
): Promise<void> {
  const distinct = [...new Set(fileIds)]
  if (distinct.length === 0) return
  const own = await countOwnFiles(call.tx, call.actor.streetId, distinct, call.actor.accountId)
  if (own !== distinct.length) throw new Refusal('cases/file-unknown')
}

/** Whoever may see the case now, or could until this act, may hear that it changed. */
export function audienceOf(row: CaseRow, before?: CaseRow): Audience {
  if (row.guarded_by !== null)
    return { accounts: [row.guarded_by, row.reporter_id].filter((one) => one !== null) }
  const rows = before ? [row, before] : [row]
  const organisations = rows.flatMap((one) => [
    ...(one.organisation_id ? [one.organisation_id] : []),
    ...one.shared_organisations,
  ])
  const accounts = rows
    .flatMap((one) => [one.reporter_id, one.holder_account_id])
    .filter((one) => one !== null)
  return { area: row.area, organisations: [...new Set(organisations)], accounts: [...new Set(accounts)] }
}

/** What row security says of a row (policy within_scope), for a row that was just written. */
export function withinScope(row: CaseRow, { scope, accountId, posts }: Actor): boolean {
  if (row.guarded_by !== null)
    return (
      row.guarded_by === accountId ||
      row.reporter_id === accountId ||
      supervisedAreas({ posts }).some((area) => liesUnder(row.area, area))
    )
  return (
    scope.areas.some((area) => liesUnder(row.area, area)) ||
    scope.organisations.some(
      (one) => one === row.organisation_id || row.shared_organisations.includes(one),
    ) ||
    row.holder_account_id === accountId ||
    row.reporter_id === accountId
  )
}

/** The case as the actor of this call sees it. */
export async function viewOf<C extends OperationContract>(
  call: Call<C>,
  row: CaseRow,
  parts: CaseParts,
  names: Names,
): Promise<CaseView> {
  const seen = await seenOf(call, names)
  return caseView(row, parts, seen, call.services.keys)
}
