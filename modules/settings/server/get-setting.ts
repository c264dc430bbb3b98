import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import { detailOf, type KnownSettings, settingOf } from './known-settings.ts'

export const getSetting = (known: KnownSettings) =>
  operation(contract.getSetting, async (call) => detailOf(known, settingOf(known, call.params.key), call))
