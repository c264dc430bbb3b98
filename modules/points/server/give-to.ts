/** 转赠: points, or hours of the time bank, to direct kin or to the common pool; by the holder, or at the desk for whom has no phone. */
import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { type PersonRow, peopleById } from '../../people/server/index.ts'
import { timeBank } from '../settings.ts'
import { communityOf } from './community.ts'
import { kinOf, oneAtATime } from './earning-store.ts'
import { openAccount, postTransfer } from './ledger.ts'
import { balancesOf } from './ledger-store.ts'
import { kinIdOf } from './read-passbook.ts'
import { communityAccount } from './system-accounts.ts'

interface Giving {
  readonly tx: Tx
  readonly actor: { readonly accountId: string; readonly streetId: number }
  readonly at: Date
  newId(): string
}

export interface Gift {
  readonly unit: 'points' | 'minutes'
  readonly amount: number
  /** Left out, the common pool of the community. */
  readonly toPersonId?: string | undefined
}

/**
 * Runs as the system. Answers the id of the transfer.
 * @throws Refusal points/not-kin, points/too-little, points/book-full, points/time-bank-off, points/stopped
 */
// Rule: rules.md 8: to direct relatives; the street's charter: never for money.
export async function giveTo(
  { tx, actor, at, newId }: Giving,
  from: PersonRow,
  { unit, amount, toPersonId }: Gift,
): Promise<string> {
  const { streetId } = actor
  const bank = await readSetting(tx, streetId, timeBank, at)
  if (unit === 'minutes' && !bank.on) throw new Refusal('points/time-bank-off')
  const community = await communityOf(tx, streetId, from.area)
  const own = { kind: 'person', unit } as const
  const paying = await openAccount(tx, { ...own, holderId: from.id, area: community.path }, at)
  const id = newId()
  await postTransfer(tx, {
    id,
    cause: toPersonId === undefined ? 'gift-to-pool' : 'gift-to-kin',
    lines: [
      { accountId: paying, amount: -amount },
      { accountId: await receiver(), amount },
    ],
    by: actor.accountId,
    at,
  })
  return id

  async function receiver(): Promise<string> {
    if (toPersonId === undefined) return communityAccount(tx, 'pool', unit, community, at)
    const kin = await kinOf(tx, streetId, from.id, dayOf(at))
    const person = kin.some((link) => kinIdOf(link, from.id) === toPersonId)
      ? (await peopleById(tx, streetId, [toPersonId])).get(toPersonId)
      : undefined
    if (!person) throw new Refusal('points/not-kin')
    const theirs = await communityOf(tx, streetId, person.area)
    const account = await openAccount(tx, { ...own, holderId: person.id, area: theirs.path }, at)
    if (unit === 'minutes') await mustHold(account)
    return account
  }

  /** A gift is not cut: whoever gives decides what becomes of what has no room. */
  // Rule: rules.md 8: an account holds 1,500 hours at most.
  async function mustHold(account: string): Promise<void> {
    await oneAtATime(tx, account)
    const posted = (await balancesOf(tx, [account])).get(account)?.posted ?? 0
    if (posted + amount > bank.mostHours * 60) throw new Refusal('points/book-full')
  }
}
