import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { areaIndex, chainOf } from '../../areas/server/index.ts'
import { deskPhone } from '../../messages/server/index.ts'
import * as contract from '../contract.ts'
import { printedSlipCode } from '../rules/slip-code.ts'
import type { CaseRow } from './case-row.ts'
import { findCase } from './case-store.ts'
import { slipCodeOf } from './slip-code-of.ts'
import { streetName } from './slip-store.ts'

/** 打印回执: the first printing makes the code; every later one prints the same, and each is in the trail. */
export const printSlip = operation(contract.printSlip, async (call) => {
  const { tx, actor, at, params } = call
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('cases/not-found')
  const { code, isNew } = await slipCodeOf({ tx, keys: call.services.keys, at }, row)
  call.audit({ subjectType: 'case', subjectId: row.id, detail: { slip: isNew ? 'first' : 'again' } })
  return {
    number: row.number,
    code: printedSlipCode(code),
    streetName: await streetName(tx, actor.streetId),
    title: row.title,
    filedAt: row.created_at.toISOString(),
    acceptedAt: row.accepted_at?.toISOString() ?? null,
    dueAt: row.due_at?.toISOString() ?? null,
    desk: await deskName(call, row),
    deskPhone: await readSetting(tx, actor.streetId, deskPhone, at),
    printedAt: at.toISOString(),
  }
})

/** The community whose desk holds the case; the street where that is the street's. */
async function deskName({ tx, actor }: Call<typeof contract.printSlip>, row: CaseRow): Promise<string> {
  const areas = await areaIndex(tx, actor.streetId)
  const community =
    row.desk === 'community' ? chainOf(areas, row.area).find(({ level }) => level === 'community') : undefined
  return community?.name ?? areas.root.name
}
