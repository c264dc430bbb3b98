/** What a proof is: it does its work on a system of its own and tells what it checked and what it found broken. */

export type Size = 'small' | 'full'

export interface Violation {
  /** What should never happen, in a few words: equal ones are counted together. */
  readonly what: string
  /** Where it happened: enough to do it again with the same seed. */
  readonly where: string
}

export interface ProofRun {
  /** Same seed, same cases, same order of faults. */
  readonly seed: number
  readonly size: Size
  say(line: string): void
}

export interface ProofResult {
  /** How many single things were held against what should be. */
  readonly checked: number
  readonly violations: readonly Violation[]
  /** What was left out, because the database server is somebody else's: told, never passed over. */
  readonly notTried?: readonly string[]
  /** Figures for the closing JSON line. */
  readonly figures?: Readonly<Record<string, unknown>>
}

export interface Proof {
  readonly name: string
  /** One sentence: what holds when it passes. */
  readonly what: string
  /** It judges how soon something happens, so `prove -- all` runs nothing beside it. */
  readonly alone?: true
  /** Why it runs on the embedded server only and not on one that DATABASE_URL names. */
  readonly embeddedOnly?: string
  run(run: ProofRun): Promise<ProofResult>
}
