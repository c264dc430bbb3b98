/** The passbook of a person, read as the system once it is clear that whoever asks may see it. */
import type { OperationContract } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { type PersonRow, peopleById, personOfAccount } from '../../people/server/index.ts'
import type { PassbookView } from '../contract.ts'
import { yearRunOn } from '../rules/year.ts'
import { timeBank, yearTerms } from '../settings.ts'
import { communityOf } from './community.ts'
import { kinOf } from './earning-store.ts'
import { entryView } from './entry-view.ts'
import { honoursOfAccount } from './honour-store.ts'
import { honourViews } from './honours.ts'
import { accountsOf, balancesOf, entriesOf } from './ledger-store.ts'
import { yearTermsOf } from './prepare-year.ts'
import { vouchersOfAccount } from './voucher-store.ts'
import { goodOn, voucherViews } from './voucher-view.ts'

/** @throws Refusal points/not-registered */
export async function ownPerson<C extends OperationContract>({ tx, actor }: Call<C>): Promise<PersonRow> {
  const person = await personOfAccount(tx, actor.streetId, actor.accountId)
  if (!person) throw new Refusal('points/not-registered')
  return person
}

export const kinIdOf = (row: { one_person: string; other_person: string }, personId: string): string =>
  row.one_person === personId ? row.other_person : row.one_person

/** `entries`: how many of each unit at most. Runs as the system. */
export async function readPassbook<C extends OperationContract>(
  { tx, actor, at, services }: Call<C>,
  person: PersonRow,
  entries: number,
): Promise<PassbookView> {
  const streetId = actor.streetId
  const today = dayOf(at)
  const accounts = (await accountsOf(tx, streetId, [person.id])).filter(({ kind }) => kind === 'person')
  const points = accounts.find(({ unit }) => unit === 'points')
  const minutes = accounts.find(({ unit }) => unit === 'minutes')
  const balances = await balancesOf(
    tx,
    accounts.map(({ id }) => id),
  )
  const listed = async (accountId: string | undefined, unit: 'points' | 'minutes') =>
    accountId === undefined
      ? []
      : (await entriesOf(tx, accountId, undefined, entries)).map((row) => ({ ...entryView(row), unit }))
  const links = await kinOf(tx, streetId, person.id, today)
  const kinPeople = await peopleById(
    tx,
    streetId,
    links.map((link) => kinIdOf(link, person.id)),
  )
  const kin: PassbookView['kin'] = []
  for (const link of links) {
    const id = kinIdOf(link, person.id)
    const account = (await accountsOf(tx, streetId, [id])).find(
      ({ kind, unit }) => kind === 'person' && unit === 'points',
    )
    const theirs = account ? await vouchersOfAccount(tx, streetId, account.id) : []
    kin.push({
      linkId: link.id,
      personId: id,
      name: kinPeople.get(id)?.name_masked ?? '',
      relation: link.relation,
      goodFen: theirs.filter((row) => goodOn(row, today)).reduce((sum, { value_fen }) => sum + value_fen, 0),
    })
  }
  const bank = await readSetting(tx, streetId, timeBank, at)
  return {
    number: points?.number ?? null,
    holder: person.name_masked,
    area: (await communityOf(tx, streetId, person.area)).name,
    points: points ? (balances.get(points.id)?.available ?? 0) : 0,
    heldPoints: points ? (balances.get(points.id)?.held ?? 0) : 0,
    minutes: minutes ? (balances.get(minutes.id)?.available ?? 0) : bank.on ? 0 : null,
    mostMinutes: minutes || bank.on ? bank.mostHours * 60 : null,
    entries: [...(await listed(points?.id, 'points')), ...(await listed(minutes?.id, 'minutes'))].sort(
      (a, b) => Date.parse(b.at) - Date.parse(a.at),
    ),
    vouchers: points
      ? await voucherViews(tx, streetId, { accountId: points.id, keys: services.keys, today })
      : [],
    yearEnd: await yearEndOf(tx, streetId, at),
    honours: points
      ? await honourViews(
          { tx, streetId, keys: services.keys },
          await honoursOfAccount(tx, streetId, points.id),
        )
      : [],
    kin,
  }
}

/** What is told before it happens: until when the points of the last year, or of this one, may be used. */
async function yearEndOf(tx: Tx, streetId: number, at: Date): Promise<PassbookView['yearEnd']> {
  const today = dayOf(at)
  const thisYear = Number(today.slice(0, 4))
  for (const year of [thisYear - 1, thisYear]) {
    const terms =
      year < thisYear
        ? await yearTermsOf(tx, streetId, String(year))
        : await readSetting(tx, streetId, yearTerms, at)
    const from = yearRunOn(year, terms.graceDays)
    if (terms.expires && today < from) return { year, keeps: terms.keeps, from }
  }
  return null
}
