import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { areaIndex } from './area-index.ts'
import { divisionsBelow } from './division-store.ts'

/** By the code of the street itself, which is its division code. */
export const listDivisions = operation(contract.listDivisions, async ({ tx, actor }) => {
  const { root } = await areaIndex(tx, actor.streetId)
  return { items: await divisionsBelow(tx, root.code) }
})
