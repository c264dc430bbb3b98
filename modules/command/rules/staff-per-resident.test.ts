import { expect, test } from 'vitest'
import { staffPerResident } from './staff-per-resident.ts'

const registered = { scope: '户籍人口', value: 24_000, onDay: '2024-12-31', source: '社区台账' }
const floating = { scope: '流动人口', value: 11_000, onDay: '2024-12-31', source: '社区台账' }
const staff = { scope: '专职人员', value: 30, onDay: '2024-12-31', source: '社区' }

test('the same 30 people serve 800 or 1,167 each: both stand there, each with whom it counts', () => {
  const { ratios, datesDiffer } = staffPerResident([registered, floating], [staff])
  expect(
    ratios.map(({ perStaff, residents, counted }) => [perStaff, residents, counted.map((c) => c.scope)]),
  ).toEqual([
    [800, 24_000, ['户籍人口']],
    [367, 11_000, ['流动人口']],
    [1_167, 35_000, ['户籍人口', '流动人口']],
  ])
  expect(datesDiffer).toBe(false)
})

test('counts of different days are not added up, and it is said', () => {
  const { ratios, datesDiffer } = staffPerResident(
    [registered, { ...floating, onDay: '2025-06-30' }],
    [staff],
  )
  expect(ratios.map(({ residents }) => residents)).toEqual([24_000, 11_000])
  expect(datesDiffer).toBe(true)
})

test('a sum in which people may stand twice says so', () => {
  const usual = { ...registered, scope: '常住人口' }
  const { ratios } = staffPerResident([usual, floating], [staff])
  expect(ratios.map(({ perStaff, mayOverlap }) => [perStaff, mayOverlap])).toEqual([
    [800, false],
    [367, false],
    [1_167, true],
  ])
  const both = staffPerResident([registered, usual], [staff]).ratios
  expect(both.map(({ residents }) => residents)).toEqual([24_000, 24_000])
})

test('without staff there is no ratio, and not zero', () => {
  expect(staffPerResident([registered], [{ ...staff, value: 0 }]).ratios[0]?.perStaff).toBeNull()
})

test('staff as given and staff as counted from posts stand beside each other', () => {
  const counted = { scope: '在岗', value: 25, onDay: '2026-09-14', source: null }
  expect(staffPerResident([registered], [staff, counted]).ratios.map(({ perStaff }) => perStaff)).toEqual([
    800, 960,
  ])
})
