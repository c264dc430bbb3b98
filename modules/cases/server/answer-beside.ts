/**
 * For a request whose subject goes on elsewhere, such as in a mediation: the resident is answered so, and told nothing of
 * what is said there. It is no solution and does not stand as one: answered as unsolved it waits for a day of review.
 */
import type { OperationContract } from '../../../lib/contract.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import type { SpecialKind } from '../special-words.ts'
import type { CaseRow } from './case-row.ts'
import { changeCase, lockCase, reporterOf } from './case-store.ts'
import { handled } from './handled.ts'
import { audienceOf } from './perform-act.ts'
import { tellOfAct } from './tell-people.ts'

export interface AnswerBeside {
  /** What it goes on as: the name of the line in its history. */
  readonly as: SpecialKind
  readonly answer: string
  readonly postId: string
}

/** Whether the desk still holds it and nothing else runs: only then it may go on elsewhere. */
export const isPlainRequest = (row: CaseRow): boolean =>
  (row.state === 'pending' || row.state === 'accepted') &&
  row.special === null &&
  row.petition === null &&
  row.task === null &&
  row.pending_approval === null &&
  row.guarded_by === null &&
  row.channel !== 'import' &&
  row.channel !== 'upstream'

/** @throws Refusal cases/not-found, cases/wrong-state */
export async function answerBeside<C extends OperationContract>(
  call: Call<C>,
  id: string,
  { as, answer, postId }: AnswerBeside,
): Promise<void> {
  const { tx, actor, at } = call
  const row = await lockCase(tx, actor.streetId, id)
  if (!row) throw new Refusal('cases/not-found')
  if (!isPlainRequest(row)) throw new Refusal('cases/wrong-state')
  const set = {
    ...handled(row, actor.accountId),
    state: 'answered' as const,
    kind: row.kind ?? 'help',
    accepted_at: row.accepted_at ?? at,
    responded_at: row.responded_at ?? at,
    outcome: 'unsolved' as const,
    answer,
    answered_at: at,
  }
  const entry = {
    id: call.newId(),
    at,
    act: as,
    actor_id: actor.accountId,
    post_id: postId,
    from_state: row.state,
    to_state: 'answered' as const,
    words: answer,
    detail: { step: 'begun' },
    file_ids: [],
    internal: false,
  }
  const { row: after } = await changeCase(tx, row, set, [entry])
  call.event({ type: `case.${as}`, subjectId: id, audience: audienceOf(after, row) })
  await tellOfAct(call, await postIndex(tx, actor.streetId), { act: 'answer-now', before: row, after })
}

/** What the person left with the request, in clear, for what they agreed to; the caller writes down that it was taken. */
export interface PersonOfRequest {
  readonly name: string | undefined
  readonly phone: string | undefined
  readonly address: string | undefined
}

/** Undefined where the person asked for confidence, or where nobody stands behind it who left anything. */
export async function contactForDispute<C extends OperationContract>(
  { tx, services }: Call<C>,
  row: CaseRow,
): Promise<PersonOfRequest | undefined> {
  const reporter = row.confidential ? undefined : await reporterOf(tx, row.id)
  if (!reporter) return undefined
  const opened = (field: 'name' | 'phone' | 'address') => {
    const sealed = reporter[`${field}_encrypted`]
    return sealed ? services.keys.open(`case_reporters.${field}.${row.id}`, sealed) : undefined
  }
  return { name: opened('name'), phone: opened('phone'), address: opened('address') }
}
