/** The door of people: its operations, and what later modules may ask of the register. */
import { dayOf } from '../../../lib/time.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { ServerModule } from '../../../platform/server-module.ts'
import { phoneOfAccount } from '../../accounts/server/index.ts'
import type { ConsentState, PersonView } from '../contract.ts'
import { refusals } from '../contract.ts'
import { words } from '../messages.ts'
import { consentState } from '../rules/age.ts'
import { giveConsent, withdrawConsent } from './guardian-consent.ts'
import {
  contactRows,
  findPersonRow,
  idsByIndex,
  lastConsents,
  type PersonRow,
  personRowOfAccount,
  personRows,
} from './person-store.ts'
import { personViews, type Viewing } from './person-view.ts'
import { findPeople, getMyself, getPerson, listReadsOfMe, unmaskPerson } from './read-person.ts'
import { correctPerson, registerMyself, registerPerson } from './register-person.ts'
import { type OpenContact, openContact, personPhoneIndex } from './seal-person.ts'

export { ageOn } from '../rules/age.ts'
export { insertPerson, type PersonRow } from './person-store.ts'
export { type OpenContact, sealPerson } from './seal-person.ts'

export const peopleModule: ServerModule = {
  name: 'people',
  operations: [
    registerPerson,
    findPeople,
    getPerson,
    correctPerson,
    unmaskPerson,
    giveConsent,
    withdrawConsent,
    getMyself,
    registerMyself,
    listReadsOfMe,
  ],
  refusals,
  words,
}

/** A person of the register within the actor's sight. */
export const findPerson: (tx: Tx, streetId: number, id: string) => Promise<PersonRow | undefined> =
  findPersonRow

/** The person who signs in with this account, if they are in the register. */
export const personOfAccount: (
  tx: Tx,
  streetId: number,
  accountId: string,
) => Promise<PersonRow | undefined> = personRowOfAccount

/** People by id; unknown ones and those out of sight are left out. */
export async function peopleById(
  tx: Tx,
  streetId: number,
  ids: Iterable<string>,
): Promise<Map<string, PersonRow>> {
  const rows = await personRows(tx, streetId, [...new Set(ids)])
  return new Map(rows.map((row) => [row.id, row]))
}

/** What screens show of people, by id; those out of sight are left out. */
export async function personViewsFor(
  viewing: Viewing,
  ids: readonly string[],
): Promise<Map<string, PersonView>> {
  const rows = await personRows(viewing.tx, viewing.actor.streetId, [...new Set(ids)])
  return new Map((await personViews(viewing, rows)).map((view) => [view.id, view]))
}

/** Whether a guardian has to agree and did, on the day of `at`. */
export async function consentOf(
  tx: Tx,
  streetId: number,
  person: Pick<PersonRow, 'id' | 'birth_on'>,
  at: Date,
): Promise<ConsentState> {
  const last = (await lastConsents(tx, streetId, [person.id])).get(person.id)?.act ?? null
  return consentState(person.birth_on, dayOf(at), last)
}

/** Name, phone and identity number in clear: for a paper of their own or whoever serves them. The caller audits it. */
export async function contactOf(
  tx: Tx,
  keys: Keys,
  streetId: number,
  id: string,
): Promise<OpenContact | undefined> {
  const [row] = await contactRows(tx, streetId, [id])
  return row && openContact(keys, row)
}

/** For a notice to somebody without an account; undefined when they gave no phone. */
export async function phoneOfPerson(
  { tx, keys, streetId }: { tx: Tx; keys: Keys; streetId: number },
  id: string,
): Promise<string | undefined> {
  return (await contactOf(tx, keys, streetId, id))?.phone
}

/** Blind indexes of phones by person: they tell that two people give the same number, and never which. */
export async function phoneIndexes(
  tx: Tx,
  streetId: number,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await contactRows(tx, streetId, [...new Set(ids)])
  return new Map(
    rows.flatMap((row) => (row.phone_index === null ? [] : [[row.person_id, row.phone_index] as const])),
  )
}

/**
 * Everybody in the register who may be the human behind an account: whose account it is, and whoever gives the same
 * phone. What is one's own is asked by person: somebody at a desk has a second account as a resident.
 */
// Rule: rights.md, separation by person.
export async function peopleBehind(
  tx: Tx,
  keys: Keys,
  streetId: number,
  accountId: string,
): Promise<Set<string>> {
  const own = await personRowOfAccount(tx, streetId, accountId)
  const phone = await phoneOfAccount(tx, keys, accountId)
  const same = phone ? await idsByIndex(tx, streetId, { phone: personPhoneIndex(keys, phone) }) : []
  return new Set([...(own ? [own.id] : []), ...same])
}
