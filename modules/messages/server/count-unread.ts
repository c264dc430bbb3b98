import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { countUnreadOf } from './notice-store.ts'

export const countUnread = operation(contract.countUnread, async ({ tx, actor }) => ({
  count: await countUnreadOf(tx, actor, 100),
}))
