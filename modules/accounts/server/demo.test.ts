import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTransaction } from '../../../platform/db.ts'
import { startTestStreets, type TestStreets, testPassword } from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'
import { insertAccounts } from './insert-accounts.ts'

let town: TestStreets
beforeAll(async () => {
  town = await startTestStreets({ demo: true })
})
afterAll(() => town.close())

test('in a demo the code 000000 opens every phone, and the second factor is off', async () => {
  const body = { phone: '13811112222', code: '000000', street: '990101001' }
  const resident = await town.client().call(contract.signInResident, { body })
  expect([resident.status, resident.body.demo]).toEqual([200, true])
  const staff = await town.client().signInAs('clerk-c1', testPassword)
  expect(staff.body).toMatchObject({ demo: true, mustEnrolTotp: false })
})

test('the demo note names the accounts that there are and no password', async () => {
  const at = town.clock.now()
  await inTransaction(town.pool, { actor: undefined }, (tx) =>
    insertAccounts(tx, town.services.keys, town.street.streetId, at, [
      { id: '01990000-0000-7000-8000-000000000001', kind: 'resident', phone: '13800000003' },
    ]),
  )
  const note = await town.client().call(contract.getDemoNote)
  expect(note.body).toEqual({
    demo: true,
    streetName: '滨河街道',
    usernames: [
      'dispatcher',
      'duty-head',
      'verifier',
      'supervisor',
      'viewer',
      'system-admin',
      'security-admin',
      'audit-admin',
    ],
    residentPhones: ['13800000003'],
  })
})
