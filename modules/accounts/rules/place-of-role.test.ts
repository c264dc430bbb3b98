import { expect, test } from 'vitest'
import { roles } from '../../../lib/contract.ts'
import { decidePlace } from './place-of-role.ts'

const street = { hasArea: true, areaIsStreet: true, hasOrganisation: false }
const grid = { hasArea: true, areaIsStreet: false, hasOrganisation: false }
const organisation = { hasArea: false, areaIsStreet: false, hasOrganisation: true }
const both = { hasArea: true, areaIsStreet: true, hasOrganisation: true }
const neither = { hasArea: false, areaIsStreet: false, hasOrganisation: false }

test.each([
  ['clerk', grid, undefined],
  ['verifier', street, undefined],
  ['dispatcher', street, undefined],
  ['dispatcher', grid, 'area'],
  ['security-admin', grid, 'area'],
  ['clerk', organisation, 'area'],
  ['handler', organisation, undefined],
  ['organisation-lead', grid, 'organisation'],
  ['resident', grid, 'staff-role'],
] as const)('a post of %s in %o needs: %s', (role, place, needs) => {
  const decision = decidePlace(role, place)
  expect(decision.ok ? undefined : decision.needs).toBe(needs)
})

test('no post stands in both an area and an organisation, or in neither', () => {
  for (const role of roles) {
    expect(decidePlace(role, both).ok).toBe(false)
    expect(decidePlace(role, neither).ok).toBe(false)
  }
})
