import { operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { forgetSettings } from '../../../platform/street-settings.ts'
import * as contract from '../contract.ts'
import { detailOf, type KnownSettings, settingOf } from './known-settings.ts'
import { addUndo, changesOf } from './setting-store.ts'

/** 撤销: an entry more, not one less. What counted before the change counts again. */
export const undoChange = (known: KnownSettings) =>
  operation(contract.undoChange, async (call) => {
    const { tx, actor, at } = call
    const { changeId } = call.body
    const setting = settingOf(known, call.params.key)
    const changes = (await changesOf(tx, actor.streetId, setting.key)).get(setting.key) ?? []
    const change = changes.find(({ id }) => id === changeId)
    if (!change) throw new Refusal('settings/not-found')
    const added =
      change.undone === null &&
      (await addUndo(tx, {
        streetId: actor.streetId,
        key: setting.key,
        id: call.newId(),
        by: actor.accountId,
        at,
        undoes: changeId,
      }))
    if (!added) throw new Refusal('settings/undone-already')
    call.audit({
      subjectType: 'setting',
      subjectId: setting.key,
      detail: { changeId, act: 'undo' },
    })
    call.afterwards(async () => forgetSettings(actor.streetId))
    return detailOf(known, setting, call)
  })
