import { randomInt } from 'node:crypto'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import { readSetting } from '../../../platform/street-settings.ts'
import { areaIndex, chainOf } from '../../areas/server/index.ts'
import { deskPhone } from '../../messages/server/index.ts'
import * as contract from '../contract.ts'
import { makeSlipCode, printedSlipCode } from '../rules/slip-code.ts'
import type { CaseRow } from './case-row.ts'
import { findCase } from './case-store.ts'
import { addSlip, findSlipCode, streetName } from './slip-store.ts'

/** 打印回执: the first printing makes the code; every later one prints the same, and each is in the trail. */
export const printSlip = operation(contract.printSlip, async (call) => {
  const { tx, actor, at, params } = call
  const row = await findCase(tx, actor.streetId, params.id)
  if (!row) throw new Refusal('cases/not-found')
  const { code, isNew } = await codeOf(call, row)
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

async function codeOf(
  { tx, actor, at, services }: Call<typeof contract.printSlip>,
  row: CaseRow,
): Promise<{ code: string; isNew: boolean }> {
  const place = `case_slips.code.${row.id}`
  const kept = await findSlipCode(tx, actor.streetId, row.id)
  if (kept !== undefined) return { code: services.keys.open(place, kept), isNew: false }
  const code = makeSlipCode(randomInt)
  const isNew = await addSlip(tx, {
    streetId: actor.streetId,
    caseId: row.id,
    sealed: services.keys.seal(place, code),
    index: slipIndex(services.keys, row.number, code),
    at,
  })
  if (isNew) return { code, isNew }
  const other = await findSlipCode(tx, actor.streetId, row.id)
  if (other === undefined) throw new Error('a slip was there and is gone')
  return { code: services.keys.open(place, other), isNew: false }
}

/** Number and code together: a code that somebody tries fits one number only. */
export const slipIndex = (
  keys: { blindIndex(purpose: string, value: string): string },
  number: string,
  code: string,
): string => keys.blindIndex('case-slip', `${number}:${code}`)

/** The community whose desk holds the case; the street where that is the street's. */
async function deskName({ tx, actor }: Call<typeof contract.printSlip>, row: CaseRow): Promise<string> {
  const areas = await areaIndex(tx, actor.streetId)
  const community =
    row.desk === 'community' ? chainOf(areas, row.area).find(({ level }) => level === 'community') : undefined
  return community?.name ?? areas.root.name
}
