/** All SQL on sessions. Only the hash of a token is kept. */
import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { Role } from '../../../lib/contract.ts'
import { newId } from '../../../lib/ids.ts'
import type { Post } from '../../../platform/actor.ts'
import type { Tx } from '../../../platform/db.ts'
import type { SessionLimits } from '../rules/session-limits.ts'

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

export interface NewSession {
  accountId: string
  streetId: number
  limits: SessionLimits
  at: Date
  /** 'Chrome · Windows', for the person's own list. */
  device?: string | null
}

/** Opens a session and returns its token of 256 random bits, which nobody can learn again. */
export async function openSession(tx: Tx, session: NewSession): Promise<string> {
  const { accountId, streetId, limits, at, device = null } = session
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(at.getTime() + limits.absoluteMinutes * 60_000)
  await tx.run(sql`insert into sessions (token_hash, id, account_id, street_id, created_at, last_seen_at,
      idle_minutes, expires_at, device)
    values (${hashToken(token)}, ${newId(at.getTime())}, ${accountId}, ${streetId}, ${at}, ${at}, ${limits.idleMinutes}, ${expiresAt}, ${device})`)
  return token
}

export interface FoundSession {
  sessionId: string
  accountId: string
  kind: 'staff' | 'resident'
  streetId: number
  posts: (Omit<Post, 'role'> & { role: Role })[]
  totpConfirmed: boolean
  mustChangePassword: boolean
}

/** The account, street and current posts behind a token; null when it is unknown, ended, idle, expired or disabled. */
export async function readSession(
  tx: Tx,
  token: string,
  at: Date,
  inUse = true,
): Promise<FoundSession | null> {
  const row = await tx.one(
    sql<{ found: FoundSession | null }>`select session_actor(${hashToken(token)}, ${at}, ${inUse}) as found`,
  )
  return row.found
}

export async function endSession(tx: Tx, id: string, at: Date): Promise<void> {
  await tx.run(sql`update sessions set ended_at = ${at} where id = ${id} and ended_at is null`)
}

export async function endSessionOfToken(tx: Tx, token: string, at: Date): Promise<void> {
  await tx.run(
    sql`update sessions set ended_at = ${at} where token_hash = ${hashToken(token)} and ended_at is null`,
  )
}

export interface LivingSession {
  id: string
  device: string | null
  createdAt: Date
  lastSeenAt: Date
}

const living = (accountId: string, at: Date) => sql`account_id = ${accountId} and ended_at is null
  and expires_at > ${at} and last_seen_at + make_interval(mins => idle_minutes) > ${at}`

/** The sessions of an account that would still open something, the newest first. */
export function livingSessions(tx: Tx, accountId: string, at: Date): Promise<LivingSession[]> {
  return tx.many(sql<LivingSession>`select id, device, created_at as "createdAt", last_seen_at as "lastSeenAt"
    from sessions where ${living(accountId, at)} order by created_at desc, id desc`)
}

/** Ends the oldest sessions beyond so many; returns how many. The account's row must be locked, so that two sign-ins at once count each other. */
export function endOldestSessions(tx: Tx, accountId: string, keep: number, at: Date): Promise<number> {
  return tx.run(sql`update sessions set ended_at = ${at} where id in (select id from sessions
    where ${living(accountId, at)} order by created_at desc, id desc offset ${keep})`)
}

/** False when the account has no such session, or it has ended. */
export async function endOwnSessionRow(tx: Tx, accountId: string, id: string, at: Date): Promise<boolean> {
  const ended = await tx.run(sql`update sessions set ended_at = ${at}
    where id = ${id} and account_id = ${accountId} and ended_at is null`)
  return ended === 1
}

/** Ends the sessions of an account, all but one where that is given; returns how many. */
export function endSessionsOfAccount(
  tx: Tx,
  accountId: string,
  at: Date,
  exceptId: string | null = null,
): Promise<number> {
  return tx.run(sql`update sessions set ended_at = ${at}
    where account_id = ${accountId} and ended_at is null and id is distinct from ${exceptId}::uuid`)
}
