import { roles } from '../../../lib/contract.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { knownPhoneIndexes, knownUsernames, someStreets } from './account-store.ts'
import { phoneIndex } from './insert-accounts.ts'

const demoPhones = Array.from({ length: 9 }, (_, index) => `1380000000${index + 1}`)

/** Outside a demo it tells nothing at all. */
export const getDemoNote = operation(contract.getDemoNote, async ({ tx, services }) => {
  if (!services.demo) return { demo: false, streetName: null, usernames: [], residentPhones: [] }
  const [street] = await someStreets(tx, 1)
  const usernames = await knownUsernames(tx, roles)
  const indexes = demoPhones.map((phone) => phoneIndex(services.keys, phone))
  const phones = await knownPhoneIndexes(tx, indexes)
  return {
    demo: true,
    streetName: street?.name ?? null,
    usernames: roles.filter((role) => usernames.has(role)),
    residentPhones: demoPhones.filter((_, index) => phones.has(indexes[index] ?? '')),
  }
})
