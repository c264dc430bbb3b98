/** Databases for tests: each a clone of the migrated template, served by the same roles as in production. */
import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { appRole, ownerRole, workerRole } from '../database-roles.ts'
import { superuser } from '../embedded-postgres/settings.ts'
import { cloneDatabase, dropDatabase } from './given-cluster.ts'
import { nodesOfRun, roleUrl } from './provided-postgres.ts'

export interface TestDatabase {
  /** Serves, under row security. Tests of behaviour use this one. */
  readonly appUrl: string
  /** Owns the tables; FORCE ROW LEVEL SECURITY holds for it too. */
  readonly ownerUrl: string
  readonly workerUrl: string
  /** Stands above row security: only to look at what the application must not see. */
  readonly superuserUrl: string
  /** Removes the database; connections that are still open are ended. */
  drop(): Promise<void>
}

/** A new migrated database of its own, in well under 100 ms. Throws with the reason when the set-up failed. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { prefix, template } = server()
  const name = `${prefix}${randomBytes(8).toString('hex')}`
  await cloneDatabase(nodesOfRun(server()), template, name)
  const url = (role: string) => roleUrl(server(), role, name)
  return {
    appUrl: url(appRole),
    ownerUrl: url(ownerRole),
    workerUrl: url(workerRole),
    superuserUrl: url(superuser),
    drop: () => dropDatabase(nodesOfRun(server()), name),
  }
}

/** False on a server that DATABASE_URL names: its settings and its roles are not the tests' to change. */
export const ownServer = (): boolean => inject('pg').given.length === 0

function server() {
  const provided = inject('pg')
  if (provided.failure !== '') throw new Error(`The test database could not be made: ${provided.failure}`)
  return provided
}
