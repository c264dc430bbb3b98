import { type FieldError, Refusal } from '../../../platform/refusal.ts'
import type { ExtraValues } from '../extra-fields.ts'
import { extraFaultWords } from '../messages.ts'
import { checkExtra } from '../rules/extra-fields.ts'
import type { MatterRow } from './matter-store.ts'

/**
 * The values that this matter asks for. `complete`, at acceptance: a required one must be there, and what an earlier
 * matter asked for falls away. `as-said`, at filing: nothing is missed, but what is said must fit.
 * @throws Refusal cases/extra-fields-wrong, naming each field
 */
export function extraOf(
  matter: MatterRow | undefined,
  values: ExtraValues,
  how: 'complete' | 'as-said',
): ExtraValues {
  const fields = matter?.extra_fields ?? null
  const asked = Object.fromEntries(
    Object.entries(values).filter(
      ([name]) => how === 'as-said' || Object.hasOwn(fields?.properties ?? {}, name),
    ),
  )
  const errors = checkExtra(fields, asked, how === 'complete').map(
    ({ field, fault }): FieldError => ({
      path: `/body/extra/${field}`,
      message: `${extraFaultWords[fault].zh} ${extraFaultWords[fault].en}`,
    }),
  )
  if (errors.length > 0) throw new Refusal('cases/extra-fields-wrong', { errors })
  return asked
}
