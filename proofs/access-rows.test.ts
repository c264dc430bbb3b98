import { expect, test } from 'vitest'
import { casePlans } from './access/case-probes.ts'
import { allContracts } from './access/contracts.ts'
import { streetPlans } from './access/street-probes.ts'
import { caseRows } from './access-oracle.ts'
import { streetRows } from './access-street-oracle.ts'

test('Every operation of every contract has a row in the access oracle', async () => {
  const missing = (await allContracts())
    .map(({ name }) => name)
    .filter((name) => !(name in caseRows) && !(name in streetRows))
  expect(missing).toEqual([])
})

test('The access oracle has no row for an operation that is gone', async () => {
  const names = new Set((await allContracts()).map(({ name }) => name))
  expect([...Object.keys(caseRows), ...Object.keys(streetRows)].filter((name) => !names.has(name))).toEqual(
    [],
  )
})

test('The access proof calls every operation of every contract', async () => {
  const names = (await allContracts()).map(({ name }) => name)
  expect(names.filter((name) => !(name in casePlans) && !(name in streetPlans))).toEqual([])
})
