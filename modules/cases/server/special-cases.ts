/**
 * The door for kinds of case that another module runs with records of its own: it opens the case and takes its steps;
 * number, history, clock, ladder, sight and live events stay those of every case. The caller has decided who may.
 */
import type { OperationContract } from '../../../lib/contract.ts'
import { bigrams } from '../../../lib/text.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { SpecialKind } from '../special-words.ts'
import type { CaseState, Channel, Desk, Urgency } from '../words.ts'
import { takeCaseNumber } from './case-number.ts'
import type { CaseRow, ClockRuleOnCase } from './case-row.ts'
import { type CaseChange, changeCase, insertCase, lockCase, type NewEntry } from './case-store.ts'
import { freshCase } from './fresh-case.ts'
import { audienceOf, refuseForeignFiles } from './perform-act.ts'

export interface NewSpecialCase {
  readonly id: string
  readonly special: SpecialKind
  readonly title: string
  readonly text: string
  readonly channel: Channel
  readonly urgency: Urgency
  readonly state: Extract<CaseState, 'pending' | 'accepted'>
  readonly desk: Desk
  readonly area: { readonly id: string; readonly path: string }
  readonly placeText?: string | undefined
  /** WGS-84. */
  readonly point?: { readonly lng: number; readonly lat: number } | undefined
  /** Both or neither: the deadline and the rule that set it. */
  readonly clock?: { readonly dueAt: Date; readonly rule: ClockRuleOnCase } | undefined
  /** What stands as the answer unless somebody writes another: nobody reported it who would be told. */
  readonly answer?: string | undefined
  readonly fileIds?: readonly string[] | undefined
  readonly postId: string | null
}

/** @throws Refusal cases/file-unknown, cases/id-taken */
export async function openSpecialCase<C extends OperationContract>(
  call: Call<C>,
  asked: NewSpecialCase,
): Promise<CaseRow> {
  const { actor, at } = call
  const { special, title, text, state, area, point, clock, fileIds = [] } = asked
  await refuseForeignFiles(call, fileIds)
  const row: CaseRow = {
    ...freshCase,
    street_id: actor.streetId,
    id: asked.id,
    number: await call.takeNumber((pool) => takeCaseNumber(pool, actor, at)),
    special,
    kind: null,
    matter_id: null,
    title,
    text,
    channel: asked.channel,
    state,
    urgency: asked.urgency,
    desk: asked.desk,
    area_id: area.id,
    area: area.path,
    lng: point?.lng ?? null,
    lat: point?.lat ?? null,
    source_datum: point ? 'wgs84' : null,
    place_text: asked.placeText ?? null,
    building_id: null,
    reporter_id: null,
    filed_by: actor.accountId,
    on_behalf: false,
    confidential: false,
    created_at: at,
    accepted_at: state === 'accepted' ? at : null,
    draft_answer: asked.answer ?? null,
    ...(clock ? { clock_start_at: at, due_at: clock.dueAt, clock_rule: clock.rule } : {}),
  }
  await insertCase(call.tx, row, {
    entry: {
      ...entryOf(call, special, { step: 'opened', fileIds, postId: asked.postId }),
      to_state: state,
    },
    reporter: null,
    terms: bigrams(`${row.number} ${title} ${text} ${row.place_text ?? ''}`),
    fileIds,
  })
  call.event({ type: `case.${special}`, subjectId: row.id, audience: audienceOf(row) })
  return row
}

export interface CaseStep {
  /** What happened, beside the kind in the history: a code, and no words of anybody where the case is confidential. */
  readonly step: string
  readonly to?: CaseState
  readonly set?: Omit<CaseChange, 'state' | 'version' | 'street_id' | 'id' | 'special'>
  readonly words?: string | undefined
  readonly fileIds?: readonly string[] | undefined
  readonly postId: string | null
}

/** @throws Refusal cases/not-found outside the actor's sight, cases/file-unknown */
export async function stepSpecialCase<C extends OperationContract>(
  call: Call<C>,
  id: string,
  special: SpecialKind,
  step: CaseStep | ((row: CaseRow) => CaseStep),
): Promise<CaseRow> {
  const { tx, actor } = call
  const row = await lockCase(tx, actor.streetId, id)
  if (!row) throw new Refusal('cases/not-found')
  const taken = typeof step === 'function' ? step(row) : step
  await refuseForeignFiles(call, taken.fileIds ?? [])
  const entry = {
    ...entryOf(call, special, taken),
    from_state: row.state,
    to_state: taken.to ?? null,
  }
  const set = { ...taken.set, special, state: taken.to ?? row.state }
  const { row: after } = await changeCase(tx, row, set, [entry], taken.fileIds)
  call.event({ type: `case.${special}`, subjectId: id, audience: audienceOf(after, row) })
  return after
}

function entryOf<C extends OperationContract>(
  call: Call<C>,
  act: SpecialKind,
  { step, words, fileIds = [], postId }: CaseStep,
): NewEntry {
  return {
    id: call.newId(),
    at: call.at,
    act,
    actor_id: call.actor.accountId,
    post_id: postId,
    from_state: null,
    to_state: null,
    words: words ?? null,
    detail: { step },
    file_ids: [...fileIds],
    internal: false,
  }
}
