/** The press that gives a hazard or a violation out: who sees to it, until when; the same for both. */
import { type Day, endOfDay } from '../../../lib/time.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { postIndex } from '../../accounts/server/index.ts'
import type { SpecialKind } from '../../cases/contract.ts'
import { type CaseRow, stepSpecialCase } from '../../cases/server/index.ts'
import { tell } from '../../messages/server/index.ts'
import { desk } from '../contract.ts'
import { type Acting, postOver } from './acting.ts'

export interface Holder {
  readonly organisationId: string | null
  readonly post: { readonly id: string; readonly accountId: string } | null
  /** Accounts that hear of it. */
  readonly accounts: readonly string[]
}

/** One organisation that works here, or one post that holds an area. @throws Refusal safety/holder-unknown */
export async function holderOf(
  { tx, actor }: Acting,
  asked: { readonly organisationId?: string; readonly postId?: string },
): Promise<Holder> {
  const { posts, organisations } = await postIndex(tx, actor.streetId)
  const { organisationId, postId } = asked
  const post = postId === undefined ? undefined : posts.get(postId)
  if (post?.current && post.areaPath !== null && organisationId === undefined)
    return { organisationId: null, post, accounts: [post.accountId] }
  if (organisationId === undefined || postId !== undefined || !organisations.get(organisationId)?.active)
    throw new Refusal('safety/holder-unknown')
  const inside = [...posts.values()].filter((one) => one.current && one.organisationId === organisationId)
  return { organisationId, post: null, accounts: [...new Set(inside.map(({ accountId }) => accountId))] }
}

/** The post of the desk that holds a case: the street's own, or any desk over its place. @throws Refusal safety/not-your-area */
export function deskPost({ actor }: Acting, row: Pick<CaseRow, 'area' | 'desk'>): string {
  const post = postOver(actor, row.area, row.desk === 'street' ? ['dispatcher', 'duty-head'] : desk)
  if (!post) throw new Refusal('safety/not-your-area')
  return post.id
}

interface GivingOut {
  readonly special: SpecialKind
  readonly holder: Holder
  readonly urgency: CaseRow['urgency']
  readonly dueOn: Day
  readonly rule: NonNullable<CaseRow['clock_rule']>
  /** What stands as the answer unless somebody writes another. */
  readonly answer: string
  readonly fileIds?: readonly string[] | undefined
  /** The post under which it is done, once the case is locked. @throws Refusal why not */
  readonly decide: (row: CaseRow) => string
}

/**
 * From here on it runs through the loop like any order, with the day as its deadline; the acts by which it would be given
 * out without one are shut (modules/cases/rules/special.ts).
 * @throws Refusal cases/not-found, cases/file-unknown, and what `decide` throws
 */
export async function giveOut(
  call: Acting,
  caseId: string,
  { special, holder, urgency, dueOn, rule, answer, fileIds, decide }: GivingOut,
): Promise<{ after: CaseRow; postId: string }> {
  const { at, actor } = call
  const dueAt = endOfDay(dueOn)
  let postId = ''
  const after = await stepSpecialCase(call, caseId, special, (row) => {
    postId = decide(row)
    return {
      step: 'given',
      to: 'assigned',
      postId,
      fileIds,
      set: {
        kind: row.kind ?? 'report',
        urgency,
        organisation_id: holder.organisationId,
        holder_post_id: holder.post?.id ?? null,
        holder_account_id: holder.post?.accountId ?? null,
        assigned_at: at,
        assigned_by: [...new Set([...row.assigned_by, actor.accountId])],
        accepted_at: row.accepted_at ?? at,
        hops: row.hops + 1,
        clock_start_at: row.clock_start_at ?? at,
        response_due_at: null,
        promised_at: null,
        due_at: dueAt,
        extended_from: null,
        clock_rule: rule,
        draft_answer: row.draft_answer ?? answer,
      },
    }
  })
  tell(call, [
    {
      event: 'case.assigned',
      reader: 'holder',
      to: holder.accounts.map((account) => ({ account })),
      about: { type: 'case', id: after.id, area: after.area },
      facts: { number: after.number, due: dueAt.toISOString() },
      urgency: after.urgency,
      dedupe: `v${after.version}`,
    },
  ])
  return { after, postId }
}
