/** What the global set-up hands to the test files. */
import { socketUrl } from '../embedded-postgres/connection.ts'
import { superuser } from '../embedded-postgres/settings.ts'
import type { CitusNames } from './citus-catalogue.ts'
import { addressFor } from './given-cluster.ts'

export interface ProvidedPostgres {
  /** Folder of the embedded server's socket; empty when the set-up failed or a server was given. */
  readonly socketDir: string
  /** What DATABASE_URL names and the workers of its cluster, if it is one; empty: the embedded server. */
  readonly given: readonly string[]
  /** The database that `freshDatabase` clones. */
  readonly template: string
  /** What the names of its clones begin with. */
  readonly prefix: string
  /** Why there is no database, when there is none. */
  readonly failure: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    pg: ProvidedPostgres
    citus: CitusNames | undefined
  }
}

/** An address on the server of this test run. */
export function roleUrl({ given, socketDir }: ProvidedPostgres, role: string, database: string): string {
  const [first] = given
  return first === undefined ? socketUrl(socketDir, role, database) : addressFor(first, role, database)
}

/** Superuser addresses of the maintenance database on every node. */
export const nodesOfRun = ({ given, socketDir }: ProvidedPostgres): readonly string[] =>
  given.length > 0 ? given : [socketUrl(socketDir, superuser, 'postgres')]
