/** Signing in and out for both web apps, and what to do when the server says that nobody is signed in. */
import { watchEffect } from 'vue'
import type { BodyOf, OutputOf } from '../../lib/contract.ts'
import {
  beginTotp as beginTotpContract,
  changePassword as changePasswordContract,
  confirmTotp as confirmTotpContract,
  getDemoNote,
  getSession,
  requestResidentCode,
  signIn as signInContract,
  signInResident as signInResidentContract,
  signOut as signOutContract,
} from '../../modules/accounts/contract.ts'
import { ClientRefusal, call, setClientLanguage } from '../../platform/client/index.ts'
import { language } from '../../ui/language.ts'

export type SessionView = OutputOf<typeof getSession>
export type DemoNote = OutputOf<typeof getDemoNote>

watchEffect(() => setClientLanguage(language.value))

export const signIn = (body: BodyOf<typeof signInContract>) => call(signInContract, { body })
export const signInResident = (body: BodyOf<typeof signInResidentContract>) =>
  call(signInResidentContract, { body })
export const requestCode = (body: BodyOf<typeof requestResidentCode>) => call(requestResidentCode, { body })
/** This session, or all of the account. */
export const endSession = (everywhere = false) =>
  call(signOutContract, everywhere ? { query: { everywhere } } : {})
/** `password` once `accounts/password-needed` was answered: a second factor is in force already. */
export const beginTotp = (password?: string) =>
  call(beginTotpContract, { body: password === undefined ? {} : { password } })
export const confirmTotp = (totp: string) => call(confirmTotpContract, { body: { totp } })
export const changePassword = (body: BodyOf<typeof changePasswordContract>) =>
  call(changePasswordContract, { body })

/** Null when nobody is signed in. @throws ClientOffline when the server cannot be asked */
export async function readSession(): Promise<SessionView | null> {
  try {
    return await call(getSession)
  } catch (error) {
    if (error instanceof ClientRefusal && error.status === 401) return null
    throw error
  }
}

/** The demo's accounts; null where the server has no such note. */
export const readDemoNote = (): Promise<DemoNote | null> => call(getDemoNote).catch(() => null)
