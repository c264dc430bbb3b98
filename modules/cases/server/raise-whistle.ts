/** 吹哨: named organisations are called to a case, each until its time; the case comes into their sight. */
import type { OperationContract } from '../../../lib/contract.ts'
import type { Actor, Post } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { tell } from '../../messages/server/index.ts'
import * as contract from '../contract.ts'
import { liesUnder } from '../rules/decide-act.ts'
import { whistleMinutes } from '../whistle-settings.ts'
import type { CaseRow } from './case-row.ts'
import { changeCase, lockCase } from './case-store.ts'
import { mayReadTexts } from './case-view.ts'
import { type Names, namesOf } from './names.ts'
import { audienceOf } from './perform-act.ts'
import { findWhistles, insertCall, insertTask, insertWhistle } from './whistle-store.ts'
import { whistleView } from './whistle-view.ts'

const openStates = new Set(['pending', 'accepted', 'assigned', 'in-progress', 'result-submitted'])

interface NewCall {
  readonly organisationId: string
  readonly dueAt: Date
  readonly task: { readonly id: string; readonly words: string } | null
}

/** Writes a whistle with its calls, the first of which leads; whom it calls reads the case from now on. */
export async function keepWhistle(
  tx: Tx,
  row: CaseRow,
  whistle: Parameters<typeof insertWhistle>[1],
  { entryId, calls }: { entryId: string; calls: readonly NewCall[] },
): Promise<CaseRow> {
  const { streetId, raised_at: at, called_organisations: called } = whistle
  await insertWhistle(tx, whistle)
  for (const [index, { organisationId, dueAt, task }] of calls.entries()) {
    await insertCall(tx, streetId, whistle, { organisationId, isLead: index === 0, dueAt })
    if (task) await insertTask(tx, streetId, whistle, { ...task, organisationId, dueAt: null, at })
  }
  const helpers = called.filter((id) => id !== row.organisation_id)
  const { row: after } = await changeCase(
    tx,
    row,
    { shared_organisations: [...new Set([...row.shared_organisations, ...helpers])] },
    [
      {
        id: entryId,
        at,
        act: 'whistle',
        actor_id: whistle.raised_by,
        post_id: whistle.raised_post,
        from_state: row.state,
        to_state: null,
        words: whistle.words,
        detail: { kind: whistle.kind, called: called.length },
        file_ids: [],
        internal: true,
      },
    ],
  )
  return after
}

export const raiseWhistle = operation(contract.raiseWhistle, async (call) => {
  const { tx, at, actor, body, params } = call
  const row = await lockCase(tx, actor.streetId, params.id)
  if (!row || !mayReadTexts(row, actor)) throw new Refusal('cases/not-found')
  if (!openStates.has(row.state)) throw new Refusal('cases/wrong-state')
  const post = mayRaise(row, actor)
  if (post === undefined) throw new Refusal('cases/not-your-act')
  if ((await findWhistles(tx, actor.streetId, { caseId: row.id, open: true })).length > 0)
    throw new Refusal('cases/whistle-open')
  const names = await namesOf(tx, actor.streetId)
  const called = organisationsOf(call, names)
  const usual = (await readSetting(tx, actor.streetId, whistleMinutes, at))[body.kind]
  const whistle = {
    streetId: actor.streetId,
    id: call.newId(),
    case_id: row.id,
    kind: body.kind,
    area_id: row.area_id,
    area: row.area,
    words: body.words,
    called_organisations: called,
    raised_by: actor.accountId,
    raised_post: post.id,
    raised_at: at,
  }
  const after = await keepWhistle(tx, row, whistle, {
    entryId: call.newId(),
    calls: body.calls.map(({ organisationId, withinMinutes = usual, task }) => ({
      organisationId,
      dueAt: new Date(at.getTime() + withinMinutes * 60_000),
      task: task === undefined ? null : { id: call.newId(), words: task },
    })),
  })
  call.audit({
    subjectType: 'case',
    subjectId: row.id,
    postId: post.id,
    detail: { act: 'whistle', kind: body.kind },
  })
  call.event({ type: 'case.whistle', subjectId: row.id, audience: audienceOf(after) })
  tellCalled(call, after, names, called, new Date(at.getTime() + usual * 60_000))
  const [whole] = await findWhistles(tx, actor.streetId, { ids: [whistle.id] })
  if (!whole) throw new Error('a whistle that was just blown is not there')
  return whistleView(whole, after, { actor, names })
})

/** The narrowest post under which somebody may blow it on this case now; undefined for nobody. */
export function mayRaise(row: CaseRow, actor: Actor): Post | undefined {
  const who = contract.raiseWhistle.who as readonly string[]
  if (!openStates.has(row.state)) return undefined
  return actor.posts
    .filter(({ role, areaPath }) => who.includes(role) && areaPath !== null && liesUnder(row.area, areaPath))
    .sort((a, b) => (b.areaPath?.length ?? 0) - (a.areaPath?.length ?? 0))[0]
}

function organisationsOf({ body }: Call<typeof contract.raiseWhistle>, { people }: Names): string[] {
  const ids = body.calls.map(({ organisationId }) => organisationId)
  const known = ids.every((id) => people.organisations.get(id)?.active)
  if (!known || new Set(ids).size !== ids.length) throw new Refusal('cases/organisation-unknown')
  return ids
}

function tellCalled<C extends OperationContract>(
  call: Call<C>,
  row: CaseRow,
  { people }: Names,
  called: readonly string[],
  due: Date,
): void {
  const accounts = [...people.posts.values()].filter(
    ({ current, organisationId }) => current && organisationId !== null && called.includes(organisationId),
  )
  tell(call, [
    {
      event: 'case.whistle',
      reader: 'holder',
      to: [...new Set(accounts.map(({ accountId }) => accountId))].map((account) => ({ account })),
      about: { type: 'case', id: row.id, area: row.area },
      facts: { number: row.number, due: due.toISOString() },
      urgency: row.urgency,
      dedupe: call.at.toISOString(),
    },
  ])
}
