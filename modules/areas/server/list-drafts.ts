import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { draftsOf } from './draft-store.ts'
import { draftView } from './draft-view.ts'

export const listDrafts = operation(contract.listDrafts, async ({ tx, actor }) => ({
  items: (await draftsOf(tx, actor.streetId)).map(draftView),
}))
