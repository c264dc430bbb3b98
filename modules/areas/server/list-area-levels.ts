import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { areaLevels } from './area-store.ts'

export const listAreaLevels = operation(contract.listAreaLevels, async ({ tx, actor }) => ({
  items: await areaLevels(tx, actor.streetId),
}))
