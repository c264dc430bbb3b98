/** From a session token to the actor of a request, read anew each time: what was ended has ended. */
import type { Actor } from '../../../platform/actor.ts'
import { type Pool, type Tx, txOn } from '../../../platform/db.ts'
import { scopeOfPosts } from '../rules/scope-of-posts.ts'
import { needsSecondFactor } from '../rules/second-factor.ts'
import { readSession } from './session-store.ts'

/**
 * The actor behind a token. Undefined when the session is unknown, ended, idle too long or expired, when the
 * account is disabled, and when a staff member holds no current post in the session's street.
 */
export async function readActor(
  tx: Tx,
  token: string,
  at: Date,
  services: { demo: boolean },
  inUse = true,
): Promise<Actor | undefined> {
  const found = await readSession(tx, token, at, inUse)
  if (found === null) return undefined
  const { kind, accountId, streetId, posts, sessionId } = found
  if (kind === 'resident')
    return {
      kind,
      accountId,
      streetId,
      posts: [],
      scope: { areas: [], organisations: [] },
      roles: ['resident'],
      mustEnrolTotp: false,
      sessionId,
    }
  if (posts.length === 0) return undefined
  const roles = [...new Set(posts.map((post) => post.role))]
  return {
    kind,
    accountId,
    streetId,
    posts,
    scope: scopeOfPosts(posts),
    roles,
    mustEnrolTotp: !services.demo && needsSecondFactor(roles) && !found.totpConfirmed,
    mustChangePassword: found.mustChangePassword,
    sessionId,
  }
}

/** The function that the HTTP server asks for the actor of every request. */
export function authenticator(
  pool: Pool,
  services: { demo: boolean },
): (token: string, at: Date, inUse?: boolean) => Promise<Actor | undefined> {
  const tx = txOn(pool)
  return (token, at, inUse) => readActor(tx, token, at, services, inUse)
}
