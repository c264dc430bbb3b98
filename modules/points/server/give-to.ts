/** 转赠: points to direct kin or to the common pool; asked by the holder, or at the desk for whom has no phone. */
import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { type PersonRow, peopleById } from '../../people/server/index.ts'
import { communityOf } from './community.ts'
import { kinOf } from './earning-store.ts'
import { openAccount, postTransfer } from './ledger.ts'
import { kinIdOf } from './read-passbook.ts'
import { communityAccount } from './system-accounts.ts'

interface Giving {
  readonly tx: Tx
  readonly actor: { readonly accountId: string; readonly streetId: number }
  readonly at: Date
  newId(): string
}

/**
 * Runs as the system. `toPersonId` left out is the common pool of the community. Answers the id of the transfer.
 * @throws Refusal points/not-kin, points/too-little, points/stopped
 */
// Rule: rules.md 8: to direct relatives; the street's charter: never for money.
export async function giveTo(
  { tx, actor, at, newId }: Giving,
  from: PersonRow,
  toPersonId: string | undefined,
  points: number,
): Promise<string> {
  const { streetId } = actor
  const community = await communityOf(tx, streetId, from.area)
  const own = { kind: 'person', unit: 'points' } as const
  const paying = await openAccount(tx, { ...own, holderId: from.id, area: community.path }, at)
  const id = newId()
  await postTransfer(tx, {
    id,
    cause: toPersonId === undefined ? 'gift-to-pool' : 'gift-to-kin',
    lines: [
      { accountId: paying, amount: -points },
      { accountId: await receiver(), amount: points },
    ],
    by: actor.accountId,
    at,
  })
  return id

  async function receiver(): Promise<string> {
    if (toPersonId === undefined) return communityAccount(tx, 'pool', 'points', community, at)
    const kin = await kinOf(tx, streetId, from.id, dayOf(at))
    const person = kin.some((link) => kinIdOf(link, from.id) === toPersonId)
      ? (await peopleById(tx, streetId, [toPersonId])).get(toPersonId)
      : undefined
    if (!person) throw new Refusal('points/not-kin')
    const theirs = await communityOf(tx, streetId, person.area)
    return openAccount(tx, { ...own, holderId: person.id, area: theirs.path }, at)
  }
}
