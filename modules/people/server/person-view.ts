import type { OperationContract } from '../../../lib/contract.ts'
import { maskIdNumber, maskName, maskPhone } from '../../../lib/mask.ts'
import { dayOf } from '../../../lib/time.ts'
import type { Keys } from '../../../platform/keys.ts'
import type { Call } from '../../../platform/operation.ts'
import { areaRefs } from '../../areas/server/index.ts'
import type { PersonView } from '../contract.ts'
import { ageOn, consentState } from '../rules/age.ts'
import { type ConsentRow, contactRows, lastConsents, type PersonRow } from './person-store.ts'
import { openContact } from './seal-person.ts'

/** What a view needs of a call, whatever its contract. */
export type Viewing = Pick<Call<OperationContract>, 'tx' | 'actor' | 'at' | 'services'>

/** People as the actor sees them: masked, in the order given. */
export async function personViews(
  { tx, actor, at, services }: Viewing,
  rows: readonly PersonRow[],
): Promise<PersonView[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const areas = await areaRefs(
    tx,
    actor.streetId,
    rows.map((row) => row.area_id),
  )
  const contacts = new Map(
    (await contactRows(tx, actor.streetId, ids)).map((row) => [
      row.person_id,
      openContact(services.keys, row),
    ]),
  )
  const consents = await lastConsents(tx, actor.streetId, ids)
  const today = dayOf(at)
  return rows.map((row) => {
    const contact = contacts.get(row.id)
    const last = consents.get(row.id)
    const consent = consentState(row.birth_on, today, last?.act ?? null)
    return {
      id: row.id,
      area: areas.get(row.area_id) ?? null,
      nameMasked: row.name_masked,
      phoneMasked: contact?.phone === undefined ? null : maskPhone(contact.phone),
      idNumberMasked: contact?.idNumber === undefined ? null : maskIdNumber(contact.idNumber),
      birthOn: row.birth_on,
      age: ageOn(row.birth_on, today),
      consent,
      guardian: consent === 'given' && last ? guardianOf(services.keys, last) : null,
      hasAccount: row.account_id !== null,
      version: row.version,
    }
  })
}

function guardianOf(keys: Keys, row: ConsentRow): PersonView['guardian'] {
  if (row.guardian_encrypted === null) return null
  const name = keys.open(`guardian_consents.guardian.${row.id}`, row.guardian_encrypted)
  return { nameMasked: maskName(name), relation: row.relation ?? '', since: row.at.toISOString() }
}

export async function personView(call: Viewing, row: PersonRow): Promise<PersonView> {
  const [view] = await personViews(call, [row])
  if (!view) throw new Error('a view for each row')
  return view
}
