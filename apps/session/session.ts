/** Who is signed in, as all screens of an app see it. */
import { shallowRef } from 'vue'
import type { Role } from '../../lib/contract.ts'
import { forgetTyped } from './forget-typed.ts'
import { endSession, readSession, type SessionView } from './session-client.ts'

/** Undefined until the server was asked, null when nobody is signed in. */
export const session = shallowRef<SessionView | null | undefined>(undefined)

/** Asks the server once; a later call answers from memory unless `again`. */
export async function loadSession(again = false): Promise<SessionView | null> {
  if (session.value === undefined || again) session.value = await readSession()
  return session.value ?? null
}

/** Ends the session here even when the server cannot be reached; the cookie then ends by itself. */
export async function signOut(): Promise<void> {
  await endSession().catch(() => undefined)
  forgetTyped()
  session.value = null
}

/** Whether the signed-in person holds one of the roles; an empty list means everyone. */
export const holds = (roles: readonly Role[]): boolean =>
  roles.length === 0 || roles.some((role) => session.value?.roles.includes(role))

/** Ends all sessions of the account, this one too. @throws ClientOffline: then the others are still open */
export async function signOutEverywhere(): Promise<void> {
  await endSession(true)
  forgetTyped()
  session.value = null
}
