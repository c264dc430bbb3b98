/** What the global set-up hands to the test files. */
import { socketUrl } from '../embedded-postgres/connection.ts'
import { addressFor } from './given-server.ts'

export interface ProvidedPostgres {
  /** Folder of the embedded server's socket; empty when the set-up failed or a server was given. */
  readonly socketDir: string
  /** DATABASE_URL; empty: the embedded server. */
  readonly given: string
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
  }
}

/** An address on the server of this test run. */
export const roleUrl = ({ given, socketDir }: ProvidedPostgres, role: string, database: string): string =>
  given === '' ? socketUrl(socketDir, role, database) : addressFor(given, role, database)
