import { timingSafeEqual } from 'node:crypto'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { isOpen, triesPerCode } from '../rules/resident-codes.ts'
import {
  type AccountRow,
  addMemberships,
  findResidentByPhoneIndex,
  findStreetByCode,
  recordSignIn,
  type StreetRow,
  someStreets,
  streetsOfResident,
} from './account-store.ts'
import { beginSession } from './begin-session.ts'
import { type Attempt, beginAttempt, noteFailure, refuseBusyAddress } from './failed-attempts.ts'
import { phoneIndex, tryInsertAccounts } from './insert-accounts.ts'
import { mobileOf } from './request-resident-code.ts'
import { countTry, newestCode, type SmsCodeRow, useCode } from './sms-code-store.ts'

type ResidentCall = Call<typeof contract.signInResident>

/** The code that opens every phone of a demo. */
const demoCode = '000000'

export const signInResident = operation(contract.signInResident, async (call) => {
  const { tx, body, at, services } = call
  const phone = mobileOf(body.phone)
  const index = phoneIndex(services.keys, phone)
  const attempt = beginAttempt(call, index)
  await refuseBusyAddress(call)
  const code = await newestCode(tx, index)
  const account = await findResidentByPhoneIndex(tx, index)
  await checkCode(call, attempt, index, code, account)
  // Told only after the right code, so that a stranger does not learn of it.
  if (account?.disabled_at) throw new Refusal('accounts/locked')
  const street = await chooseStreet(call, account)
  const id = account?.id ?? (await makeResident(call, phone, street.id))
  await addMemberships(tx, street.id, [id], at)
  await recordSignIn(tx, id, at)
  return beginSession(call, { id, kind: 'resident' }, street.id)
})

async function checkCode(
  call: ResidentCall,
  attempt: Attempt,
  index: string,
  code: SmsCodeRow | undefined,
  account: AccountRow | undefined,
): Promise<void> {
  const { tx, body, at, services } = call
  if (services.demo && body.code === demoCode) return
  const alive = code !== undefined && isOpen(code, at)
  // Tries made side by side count before they have failed; one too many is not even looked at, but counts too.
  const open = alive && code.tries + attempt.running <= triesPerCode
  if (open && isCode(call, code) && (await useCode(tx, index, code.id, at))) return
  const [street, ...others] = account === undefined ? [] : await streetsOfResident(tx, account.id)
  noteFailure(call, attempt, contract.signInResident.name, {
    accountId: account?.id,
    streetId: others.length === 0 ? street?.id : undefined,
    code: 'accounts/wrong-code',
    count: async (after) => alive && (await countTry(after, index, code.id, triesPerCode)) >= triesPerCode,
  })
  throw new Refusal('accounts/wrong-code')
}

function isCode({ body, services }: ResidentCall, code: SmsCodeRow): boolean {
  const given = Buffer.from(services.keys.blindIndex('sms-code', `${code.id}:${body.code}`))
  return timingSafeEqual(given, Buffer.from(code.codeHash))
}

/** The street named; else the one this resident named before; else the only one there is. */
async function chooseStreet({ tx, body }: ResidentCall, account: AccountRow | undefined): Promise<StreetRow> {
  if (body.street !== undefined) {
    const named = await findStreetByCode(tx, body.street)
    if (named) return named
  }
  const mine = account === undefined ? [] : await streetsOfResident(tx, account.id)
  const streets = mine.length > 0 ? mine : await someStreets(tx, 50)
  const [only, ...others] = streets
  if (only && others.length === 0 && body.street === undefined) return only
  const errors = streets.map((street) => ({ path: '/body/street', message: `${street.code} ${street.name}` }))
  throw new Refusal('accounts/choose-street', { errors })
}

async function makeResident(call: ResidentCall, phone: string, streetId: number): Promise<string> {
  const id = call.newId()
  const { keys } = call.services
  if (!(await tryInsertAccounts(call.tx, keys, streetId, call.at, [{ id, kind: 'resident', phone }])))
    // Two first sign-ins at once: the other one has made the account, and the next try finds it.
    throw new Refusal('platform/busy', { retryAfterSeconds: 1 })
  return id
}
