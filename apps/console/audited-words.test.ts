import { expect, test } from 'vitest'
import { operationNames } from '../../modules/accounts/console/operation-words.ts'
import { modules } from '../modules.ts'

test('every act that the audit trail keeps has words on its screen', () => {
  const audited = modules
    .flatMap((module) => module.operations)
    .filter((operation) => operation.contract.audit !== 'none')
    .map((operation) => operation.contract.name)
  const known: readonly string[] = operationNames
  expect(audited.filter((name) => !known.includes(name))).toEqual([])
})
