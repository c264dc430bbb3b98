/** What a form holds of a person before it is sent; empty fields are left out. */
import type { BodyOf } from '../../../lib/contract.ts'
import { dayOf, isDay } from '../../../lib/time.ts'
import type { correctPerson, registerPerson } from '../contract.ts'
import { ageOn, fullAge } from '../rules/age.ts'

export interface PersonDraft {
  name: string
  phone: string
  birthOn: string
  idNumber: string
  areaId: string
  guardian: string
  relation: string
}

export const emptyPerson = (areaId = ''): PersonDraft => ({
  name: '',
  phone: '',
  birthOn: '',
  idNumber: '',
  areaId,
  guardian: '',
  relation: '',
})

export const isMinor = (birthOn: string): boolean =>
  isDay(birthOn) && ageOn(birthOn, dayOf(new Date())) < fullAge

const given = <K extends string>(key: K, value: string): Partial<Record<K, string>> =>
  value.trim() === '' ? {} : ({ [key]: value.trim() } as Record<K, string>)

export const registerBody = (draft: PersonDraft): BodyOf<typeof registerPerson> => ({
  areaId: draft.areaId,
  name: draft.name.trim(),
  birthOn: draft.birthOn,
  ...given('phone', draft.phone),
  ...given('idNumber', draft.idNumber),
  ...(isMinor(draft.birthOn) && draft.guardian.trim() !== '' && draft.relation.trim() !== ''
    ? { guardian: { name: draft.guardian.trim(), relation: draft.relation.trim() } }
    : {}),
})

export const correctBody = (draft: PersonDraft): BodyOf<typeof correctPerson> => ({
  ...given('name', draft.name),
  ...given('birthOn', draft.birthOn),
  ...given('phone', draft.phone),
  ...given('idNumber', draft.idNumber),
})
