/** What the global set-up hands to the test files. */
export interface ProvidedPostgres {
  /** Folder of the socket; empty when the set-up failed. */
  readonly socketDir: string
  readonly port: number
  /** Why there is no database, when there is none. */
  readonly failure: string
}

declare module 'vitest' {
  export interface ProvidedContext {
    pg: ProvidedPostgres
  }
}

/** The database that `freshDatabase` clones. */
export const templateName = 'linli_template'
