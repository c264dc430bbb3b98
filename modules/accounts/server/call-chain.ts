/** 呼叫顺序: who is called after the head on duty when something cannot wait. */
import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import type { CallChainView } from '../roster-views.ts'
import { mayBeCalled } from '../rules/roster-rights.ts'
import { displayNames } from './display-names.ts'
import { tellDesk } from './put-shifts.ts'
import { chainOfDesk, replaceChain } from './roster-chain-store.ts'
import { getDesk, namedPeople, peopleOf, refuseOthers } from './roster-desk.ts'
import type { Desk } from './roster-store.ts'
import { colleague } from './roster-view.ts'

async function chainView(tx: Tx, keys: Keys, streetId: number, desk: Desk, at: Date): Promise<CallChainView> {
  const { headWaitMinutes, steps } = await chainOfDesk(tx, streetId, desk.id)
  const people = await peopleOf(tx, streetId, desk, at)
  const names = await displayNames(
    tx,
    keys,
    steps.map(({ accountId }) => accountId),
  )
  return {
    headWaitMinutes,
    steps: steps.map(({ accountId, waitMinutes }) => ({ ...colleague(names, accountId), waitMinutes })),
    people: (await namedPeople(tx, keys, desk, people, mayBeCalled)).map(
      ({ accountId, displayName, role }) => ({ accountId, displayName, role }),
    ),
  }
}

export const getCallChain = operation(contract.getCallChain, async ({ tx, actor, at, params, services }) => {
  const desk = await getDesk(tx, actor.streetId, params.id)
  refuseOthers(desk, actor.posts, 'read')
  return chainView(tx, services.keys, actor.streetId, desk, at)
})

export const putCallChain = operation(contract.putCallChain, async (call) => {
  const { tx, actor, at, params, body, services } = call
  const desk = await getDesk(tx, actor.streetId, params.id)
  refuseOthers(desk, actor.posts, 'run')
  const people = await peopleOf(tx, actor.streetId, desk, at)
  const ids = body.steps.map(({ accountId }) => accountId)
  const good = ids.every((id) => people.mayBeCalled(id, dayOf(at))) && new Set(ids).size === ids.length
  if (!good) throw new Refusal('accounts/not-called-here')
  await replaceChain(tx, actor.streetId, desk, body, { at, accountId: actor.accountId })
  call.audit({ subjectType: 'desk', subjectId: desk.id, detail: { steps: ids.length } })
  tellDesk(call, desk)
  return chainView(tx, services.keys, actor.streetId, desk, at)
})
