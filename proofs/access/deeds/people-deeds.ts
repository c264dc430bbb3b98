/** Deeds of the register of people. */
import * as p from '../../../modules/people/contract.ts'
import { type Caller, type Deed, type Hands, inDays } from './hands.ts'

/** Somebody of the register in c1, without an account. */
export async function registered(h: Hands, birthOn = '1950-01-01'): Promise<string> {
  const body = {
    areaId: h.street.areaId('c1'),
    name: '龙老人',
    phone: `1366${String(h.next()).padStart(7, '0')}`,
    birthOn,
  }
  return (await h.make('clerk-c1', p.registerPerson, { body })).id
}

export interface Registered extends Caller {
  readonly personId: string
}
/** Somebody with an account who wrote themselves into the register of c1. */
export async function registeredResident(h: Hands): Promise<Registered> {
  const who = await h.newResident()
  const body = { areaId: h.street.areaId('c1'), name: '欧阳金丝雀', birthOn: '1980-01-01' }
  const { id } = await h.make(who, p.registerMyself, { body })
  return { ...who, personId: id }
}

const guardian = { name: '其父', relation: '父亲' }
/** Fifteen years old: old enough to be registered, and not of age. */
const bornLate = inDays(-15.5 * 365)

export const peopleDeeds: Readonly<Record<string, Deed>> = {
  'people.correctPerson': async (h) =>
    h.ask('clerk-c1', p.correctPerson, { params: { id: await registered(h) }, body: { name: '龙老爷' } }),
  'people.unmaskPerson': async (h) =>
    h.ask('clerk-c1', p.unmaskPerson, {
      params: { id: await registered(h) },
      body: { field: 'phone', reason: '核对用' },
    }),
  'people.giveConsent': async (h) =>
    h.ask('clerk-c1', p.giveConsent, { params: { id: await registered(h, bornLate) }, body: guardian }),
  'people.withdrawConsent': async (h) => {
    const id = await registered(h, bornLate)
    await h.make('clerk-c1', p.giveConsent, { params: { id }, body: guardian })
    return h.ask('clerk-c1', p.withdrawConsent, { params: { id }, body: {} })
  },
}
