/** What is kept of a version that landed: the text of its migrations as sums, and a backup that its own program made. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface KeptRead {
  readonly operation: string
  /** Of a session in the backup. */
  readonly token: string
  readonly path: string
}

export interface KeptVersion {
  readonly version: string
  /** Where its program is found in the history, where there is one. */
  readonly commit: string
  /** When its data were made. */
  readonly at: string
  /** Every migration of its schema, in order; from then on frozen. */
  readonly migrations: readonly { readonly name: string; readonly sha256: string }[]
  /** The columns of each table, as they were then. */
  readonly columns: Readonly<Record<string, readonly string[]>>
  /** What its program answered with 200. */
  readonly reads: readonly KeptRead[]
}

const here = fileURLToPath(new URL('.', import.meta.url))

/** The versions that somebody may still run. Rule: quality.md R14: each of them becomes this one. */
export const keptVersions = ['0.1.0'] as const

export const keptFile = (version: string, ending: 'json' | 'tar.gz'): string => `${here}${version}.${ending}`

export const readKeptVersion = (version: string): KeptVersion =>
  JSON.parse(readFileSync(keptFile(version, 'json'), 'utf8')) as KeptVersion
