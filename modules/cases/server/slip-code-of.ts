/** The query code of a case: one for its whole life, on paper and in texts alike. */
import { randomInt } from 'node:crypto'
import type { Tx } from '../../../platform/db.ts'
import type { Keys } from '../../../platform/keys.ts'
import { makeSlipCode } from '../rules/slip-code.ts'
import type { CaseRow } from './case-row.ts'
import { addSlip, findSlipCode } from './slip-store.ts'

/** The code that the case has, or its first. `isNew` when this call made it. */
export async function slipCodeOf(
  { tx, keys, at }: { tx: Tx; keys: Keys; at: Date },
  { street_id, id, number }: Pick<CaseRow, 'street_id' | 'id' | 'number'>,
): Promise<{ code: string; isNew: boolean }> {
  const place = `case_slips.code.${id}`
  const kept = await findSlipCode(tx, street_id, id)
  if (kept !== undefined) return { code: keys.open(place, kept), isNew: false }
  const code = makeSlipCode(randomInt)
  const isNew = await addSlip(tx, {
    streetId: street_id,
    caseId: id,
    sealed: keys.seal(place, code),
    index: slipIndex(keys, number, code),
    at,
  })
  if (isNew) return { code, isNew }
  const other = await findSlipCode(tx, street_id, id)
  if (other === undefined) throw new Error('a slip was there and is gone')
  return { code: keys.open(place, other), isNew: false }
}

/** Number and code together: a code that somebody tries fits one number only. */
export const slipIndex = (
  keys: { blindIndex(purpose: string, value: string): string },
  number: string,
  code: string,
): string => keys.blindIndex('case-slip', `${number}:${code}`)
