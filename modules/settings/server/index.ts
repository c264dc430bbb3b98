/** The door of the settings module. */
import type { ServerModule } from '../../../platform/server-module.ts'
import { refusals } from '../contract.ts'
import { words } from '../messages.ts'
import { changeSetting, resetSetting } from './change-setting.ts'
import { getSetting } from './get-setting.ts'
import { getWords } from './get-words.ts'
import type { KnownSettings } from './known-settings.ts'
import { listSettings } from './list-settings.ts'
import { seeInstallation } from './see-installation.ts'
import { undoChange } from './undo-change.ts'

/**
 * Settings stand above all modules, and every module has some: the app that knows them all brings them here.
 * @throws Error when two settings have one key
 */
export function settingsModule(
  modules: readonly ServerModule[],
  namesOf: KnownSettings['namesOf'],
): ServerModule {
  const settings = modules.flatMap((module) => module.settings ?? [])
  const keys = settings.map(({ key }) => key)
  const twice = keys.find((key, index) => keys.indexOf(key) !== index)
  if (twice !== undefined) throw new Error(`two settings are called ${twice}`)
  const known: KnownSettings = { settings, namesOf }
  return {
    name: 'settings',
    operations: [
      ...[listSettings, getSetting, changeSetting, resetSetting, undoChange, getWords].map((make) =>
        make(known),
      ),
      seeInstallation,
    ],
    refusals,
    words,
  }
}
