import { type Call, operation } from '../../../platform/operation.ts'
import { Refusal } from '../../../platform/refusal.ts'
import * as contract from '../contract.ts'
import { isLocked, type SignInRecord } from '../rules/lock-out.ts'
import { hasEnded } from '../rules/one-time-until.ts'
import {
  type AccountRow,
  findStaffByUsername,
  findStreetByCode,
  normaliseUsername,
  recordFailure,
  recordSignIn,
  type StreetRow,
  streetsOfStaff,
  useTotpStep,
} from './account-store.ts'
import { beginSession } from './begin-session.ts'
import {
  type Attempt,
  beginAttempt,
  countStranger,
  failuresOfStranger,
  noteFailure,
  refuseBusyAddress,
  refuseLocked,
} from './failed-attempts.ts'
import { isRightPassword } from './passwords.ts'
import { stepOfTotp } from './second-factor.ts'

type SignInCall = Call<typeof contract.signIn>

/** Staff sign-in. A wrong password, an unknown name and a disabled account are told alike and cost the same work. */
export const signIn = operation(contract.signIn, async (call) => {
  const { tx, body, at } = call
  const attempt = beginAttempt(call, normaliseUsername(body.username))
  const account = await findStaffByUsername(tx, body.username)
  refuseLocked(attempt, await signInRecord(call, account), at)
  const hash = account?.disabled_at === null ? account.password_hash : undefined
  if (!(await isRightPassword(hash, body.password)) || account === undefined)
    return fail(call, attempt, account, 'accounts/wrong-credentials')
  await checkSecondFactor(call, attempt, account)
  if (hasEnded(account.one_time_until, at)) throw new Refusal('accounts/one-time-password-ended')
  const street = chooseStreet(await streetsOfStaff(tx, account.id, at), body.street)
  await recordSignIn(tx, account.id, at)
  return beginSession(call, { id: account.id, kind: 'staff' }, street.id)
})

async function signInRecord(call: SignInCall, account: AccountRow | undefined): Promise<SignInRecord> {
  await refuseBusyAddress(call)
  if (account) return { failures: account.failed_sign_ins, lockedUntil: account.locked_until }
  const failures = await failuresOfStranger(call, normaliseUsername(call.body.username))
  return { failures, lockedUntil: null }
}

async function checkSecondFactor(call: SignInCall, attempt: Attempt, account: AccountRow): Promise<void> {
  const { tx, body, at, services } = call
  if (services.demo || account.totp_confirmed_at === null || account.totp_secret === null) return
  if (body.totp === undefined) throw new Refusal('accounts/totp-needed')
  const secret = services.keys.open(`accounts.totp_secret.${account.id}`, account.totp_secret)
  const step = stepOfTotp(secret, body.totp, at)
  if (step === undefined || !(await useTotpStep(tx, account.id, step)))
    await fail(call, attempt, account, 'accounts/totp-wrong')
}

/** The street asked for, or the only one. The ones to choose from are told to a person who proved who they are. */
function chooseStreet(streets: readonly StreetRow[], code: string | undefined): StreetRow {
  const chosen = code === undefined ? undefined : streets.find((street) => street.code === code)
  if (chosen) return chosen
  const [only] = streets
  if (only === undefined || code !== undefined) throw new Refusal('accounts/no-post')
  if (streets.length === 1) return only
  const errors = streets.map((street) => ({ path: '/body/street', message: `${street.code} ${street.name}` }))
  throw new Refusal('accounts/choose-street', { errors })
}

async function fail(
  call: SignInCall,
  attempt: Attempt,
  account: AccountRow | undefined,
  code: string,
): Promise<never> {
  const { body, at } = call
  const name = normaliseUsername(body.username)
  const street = await streetToTell(call, account)
  noteFailure(call, attempt, contract.signIn.name, {
    accountId: account?.id,
    streetId: street?.id,
    code,
    count: async (after) =>
      account === undefined
        ? countStranger(call, after, name)
        : isLocked(await recordFailure(after, account.id, at), at),
  })
  throw new Refusal(code)
}

/** In whose audit trail a failure stands: the account's street, or for a stranger the one that was asked for. */
async function streetToTell(
  { tx, body, at }: SignInCall,
  account: AccountRow | undefined,
): Promise<StreetRow | undefined> {
  if (account === undefined) return body.street === undefined ? undefined : findStreetByCode(tx, body.street)
  const streets = await streetsOfStaff(tx, account.id, at)
  return streets.length === 1 ? streets[0] : streets.find((street) => street.code === body.street)
}
