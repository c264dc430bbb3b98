import type { Role } from '../../../lib/contract.ts'
import type { Keys } from '../../../platform/keys.ts'
import { areaIndex } from '../../areas/server/index.ts'
import { peopleBehind } from '../../people/server/index.ts'
import type { Ask, RequestView } from '../contract.ts'
import type { ActContext } from './act.ts'
import { areaRefOf, postOver } from './community.ts'
import { findAward, findKin } from './earning-store.ts'
import { accountsByIds, findAccount } from './ledger-store.ts'
import { approversOf, namesIn, peopleIn } from './request-acts.ts'
import type { RequestRow } from './request-store.ts'

export const askerRoles: readonly Role[] = ['clerk', 'secretary', 'dispatcher', 'duty-head']

export async function requestView(context: ActContext, row: RequestRow): Promise<RequestView> {
  const { tx, actor } = context
  const area = (await areaIndex(tx, actor.streetId)).byPath.get(row.area)
  const waiting = row.state === 'waiting'
  const own = row.asked_by === actor.accountId
  return {
    id: row.id,
    act: row.act,
    area: area ? areaRefOf(area) : null,
    ask: row.payload,
    names: await namesIn(context, row.payload),
    state: row.state,
    askedAt: row.asked_at.toISOString(),
    settledAt: row.settled_at?.toISOString() ?? null,
    words: row.words,
    can: {
      settle: waiting && !own && postOver(actor, row.area, approversOf[row.act]) !== undefined,
      withdraw: waiting && own,
    },
  }
}

/** Whether what is asked for is for whoever acts, or for the person behind their account. */
// Rule: rights.md, separation by person: nobody confirms their own hours, points or money.
export async function concernsOneself({ tx, actor }: ActContext, keys: Keys, ask: Ask): Promise<boolean> {
  const people = peopleIn(ask)
  if (ask.act === 'correction') {
    const award = await findAward(tx, actor.streetId, ask.awardId)
    const account = award && (await findAccount(tx, actor.streetId, award.account_id))
    if (account) people.push(account.holder_id)
  }
  if (ask.act === 'honours')
    for (const { holder_id } of await accountsByIds(tx, actor.streetId, ask.accountIds))
      people.push(holder_id)
  if (ask.act === 'end-kin') {
    const link = await findKin(tx, actor.streetId, ask.kinId)
    if (link) people.push(link.one_person, link.other_person)
  }
  if (people.length === 0) return false
  const own = await peopleBehind(tx, keys, actor.streetId, actor.accountId)
  return people.some((id) => own.has(id))
}
