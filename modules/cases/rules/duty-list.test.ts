import { expect, test } from 'vitest'
import { loadCatalogue } from '../seeds/load-catalogue.ts'
import type { DutyRule } from '../seeds/read-catalogue.ts'
import { kindsOnDuty, onDutyList, organisationMayTake } from './duty-list.ts'

const rule = (organisationKind: string, matterPrefix: string, duty: DutyRule['duty']): DutyRule => ({
  level: 'community',
  organisationKind,
  matterPrefix,
  duty,
  turnTo: duty === 'refuse' ? 'housing' : null,
  basisZh: '',
  basisEn: '',
})
const rules = [
  rule('community', 'LX', 'refuse'),
  rule('community', 'LX01', 'may'),
  rule('community', 'LX01002', 'refuse'),
  rule('grid', 'LX0100', 'must'),
  rule('property', 'LX01', 'must'),
  rule('water', 'LX01', 'may'),
  rule('water', 'GB', 'refuse'),
]

test('the longest prefix decides, whatever the shorter ones say', () => {
  expect(onDutyList(rules, 'community', 'LX01001')).toBe(true)
  expect(onDutyList(rules, 'community', 'LX01002')).toBe(false)
  expect(onDutyList(rules, 'community', 'LX99')).toBe(false)
})

test('what a community’s list does not hold can not be put on it; an organisation takes whatever its list does not refuse', () => {
  expect(onDutyList(rules, 'community', 'GB01')).toBe(false)
  expect(organisationMayTake(rules, 'property', 'GB01')).toBe(true)
  expect(organisationMayTake(rules, 'water', 'GB01')).toBe(false)
})

test('those that must come before those that may, and those that refuse not at all', () => {
  expect(kindsOnDuty(rules, 'LX01002').map((one) => one.kind)).toEqual(['grid', 'property', 'water'])
})

test('every matter of the shipped catalogue has somebody whose duty it is', () => {
  const catalogue = loadCatalogue()
  const orphans = catalogue.matters.filter((matter) => kindsOnDuty(catalogue.duties, matter.key).length === 0)
  expect(orphans.map((matter) => matter.key)).toEqual([])
})

test('no community is given what only departments can settle', () => {
  const { matters, duties } = loadCatalogue()
  const pushedDown = matters.filter(
    ({ key, level }) => level === 'department' && onDutyList(duties, 'community', key),
  )
  expect(pushedDown.map((matter) => matter.key)).toEqual([])
})
