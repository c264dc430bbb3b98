import { settingGroups } from '../../../lib/setting.ts'
import { operation } from '../../../platform/operation.ts'
import * as contract from '../contract.ts'
import type { KnownSettings } from './known-settings.ts'
import { changesOf } from './setting-store.ts'
import { peopleIn, settingView } from './setting-view.ts'

const groups = Object.keys(settingGroups)

/** All settings in the order of their groups. */
export const listSettings = (known: KnownSettings) =>
  operation(contract.listSettings, async ({ tx, actor, at, services }) => {
    const changes = await changesOf(tx, actor.streetId, null)
    const people = await known.namesOf(tx, services.keys, peopleIn([...changes.values()].flat()))
    const inOrder = groups.flatMap((group) => known.settings.filter((one) => one.group === group))
    return {
      items: inOrder.map((setting) =>
        settingView(setting, changes.get(setting.key) ?? [], { actor, at, people }),
      ),
    }
  })
