import { expect, test } from 'vitest'
import { allContracts } from './access/contracts.ts'
import { caseRows, streetRows } from './access-oracle.ts'

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
