/** A street on its first day: levels, a root, a catalogue, a few people, and nothing else. */
import type { StaffRole } from '../../lib/contract.ts'
import { newId } from '../../lib/ids.ts'
import { dayOf } from '../../lib/time.ts'
import { inTransaction } from '../../platform/db.ts'
import type { TestClient } from '../../platform/testing/test-client.ts'
import type { TestServer } from '../../platform/testing/test-server.ts'
import { insertAccounts, insertPosts, openSession } from '../accounts/server/index.ts'
import { createStreet } from '../areas/server/index.ts'
import { insertCatalogue } from '../cases/server/index.ts'
import { levels } from './street-shape.ts'

export interface EmptyStreet {
  readonly streetId: number
  readonly rootPath: string
  /** A browser on which the one person of this role is signed in. */
  as(role: StaffRole): Promise<TestClient>
}

export const firstRoles = [
  'system-admin',
  'security-admin',
  'audit-admin',
  'dispatcher',
  'duty-head',
  'viewer',
] as const satisfies readonly StaffRole[]

/** One account for each of `firstRoles`, in the street as a whole. */
export async function makeEmptyStreet(
  server: Pick<TestServer, 'pool' | 'services' | 'clock' | 'client'>,
  code = '990101009',
): Promise<EmptyStreet> {
  const at = server.clock.now()
  const made = await inTransaction(server.pool, { actor: undefined }, async (tx) => {
    const { streetId, root } = await createStreet(tx, {
      code,
      name: '桐荫街道',
      demo: false,
      levels,
      at,
    })
    const people = firstRoles.map((role) => ({ role, id: newId(at.getTime()) }))
    await insertAccounts(
      tx,
      server.services.keys,
      streetId,
      at,
      people.map(({ role, id }) => ({
        id,
        kind: 'staff' as const,
        username: `${code}-${role}`,
        displayName: `试${role}`,
        totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
      })),
    )
    await insertPosts(
      tx,
      streetId,
      people.map(({ role, id }) => ({
        id: newId(at.getTime()),
        accountId: id,
        role,
        area: { id: root.id, path: root.path },
        fromDay: dayOf(at),
      })),
    )
    await insertCatalogue(tx, streetId, at)
    return { streetId, rootPath: root.path, people }
  })
  return {
    streetId: made.streetId,
    rootPath: made.rootPath,
    async as(role) {
      const accountId = made.people.find((person) => person.role === role)?.id
      if (accountId === undefined) throw new Error(`the empty street has no ${role}`)
      const limits = { idleMinutes: 5_000_000, absoluteMinutes: 5_000_000 }
      const token = await inTransaction(server.pool, { actor: undefined }, (tx) =>
        openSession(tx, { accountId, streetId: made.streetId, limits, at: server.clock.now() }),
      )
      const browser = server.client()
      browser.cookies.set('linli', token)
      return browser
    },
  }
}
