/** What happens to a whistle after it was blown: reporting, tasks, veto, rating, and the end, which is the caller's alone. */
import type { OperationContract } from '../../../lib/contract.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { answersFor, decideWhistle, type WhistleAct } from '../rules/whistle.ts'
import type { EntryAct } from '../words.ts'
import { addEntry, findCase, getCases } from './case-store.ts'
import { namesOf } from './names.ts'
import { audienceOf } from './perform-act.ts'
import { mayRaise } from './raise-whistle.ts'
import {
  arrive,
  findWhistles,
  finishTask,
  insertTask,
  judgeTask,
  lockWhistle,
  rateCall,
  release,
  type WholeWhistle,
  whistleOfTask,
} from './whistle-store.ts'
import { whistleFacts, whistleView } from './whistle-view.ts'

export const listWhistles = operation(contract.listWhistles, async ({ tx, actor, query }) => {
  const found = await findWhistles(tx, actor.streetId, query)
  const names = await namesOf(tx, actor.streetId)
  const cases = await getCases(tx, actor.streetId, [...new Set(found.map(({ row }) => row.case_id))])
  const byId = new Map(cases.map((row) => [row.id, row]))
  const asked = query.caseId === undefined ? undefined : await findCase(tx, actor.streetId, query.caseId)
  return {
    items: found.map((one) => whistleView(one, byId.get(one.row.case_id), { actor, names })),
    canRaise:
      asked !== undefined &&
      mayRaise(asked, actor) !== undefined &&
      found.every(({ row }) => row.released_at !== null),
  }
})

/** Locks, decides, does, writes it into the case's history, and shows the whistle as it now is. */
async function actOn<C extends OperationContract>(
  call: Call<C>,
  whistleId: string | undefined,
  what: WhistleAct,
  done: (whole: WholeWhistle) => Promise<{
    entry: Extract<EntryAct, `whistle${string}`>
    words: string | null
    detail?: Record<string, string | boolean | null>
  }>,
): Promise<contract.WhistleView> {
  const { tx, actor, at } = call
  const { streetId } = actor
  const whole = whistleId === undefined ? undefined : await lockWhistle(tx, streetId, whistleId)
  const row = whole && (await findCase(tx, streetId, whole.row.case_id))
  if (!whole || !row) throw new Refusal('cases/whistle-unknown')
  const decision = decideWhistle(whistleFacts(whole), actor, what)
  if (!decision.ok) throw new Refusal(decision.why)
  const { entry, words, detail = {} } = await done(whole)
  await addEntry(tx, row, {
    id: call.newId(),
    at,
    act: entry,
    actor_id: actor.accountId,
    post_id: postFor(call, whole),
    from_state: row.state,
    to_state: null,
    words,
    detail,
    file_ids: [],
    internal: true,
  })
  call.audit({
    subjectType: 'case',
    subjectId: row.id,
    detail: { act: entry, whistle: whole.row.id, ...detail },
  })
  call.event({
    type: `case.${entry}`,
    subjectId: row.id,
    audience: { ...audienceOf(row), accounts: [...(audienceOf(row).accounts ?? []), whole.row.raised_by] },
  })
  const names = await namesOf(tx, streetId)
  const [after] = await findWhistles(tx, streetId, { ids: [whole.row.id] })
  return whistleView(after ?? whole, row, { actor, names })
}

/** The post under which somebody acts here: one of a called organisation, else the one that blew it, else any. */
function postFor<C extends OperationContract>(
  { actor }: Call<C>,
  { row, calls }: WholeWhistle,
): string | null {
  const inside = actor.posts.find(({ organisationId }) =>
    calls.some((one) => one.organisation_id === organisationId),
  )
  const own = actor.posts.find(({ id }) => id === row.raised_post)
  return (own ?? inside ?? actor.posts[0])?.id ?? null
}

export const arriveAtWhistle = operation(contract.arriveAtWhistle, (call) =>
  actOn(call, call.params.id, { act: 'arrive' }, async ({ row, calls }) => {
    const own = calls.find((one) => one.arrived_at === null && answersFor(call.actor, one.organisation_id))
    if (own === undefined) throw new Refusal('cases/whistle-not-yours')
    const post = call.actor.posts.find(({ organisationId }) => organisationId === own.organisation_id)
    const { words } = call.body
    await arrive(call.tx, call.actor.streetId, row.id, own.organisation_id, {
      accountId: call.actor.accountId,
      postId: post?.id ?? null,
      words,
      at: call.at,
    })
    return { entry: 'whistle-arrive', words, detail: { late: call.at > own.due_at } }
  }),
)

export const giveWhistleTask = operation(contract.giveWhistleTask, (call) => {
  const { organisationId, words, dueAt } = call.body
  return actOn(call, call.params.id, { act: 'give-task', organisationId }, async ({ row }) => {
    const due = dueAt === undefined ? null : new Date(dueAt)
    if (due !== null && due <= call.at) throw new Refusal('cases/date-in-past')
    const id = call.newId()
    await insertTask(call.tx, call.actor.streetId, row, {
      id,
      organisationId,
      words,
      dueAt: due,
      at: call.at,
    })
    return { entry: 'whistle-task', words, detail: { organisation: organisationId } }
  })
})

export const finishWhistleTask = operation(contract.finishWhistleTask, async (call) => {
  const { tx, actor, at, params, body } = call
  const whistleId = await whistleOfTask(tx, actor.streetId, params.id)
  return actOn(call, whistleId, { act: 'finish', taskId: params.id }, async () => {
    await finishTask(tx, actor.streetId, params.id, { accountId: actor.accountId, words: body.words, at })
    return { entry: 'whistle-done', words: body.words }
  })
})

export const judgeWhistleTask = operation(contract.judgeWhistleTask, async (call) => {
  const { tx, actor, at, params } = call
  const { accept, words = null } = call.body
  const whistleId = await whistleOfTask(tx, actor.streetId, params.id)
  return actOn(call, whistleId, { act: 'judge', taskId: params.id }, async () => {
    if (!accept && words === null) throw new Refusal('cases/whistle-veto-words')
    await judgeTask(tx, actor.streetId, params.id, { accept, words, at })
    return { entry: accept ? 'whistle-accept' : 'whistle-veto', words }
  })
})

export const rateWhistleCall = operation(contract.rateWhistleCall, (call) => {
  const { organisationId, rating, words = null } = call.body
  return actOn(call, call.params.id, { act: 'rate', organisationId }, async ({ row }) => {
    await rateCall(call.tx, call.actor.streetId, row.id, organisationId, { rating, words, at: call.at })
    return { entry: 'whistle-rate', words, detail: { organisation: organisationId, satisfaction: rating } }
  })
})

/** 解除: nobody but the caller; the database lets no called organisation reach the row either. */
export const releaseWhistle = operation(contract.releaseWhistle, (call) =>
  actOn(call, call.params.id, { act: 'release' }, async (whole) => {
    const ended = await release(call.tx, call.actor.streetId, whole.row.id, {
      accountId: call.actor.accountId,
      postId: postFor(call, whole),
      words: call.body.words,
      at: call.at,
    })
    if (ended === 0) throw new Refusal('cases/whistle-over')
    return { entry: 'whistle-release', words: call.body.words }
  }),
)
