import { randomInt } from 'node:crypto'
import { normaliseMobile } from '../../../lib/codes.ts'
import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { codeLimits, codeText, codeValidMinutes, secondsUntilNextCode } from '../rules/resident-codes.ts'
import { phoneIndex } from './insert-accounts.ts'
import { takeRateLimit } from './rate-limit-store.ts'
import { insertCode, newestCode } from './sms-code-store.ts'

const hour = 3600

/** The code is sent to any mobile number, so that the answer does not tell who is known. */
export const requestResidentCode = operation(contract.requestResidentCode, async (call) => {
  const { tx, at, services } = call
  const phone = mobileOf(call.body.phone)
  const index = phoneIndex(services.keys, phone)
  await checkLimits(call, index)
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const id = call.newId()
  await insertCode(tx, {
    phoneIndex: index,
    id,
    codeHash: services.keys.blindIndex('sms-code', `${id}:${code}`),
    sentAt: at,
    expiresAt: new Date(at.getTime() + codeValidMinutes * 60_000),
  })
  // Sent once the code is kept and the connection free: a slow gateway must not hold one.
  call.afterwards(async () => {
    try {
      await services.sms.send(phone, codeText(code))
    } catch {
      throw new Refusal('platform/busy', { retryAfterSeconds: codeLimits.pauseSeconds })
    }
  })
  return { sent: true, validMinutes: codeValidMinutes }
})

/** The plain number; an invalid-input refusal when it is none of a mobile. */
export function mobileOf(text: string): string {
  const phone = normaliseMobile(text)
  if (phone !== undefined) return phone
  throw new Refusal('platform/invalid-input', {
    errors: [{ path: '/body/phone', message: 'must be a mobile number of mainland China' }],
  })
}

/** The hour's counter comes first: its row is locked, so that two requests for one phone go one after the other. */
async function checkLimits(call: Call<typeof contract.requestResidentCode>, index: string): Promise<void> {
  const { tx, at, services } = call
  const perPhone = await takeRateLimit(tx, `sms-phone:${index}`, at, hour)
  const wait = secondsUntilNextCode((await newestCode(tx, index))?.sentAt, at)
  if (wait > 0) throw new Refusal('accounts/code-too-often', { retryAfterSeconds: wait })
  const address = services.keys.blindIndex('address', call.remoteAddress)
  const perAddress = await takeRateLimit(tx, `sms-address:${address}`, at, hour)
  if (perPhone > codeLimits.perPhoneAndHour || perAddress > codeLimits.perAddressAndHour)
    throw new Refusal('accounts/code-too-often', {
      retryAfterSeconds: hour - (Math.floor(at.getTime() / 1000) % hour),
    })
}
