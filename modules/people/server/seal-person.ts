/** What is written down of a person, checked and sealed: the one place where names, phones and numbers become columns. */
import { normaliseMobile, readIdCard } from '../../../lib/codes.ts'
import { maskName } from '../../../lib/mask.ts'
import type { Day } from '../../../lib/time.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { PeopleRefusal } from '../contract.ts'
import { birthRefusal } from '../rules/age.ts'
import type { ContactRow, NewPersonRow } from './person-store.ts'

export interface PlainPerson {
  name: string
  phone?: string | undefined
  birthOn: string
  idNumber?: string | undefined
}

/** How a name is compared: width, case and spaces do not tell people apart. */
const plainName = (name: string): string => name.normalize('NFKC').replace(/\s+/g, '').toLowerCase()

export const nameIndex = (keys: Keys, name: string): string => keys.blindIndex('person-name', plainName(name))
/** The same purpose as the phones of accounts, so that one person behind two accounts is found. */
export const personPhoneIndex = (keys: Keys, mobile: string): string => keys.blindIndex('phone', mobile)
export const idNumberIndex = (keys: Keys, number: string): string =>
  keys.blindIndex('person-id-number', number)

/** Why these words cannot stand in the register; undefined when they can. */
export function personRefusal(plain: PlainPerson, today: Day): PeopleRefusal | undefined {
  const birth = birthRefusal(plain.birthOn, today)
  if (birth) return birth
  if (plain.phone !== undefined && normaliseMobile(plain.phone) === undefined) return 'people/phone-wrong'
  if (plain.idNumber !== undefined && readIdCard(plain.idNumber, today)?.bornOn !== plain.birthOn)
    return 'people/id-number-wrong'
  return undefined
}

/** Of words that `personRefusal` found right. */
export function sealPerson(
  keys: Keys,
  id: string,
  plain: PlainPerson,
): { name_masked: string; contact: NewPersonRow['contact'] } {
  const name = plain.name.normalize('NFKC').trim()
  const phone = plain.phone === undefined ? undefined : normaliseMobile(plain.phone)
  const number = plain.idNumber === undefined ? undefined : readIdCard(plain.idNumber)?.number
  return {
    name_masked: maskName(name),
    contact: {
      name_encrypted: keys.seal(`person_contacts.name.${id}`, name),
      name_index: nameIndex(keys, name),
      phone_encrypted: phone === undefined ? null : keys.seal(`person_contacts.phone.${id}`, phone),
      phone_index: phone === undefined ? null : personPhoneIndex(keys, phone),
      id_number_encrypted: number === undefined ? null : keys.seal(`person_contacts.id_number.${id}`, number),
      id_number_index: number === undefined ? null : idNumberIndex(keys, number),
    },
  }
}

export interface OpenContact {
  name: string
  phone: string | undefined
  idNumber: string | undefined
}

export function openContact(keys: Keys, row: ContactRow): OpenContact {
  const { person_id: id } = row
  const open = (field: string, sealed: string | null) =>
    sealed === null ? undefined : keys.open(`person_contacts.${field}.${id}`, sealed)
  return {
    name: keys.open(`person_contacts.name.${id}`, row.name_encrypted),
    phone: open('phone', row.phone_encrypted),
    idNumber: open('id_number', row.id_number_encrypted),
  }
}
