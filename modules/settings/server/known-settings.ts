/** What the operations of this module are made from: settings stand above all modules, so the app brings the others'. */
import type { OutputOf } from '../../../lib/contract.ts'
import type { StreetSetting } from '../../../lib/setting.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Call } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import type { Services } from '../../../platform/services.ts'
import type * as contract from '../contract.ts'
import { changesOf } from './setting-store.ts'
import { historyOf, type People, peopleIn, settingView } from './setting-view.ts'

export interface KnownSettings {
  /** Every setting of every module. */
  readonly settings: readonly StreetSetting[]
  /** Names of accounts, from the accounts module's door. */
  namesOf(tx: Tx, keys: Services['keys'], accountIds: readonly string[]): Promise<People>
}

export function settingOf(known: KnownSettings, key: string): StreetSetting {
  const setting = known.settings.find((one) => one.key === key)
  if (!setting) throw new Refusal('settings/not-found')
  return setting
}

/** One setting with its history, as it stands in this transaction. */
export async function detailOf(
  known: KnownSettings,
  setting: StreetSetting,
  { tx, actor, at, services }: Pick<Call<typeof contract.getSetting>, 'tx' | 'actor' | 'at' | 'services'>,
): Promise<OutputOf<typeof contract.getSetting>> {
  const changes = (await changesOf(tx, actor.streetId, setting.key)).get(setting.key) ?? []
  const people = await known.namesOf(tx, services.keys, peopleIn(changes))
  const viewing = { actor, at, people }
  return { setting: settingView(setting, changes, viewing), history: historyOf(setting, changes, viewing) }
}
