import type { Bilingual } from '../../../lib/language.ts'
import { isWordSetting } from '../../../lib/setting.ts'
import { operation } from '../../../platform/operation.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import * as contract from '../contract.ts'
import type { KnownSettings } from './known-settings.ts'

/** The street's own words for every screen; from memory, so a screen may ask whenever it comes to the front. */
export const getWords = (known: KnownSettings) => {
  const wordSettings = known.settings.filter(isWordSetting)
  return operation(contract.getWords, async ({ tx, actor, at }) => {
    const words: Record<string, Bilingual> = {}
    for (const setting of wordSettings)
      Object.assign(words, await readSetting(tx, actor.streetId, setting, at))
    return { words }
  })
}
