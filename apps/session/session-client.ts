/** Signing in and out, for both web apps; who is signed in is asked of the server, never kept here. */

import { newId } from '../../lib/ids.ts'
import type { SessionView } from '../../modules/accounts/account-views.ts'
import { languageTag } from '../../ui/language.ts'

export type { SessionView }

/** What the server refused, in the words it gave in the language of now. `code` is such as 'accounts/totp-needed'. */
export class SessionRefusal extends Error {
  constructor(
    readonly code: string,
    readonly words: string,
    readonly status: number,
  ) {
    super(code)
  }
}

async function send(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(path, {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      'accept-language': languageTag.value,
      ...(method === 'POST'
        ? { 'content-type': 'application/json', 'idempotency-key': newId(Date.now()) }
        : {}),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => {
    throw new SessionRefusal('client/offline', '', 0)
  })
  const reply: unknown = await response.json().catch(() => ({}))
  if (response.ok) return reply
  const { code, detail } = (reply ?? {}) as { code?: string; detail?: string }
  throw new SessionRefusal(code ?? 'client/unknown', detail ?? '', response.status)
}

export interface DemoNote {
  readonly demo: boolean
  readonly streetName: string | null
  readonly usernames: readonly string[]
  readonly residentPhones: readonly string[]
}
export interface StaffSignIn {
  readonly username: string
  readonly password: string
  readonly totp?: string
  readonly street?: string
}

export const signIn = (body: StaffSignIn) => send('POST', '/api/session', body) as Promise<SessionView>
export const signInResident = (body: { phone: string; code: string; street?: string }) =>
  send('POST', '/api/resident-session', body) as Promise<SessionView>
export const requestCode = (body: { phone: string }) =>
  send('POST', '/api/resident-codes', body) as Promise<{ sent: boolean; validMinutes: number }>
export const endSession = () => send('DELETE', '/api/session')
export const beginTotp = () =>
  send('POST', '/api/session/totp', {}) as Promise<{ secret: string; otpauthUrl: string }>
export const confirmTotp = (totp: string) =>
  send('POST', '/api/session/totp/confirm', { totp }) as Promise<SessionView>

/** Null when nobody is signed in. @throws SessionRefusal when the server cannot be asked */
export async function readSession(): Promise<SessionView | null> {
  try {
    return (await send('GET', '/api/session')) as SessionView
  } catch (refusal) {
    if (refusal instanceof SessionRefusal && refusal.status === 401) return null
    throw refusal
  }
}

/** The demo's accounts; null where the server has no such note. */
export const readDemoNote = () => (send('GET', '/api/demo-note') as Promise<DemoNote>).catch(() => null)
