import { dayOf } from '../../../lib/time.ts'
import { operation } from '../../../platform/operation.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import * as contract from '../contract.ts'
import { mapTiles } from '../map-setting.ts'
import { areasInForce } from './area-store.ts'
import { draftAreas, usedCodes } from './draft-store.ts'
import { draftView, getDraftRow } from './draft-view.ts'

export const getDraft = operation(contract.getDraft, async (call) => {
  const { tx, actor, at, params } = call
  const draft = await getDraftRow(call, params.id)
  const areas = await draftAreas(tx, actor.streetId, draft.id)
  const used = await usedCodes(tx, actor.streetId)
  // What stands on the screen the screen knows; only the codes that it does not see are told.
  for (const { code } of await areasInForce(tx, actor.streetId, dayOf(at))) used.delete(code)
  const { path, datum, maxZoom } = await readSetting(tx, actor.streetId, mapTiles, at)
  const tiles = path === '' ? null : { path, datum, maxZoom }
  return { draft: draftView(draft), areas, takenCodes: [...used].sort(), tiles }
})
