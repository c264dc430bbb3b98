import { Check } from 'typebox/value'
import type { StreetSetting } from '../../../lib/setting.ts'
import { dayOf, startOfDay } from '../../../lib/time.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { forgetSettings } from '../../../platform/street-settings.ts'
import * as contract from '../contract.ts'
import { changeInForce, sameValue } from '../rules/what-counts.ts'
import { type ValueSchema, whatIsWrong } from '../rules/what-is-wrong.ts'
import { detailOf, type KnownSettings, settingOf } from './known-settings.ts'
import { addChange, changesOf } from './setting-store.ts'

/** A value from now or from a coming day; what does not fit the schema is refused with words for each part. */
export const changeSetting = (known: KnownSettings) =>
  operation(contract.changeSetting, async (call) => {
    const setting = settingOf(known, call.params.key)
    refuseWrong(setting, call.body.value)
    await putInForce(call, setting, call.body.value, call.body.fromDay)
    return detailOf(known, setting, call)
  })

/** Back to what the program ships; a later release that ships something better then counts too. */
export const resetSetting = (known: KnownSettings) =>
  operation(contract.resetSetting, async (call) => {
    const setting = settingOf(known, call.params.key)
    await putInForce(call, setting, undefined, call.body.fromDay)
    return detailOf(known, setting, call)
  })

/** @throws Refusal with what is wrong in each part, in both languages */
function refuseWrong(setting: StreetSetting, value: unknown): void {
  const wrong = whatIsWrong(setting.schema as ValueSchema, value)
  if (wrong.length > 0)
    throw new Refusal('settings/value-wrong', {
      errors: wrong
        .slice(0, 20)
        .map(({ path, words }) => ({ path: `/body/value${path}`, message: `${words.zh} · ${words.en}` })),
    })
  // The words know the part of JSON Schema that settings use; the schema itself has the last say.
  if (!Check(setting.schema, value)) throw new Refusal('settings/value-wrong')
}

async function putInForce(
  call: Pick<Call<typeof contract.resetSetting>, 'tx' | 'actor' | 'at' | 'newId' | 'audit' | 'afterwards'>,
  setting: StreetSetting,
  value: unknown,
  fromDay: string | undefined,
): Promise<void> {
  const { tx, actor, at } = call
  const from = instantFrom(fromDay, at)
  const changes = (await changesOf(tx, actor.streetId, setting.key)).get(setting.key) ?? []
  const then = changeInForce(changes, from)
  const unset = then === undefined || then.act === 'reset'
  if (value === undefined ? unset : !unset && sameValue(then.value, value))
    throw new Refusal('settings/nothing-changes')
  if (unset && value !== undefined && sameValue(setting.fallback, value))
    throw new Refusal('settings/nothing-changes')
  const id = call.newId()
  await addChange(tx, {
    streetId: actor.streetId,
    key: setting.key,
    id,
    by: actor.accountId,
    at,
    value,
    from,
  })
  call.audit({
    subjectType: 'setting',
    subjectId: setting.key,
    detail: { changeId: id, act: value === undefined ? 'reset' : 'set', from: from.toISOString() },
  })
  call.afterwards(async () => forgetSettings(actor.streetId))
}

// Clocks that were set yesterday were set by yesterday's rule: nothing is changed backwards.
function instantFrom(day: string | undefined, at: Date): Date {
  const today = dayOf(at)
  if (day === undefined || day === today) return at
  if (day < today) throw new Refusal('settings/day-past')
  return startOfDay(day)
}
