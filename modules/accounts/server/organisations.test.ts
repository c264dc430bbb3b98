import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestStreets, type TestStreets } from '../../testing/street-fixture.ts'
import * as contract from '../contract.ts'

let town: TestStreets
beforeAll(async () => {
  town = await startTestStreets()
})
afterAll(() => town.close())

test('organisations of the own street are listed with where they work', async () => {
  const clerk = await town.as('clerk-c1')
  const listed = await clerk.call(contract.listOrganisations)
  expect(listed.body.items.map((item) => [item.code, item.areas.map((area) => area.code)])).toEqual([
    ['enforcement', []],
    ['import', []],
    ['property', ['c1']],
    ['water', []],
  ])
  const found = await clerk.call(contract.listOrganisations, { query: { q: '物业' } })
  expect(found.body.items.map((item) => item.name)).toEqual(['安居物业'])
  const none = await clerk.call(contract.listOrganisations, { query: { q: '%' } })
  expect(none.body.items).toEqual([])
})

test('the system administrator adds one, which is audited and listed at once', async () => {
  const admin = await town.as('system-admin')
  const body = {
    code: 'greening',
    name: '园林所',
    kind: 'greening' as const,
    areaIds: [town.street.areaId('c2')],
  }
  const made = await admin.call(contract.createOrganisation, { body })
  expect([made.status, made.body.areas[0]?.name]).toEqual([201, '南园社区'])
  const again = await admin.call(contract.createOrganisation, { body })
  expect([again.status, again.code]).toEqual([409, 'accounts/code-taken'])
  const listed = await admin.call(contract.listOrganisations, { query: { q: 'green' } })
  expect(listed.body.items).toEqual([made.body])
  const trail = await town.look('select operation from audit_entries where subject_id = $1', [made.body.id])
  expect(trail).toEqual([{ operation: 'accounts.createOrganisation' }])
})

test('an area of another street is none', async () => {
  const admin = await town.as('system-admin')
  const body = {
    code: 'far',
    name: '远方',
    kind: 'partner' as const,
    areaIds: [town.other.areaId('c1')],
  }
  expect((await admin.call(contract.createOrganisation, { body })).code).toBe('accounts/area-not-found')
})

test('other roles add none', async () => {
  for (const username of ['security-admin', 'duty-head', 'organisation-lead-water']) {
    const browser = await town.as(username)
    const body = { code: 'x', name: 'x', kind: 'partner' as const }
    expect((await browser.call(contract.createOrganisation, { body })).status).toBe(403)
  }
})
