import { operation } from '../../../platform/operation.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import * as contract from '../contract.ts'
import { disputeKinds, disputeLevels, hazardKinds, hazardLevelNames } from '../settings.ts'
import { violationKinds, violationTypeNames } from '../violation-settings.ts'

const named = (list: readonly { code: string; zh: string; en: string }[]) =>
  list.map(({ code, zh, en }) => ({ code, zh, en }))

export const getSafetyChoices = operation(contract.getSafetyChoices, async ({ tx, actor, at }) => ({
  kinds: named(await readSetting(tx, actor.streetId, disputeKinds, at)),
  levels: named(await readSetting(tx, actor.streetId, disputeLevels, at)),
  hazardKinds: named(await readSetting(tx, actor.streetId, hazardKinds, at)),
  hazardLevels: [...(await readSetting(tx, actor.streetId, hazardLevelNames, at))],
  violationTypes: [...(await readSetting(tx, actor.streetId, violationTypeNames, at))],
  violationKinds: [...(await readSetting(tx, actor.streetId, violationKinds, at))],
}))
