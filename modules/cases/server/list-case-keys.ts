import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { rowsOfList } from './list-cases.ts'

export const listCaseKeys = operation(contract.listCaseKeys, async (call) => {
  const rows = await rowsOfList(call, contract.caseKeysAtMost + 1)
  return {
    items: rows.slice(0, contract.caseKeysAtMost).map(({ id, version, state }) => ({ id, version, state })),
    more: rows.length > contract.caseKeysAtMost,
  }
})
