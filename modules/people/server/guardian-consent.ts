import type { Static } from 'typebox'
import { normaliseMobile } from '../../../lib/codes.ts'
import type { OperationContract } from '../../../lib/contract.ts'
import { dayOf } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { ageOn, fullAge } from '../rules/age.ts'
import { insertConsent, lockPerson, type PersonRow } from './person-store.ts'
import { personView } from './person-view.ts'

/** 监护人同意: heard or signed at the desk; the last word counts. */
export const giveConsent = operation(contract.giveConsent, async (call) => {
  const row = await minorOf(call, call.params.id)
  await keepConsent(call, row, call.body)
  call.audit({ subjectType: 'person', subjectId: row.id, detail: { consent: 'given' } })
  return personView(call, row)
})

export const withdrawConsent = operation(contract.withdrawConsent, async (call) => {
  const { tx, actor, at } = call
  const row = await minorOf(call, call.params.id)
  const none = { guardian: null, phone: null, relation: null }
  await insertConsent(tx, actor.streetId, row, {
    id: call.newId(),
    act: 'withdrawn',
    ...none,
    at,
    by: actor.accountId,
  })
  call.audit({ subjectType: 'person', subjectId: row.id, detail: { consent: 'withdrawn' } })
  return personView(call, row)
})

async function minorOf<C extends OperationContract>(
  { tx, actor, at }: Call<C>,
  id: string,
): Promise<PersonRow> {
  const row = await lockPerson(tx, actor.streetId, id)
  if (!row) throw new Refusal('people/not-found')
  if (ageOn(row.birth_on, dayOf(at)) >= fullAge) throw new Refusal('people/consent-not-needed')
  return row
}

/** @throws Refusal people/phone-wrong */
export async function keepConsent<C extends OperationContract>(
  { tx, actor, at, services, newId }: Call<C>,
  person: PersonRow,
  guardian: Static<typeof contract.Guardian>,
): Promise<void> {
  const phone = guardian.phone === undefined ? undefined : normaliseMobile(guardian.phone)
  if (guardian.phone !== undefined && phone === undefined) throw new Refusal('people/phone-wrong')
  const id = newId()
  const seal = (field: string, plain: string) => services.keys.seal(`guardian_consents.${field}.${id}`, plain)
  await insertConsent(tx, actor.streetId, person, {
    id,
    act: 'given',
    guardian: seal('guardian', guardian.name.trim()),
    phone: phone === undefined ? null : seal('phone', phone),
    relation: guardian.relation.trim(),
    at,
    by: actor.accountId,
  })
}
