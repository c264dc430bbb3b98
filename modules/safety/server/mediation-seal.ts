/** Everything that people said in a dispute, sealed by column: the one place where it becomes columns and words again. */
import { maskAddress, maskName, maskPhone } from '../../../lib/mask.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { EntryRow, MediationRow, PartyRow } from './mediation-store.ts'

export interface AgreementText {
  facts: string
  responsibility: string
  content: string
  /** By the id of the duty. */
  duties: Readonly<Record<string, { what: string; way: string }>>
}

const places = {
  facts: (id: string) => `mediations.facts.${id}`,
  nextPlace: (id: string) => `mediations.next_place.${id}`,
  agreement: (id: string) => `mediations.agreement.${id}`,
  words: (id: string) => `mediation_entries.words.${id}`,
  party: (field: PartyField, id: string) => `mediation_parties.${field}.${id}`,
}

export type PartyField = 'name' | 'phone' | 'address'

export const sealFacts = (keys: Keys, id: string, facts: string): string => keys.seal(places.facts(id), facts)
export const openFacts = (keys: Keys, row: MediationRow): string =>
  keys.open(places.facts(row.case_id), row.facts_encrypted)

export const sealPlace = (keys: Keys, id: string, place: string): string =>
  keys.seal(places.nextPlace(id), place)
export const openPlace = (keys: Keys, row: MediationRow): string | null =>
  row.next_place_encrypted === null
    ? null
    : keys.open(places.nextPlace(row.case_id), row.next_place_encrypted)

export const sealAgreement = (keys: Keys, id: string, text: AgreementText): string =>
  keys.seal(places.agreement(id), JSON.stringify(text))
export const openAgreement = (keys: Keys, row: MediationRow): AgreementText | undefined =>
  row.agreement_encrypted === null
    ? undefined
    : (JSON.parse(keys.open(places.agreement(row.case_id), row.agreement_encrypted)) as AgreementText)

export const sealWords = (keys: Keys, entryId: string, words: string | undefined): string | null =>
  words?.trim() ? keys.seal(places.words(entryId), words.trim()) : null
export const openWords = (keys: Keys, entry: EntryRow): string | null =>
  entry.words_encrypted === null ? null : keys.open(places.words(entry.id), entry.words_encrypted)

export function sealParty(
  keys: Keys,
  id: string,
  plain: { name: string; phone?: string | undefined; address?: string | undefined },
): Pick<PartyRow, 'name_encrypted' | 'phone_encrypted' | 'address_encrypted' | 'phone_index'> {
  const seal = (field: PartyField, value: string | undefined) =>
    value?.trim() ? keys.seal(places.party(field, id), value.trim()) : null
  return {
    name_encrypted: keys.seal(places.party('name', id), plain.name.trim()),
    phone_encrypted: seal('phone', plain.phone),
    address_encrypted: seal('address', plain.address),
    // The same purpose as the phones of accounts: whoever signs in with this phone finds their mediation.
    phone_index: plain.phone ? keys.blindIndex('phone', plain.phone) : null,
  }
}

/** In clear; null where it was not given. */
export function openParty(keys: Keys, row: PartyRow, field: PartyField): string | null {
  const sealed = row[`${field}_encrypted`]
  return sealed === null ? null : keys.open(places.party(field, row.id), sealed)
}

const masks = { name: maskName, phone: maskPhone, address: maskAddress } as const

export function maskedParty(keys: Keys, row: PartyRow, field: PartyField): string | null {
  const plain = openParty(keys, row, field)
  return plain === null ? null : masks[field](plain)
}
